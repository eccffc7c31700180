import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { stringify } from 'csv-stringify/sync';
import { AuditLog } from '#libs/casework/audit-log';
import { Casework } from '#libs/casework/casework';
import { FieldReader } from '#libs/casework/fields';
import { cityOf } from '#libs/casework/nearby';
import { hasRole, MAY_ADMINISTER } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { CalendarView } from '#libs/contracts/api/masters';
import { importMaster, MastersService } from '#libs/masters/index';
import { HolidayEntity, TenantEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';
import { OrdersService, type OrderView } from '../orders/orders.service.js';

export class HolidayDto {
  @ApiProperty({ example: '2026-10-19' }) date: string;
  @ApiProperty({ maxLength: 160 }) name: string;
}

@ApiTags('masters')
@Controller('api/v1/calendar')
export class CalendarController {
  constructor(
    private readonly casework: Casework,
    private readonly masters: MastersService,
    private readonly orders: OrdersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    @InjectDataSource() private readonly read: DataSource,
  ) {}

  /** Working hours and holidays of a city. */
  @Get()
  async calendar(@Caller() principal: Principal, @Query('tenant') wished?: string): Promise<CalendarView> {
    const { snapshot } = await this.cityFor(principal, wished);
    const rows = await this.read.manager.find(HolidayEntity, {
      where: { tenant: snapshot.tenant.code },
      order: { date: 'ASC' },
    });
    const { zone, week } = snapshot.calendar;
    return { zone, week, holidays: rows.map(({ date, name }) => ({ date, name })) };
  }

  /** Publishes a holiday, and puts the open cases on the new calendar by one recorded order. */
  @Post('holidays')
  @HttpCode(202)
  @ApiBody({ type: HolidayDto })
  async publish(
    @Caller() principal: Principal,
    @Body() body: unknown,
    @Query('tenant') wished?: string,
  ): Promise<OrderView> {
    admitted(principal);
    const reader = new FieldReader(jsonObject(body));
    const date = reader.text('date', { required: true, limit: 10, expected: 'a date such as 2026-10-19' });
    const name = reader.text('name', { required: true, limit: 160 });
    if (date === undefined || name === undefined) throw CaseworkProblem.invalid(reader.problems);
    const { tenant } = (await this.cityFor(principal, wished)).snapshot;
    // Through the importer, so that what it refuses (a date that is none, a year of holidays) is refused here too.
    const csv = stringify([
      ['date', 'name'],
      [date, name],
    ]);
    const report = await importMaster(this.unitOfWork, tenant.code, 'holidays', csv, { apply: true, by: principal.id });
    if (report.errorCount > 0) {
      throw CaseworkProblem.invalid(
        report.errors.map(({ column, problem, expected }) => ({ field: column || 'date', problem, expected })),
      );
    }
    return this.announce(principal, tenant.code);
  }

  /** Withdraws a holiday, and puts the open cases on the new calendar by one recorded order. */
  @Delete('holidays/:date')
  @HttpCode(202)
  async withdraw(
    @Caller() principal: Principal,
    @Param('date') date: string,
    @Query('tenant') wished?: string,
  ): Promise<OrderView> {
    admitted(principal);
    const tenant = (await this.cityFor(principal, wished)).snapshot.tenant.code;
    const found = await this.unitOfWork.run(async (em) => {
      const { affected } = await em.delete(HolidayEntity, { tenant, date });
      if (affected) await em.increment(TenantEntity, { code: tenant }, 'mastersVersion', 1);
      return Boolean(affected);
    });
    if (!found) throw CaseworkProblem.notFound('There is no holiday on that date.');
    await this.audit.write({ tenant, actor: principal.id, action: 'holiday_withdrawn', subject: date });
    return this.announce(principal, tenant);
  }

  private announce(principal: Principal, tenant: string): Promise<OrderView> {
    this.masters.forget(tenant);
    return this.orders.recompute(principal, tenant);
  }

  private async cityFor(principal: Principal, wished: string | undefined) {
    const reader = new FieldReader({});
    const city = await cityOf(this.casework.parts, principal, wished, reader);
    if (!city) throw CaseworkProblem.invalid(reader.problems);
    return city;
  }
}

function admitted(principal: Principal): void {
  if (!hasRole(principal, MAY_ADMINISTER)) throw CaseworkProblem.forbidden();
}
