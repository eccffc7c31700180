import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Casework } from '#libs/casework/casework';
import { FieldReader } from '#libs/casework/fields';
import { cityOf } from '#libs/casework/nearby';
import { hasRole, MAY_ADMINISTER, MAY_READ_HISTORY } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { jsonObject } from '../http/body.js';
import { Caller } from '../http/request.js';
import { OrdersService, type OrderView } from './orders.service.js';

export class OrderDto {
  @ApiProperty({ enum: ['recompute'] }) kind: string;
  @ApiPropertyOptional() tenant?: string;
}

@ApiTags('masters')
@Controller('api/v1/orders')
export class OrdersController {
  constructor(
    private readonly casework: Casework,
    private readonly orders: OrdersService,
  ) {}

  /** Orders something done with all open cases of a city; `recompute` puts them on the present calendar. */
  @Post()
  @HttpCode(202)
  @ApiBody({ type: OrderDto })
  async give(@Caller() principal: Principal, @Body() body: unknown): Promise<OrderView> {
    if (!hasRole(principal, MAY_ADMINISTER)) throw CaseworkProblem.forbidden();
    const fields = jsonObject(body);
    const reader = new FieldReader(fields);
    const kind = reader.text('kind', { required: true, limit: 40, expected: 'recompute' });
    if (kind !== undefined && kind !== 'recompute') reader.wrong('kind', 'unknown', 'recompute');
    const masters = await cityOf(this.casework.parts, principal, fields['tenant'], reader);
    if (reader.problems.length > 0 || !masters) throw CaseworkProblem.invalid(reader.problems);
    return this.orders.recompute(principal, masters.tenant.code);
  }

  @Get(':id')
  async view(@Caller() principal: Principal, @Param('id') id: string): Promise<OrderView> {
    if (!hasRole(principal, MAY_READ_HISTORY)) throw CaseworkProblem.forbidden();
    const order = await this.orders.find(id);
    const cities = await this.casework.parts.masters.citiesOf(principal);
    if (!order || !cities.includes(order.tenant)) throw CaseworkProblem.notFound('There is no such order.');
    return order;
  }
}
