import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Client } from '@temporalio/client';
import { AuditLog } from '#libs/casework/audit-log';
import { orderRecompute } from '#libs/casework/orders';
import type { Principal } from '#libs/casework/principal';
import { temporalProblem } from '#libs/casework/temporal-calls';
import { MasterOrderEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { TEMPORAL } from '../platform/tokens.js';

export interface OrderView {
  id: string;
  tenant: string;
  kind: string;
  state: string;
  /** Cases told so far. */
  signalled: number;
  createdAt: string;
  finishedAt: string | null;
}

/** Orders over all open cases of a city; a workflow carries each of them out and survives whatever dies meanwhile. */
@Injectable()
export class OrdersService {
  constructor(
    @InjectDataSource() private readonly read: DataSource,
    @Inject(TEMPORAL) private readonly temporal: Client,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Puts every open case of the city on the calendar as it is now. */
  async recompute(principal: Principal, tenant: string): Promise<OrderView> {
    const { unitOfWork, temporal, audit } = this;
    const row = await orderRecompute({ unitOfWork, temporal, audit }, principal.id, tenant).catch((error: unknown) => {
      throw temporalProblem(error);
    });
    return orderView(row);
  }

  async find(id: string): Promise<OrderView | null> {
    const row = await this.read.manager.findOneBy(MasterOrderEntity, { id });
    return row && orderView(row);
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
