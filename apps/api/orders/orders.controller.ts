import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { AuditLog } from '#libs/casework/audit-log';
import { Casework } from '#libs/casework/casework';
import { FieldReader } from '#libs/casework/fields';
import { hasRole, MAY_ADMINISTER, MAY_READ_HISTORY } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { cityOf } from '#libs/casework/nearby';
import { deadlineFor, temporalProblem } from '#libs/casework/temporal-calls';
import type { OrderStart } from '#libs/contracts/temporal/housekeeping';
import { TASK_QUEUE, WORKFLOW_TYPES } from '#libs/contracts/temporal/names';
import type { DataSources } from '#libs/persistence/data-sources';
import { MasterOrderEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';
import { DATA_SOURCES, TEMPORAL } from '../platform/tokens.js';

export class OrderDto {
  @ApiProperty({ enum: ['recompute'] }) kind: string;
  @ApiPropertyOptional() tenant?: string;
}

interface OrderView {
  id: string;
  tenant: string;
  kind: string;
  state: string;
  /** Cases told so far. */
  signalled: number;
  createdAt: string;
  finishedAt: string | null;
}

@ApiTags('masters')
@Controller('api/v1/orders')
export class OrdersController {
  constructor(
    private readonly casework: Casework,
    @Inject(DATA_SOURCES) private readonly dataSources: DataSources,
    @Inject(TEMPORAL) private readonly temporal: Client,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Orders something done with all open cases of a city; `recompute` puts them on the present calendar. */
  @Post()
  @HttpCode(202)
  @ApiBody({ type: OrderDto })
  async give(@Caller() principal: Principal, @Body() body: unknown): Promise<OrderView> {
    if (!hasRole(principal, MAY_ADMINISTER)) throw CaseworkProblem.forbidden();
    const fields = jsonObject(body);
    const reader = new FieldReader(fields);
    const kind = reader.text('kind', { required: true, limit: 40 });
    if (kind !== undefined && kind !== 'recompute') reader.wrong('kind', 'unknown', 'recompute');
    const masters = await cityOf(this.casework.parts, principal, fields['tenant'], reader);
    if (reader.problems.length > 0 || !masters) throw CaseworkProblem.invalid(reader.problems);
    const row: MasterOrderEntity = {
      id: randomUUID(),
      tenant: masters.tenant.code,
      kind: 'recompute',
      state: 'running',
      cursor: null,
      signalled: 0,
      by: principal.id,
      createdAt: Date.now(),
      finishedAt: null,
    };
    await this.unitOfWork.run((em) => em.insert(MasterOrderEntity, row));
    await this.audit.write({
      tenant: row.tenant,
      actor: row.by,
      action: 'order_given',
      subject: row.id,
      detail: { kind },
    });
    await this.start({ order: row.id, tenant: row.tenant });
    return orderView(row);
  }

  @Get(':id')
  async view(@Caller() principal: Principal, @Param('id') id: string): Promise<OrderView> {
    if (!hasRole(principal, MAY_READ_HISTORY)) throw CaseworkProblem.forbidden();
    const row = await this.dataSources.read.manager.findOneBy(MasterOrderEntity, { id });
    const cities = await this.casework.parts.masters.citiesOf(principal);
    if (!row || !cities.includes(row.tenant)) throw CaseworkProblem.notFound('There is no such order.');
    return orderView(row);
  }

  private async start(order: OrderStart): Promise<void> {
    try {
      await this.temporal.withDeadline(deadlineFor('start'), () =>
        this.temporal.workflow.start(WORKFLOW_TYPES.order, {
          taskQueue: TASK_QUEUE,
          workflowId: `order/${order.tenant}/${order.order}`,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          args: [order],
        }),
      );
    } catch (error) {
      throw temporalProblem(error);
    }
  }
}

function orderView({ id, tenant, kind, state, signalled, createdAt, finishedAt }: MasterOrderEntity): OrderView {
  return {
    id,
    tenant,
    kind,
    state,
    signalled,
    createdAt: new Date(createdAt).toISOString(),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
  };
}
