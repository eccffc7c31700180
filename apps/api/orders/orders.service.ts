import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { AuditLog } from '#libs/casework/audit-log';
import type { Principal } from '#libs/casework/principal';
import { deadlineFor, temporalProblem } from '#libs/casework/temporal-calls';
import { TASK_QUEUE, WORKFLOW_TYPES } from '#libs/contracts/temporal/names';
import type { OrderStart } from '#libs/contracts/temporal/housekeeping';
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
    const row: MasterOrderEntity = {
      id: randomUUID(),
      tenant,
      kind: 'recompute',
      state: 'running',
      cursor: null,
      signalled: 0,
      by: principal.id,
      createdAt: Date.now(),
      finishedAt: null,
    };
    await this.unitOfWork.run((em) => em.insert(MasterOrderEntity, row));
    const { id: subject, kind } = row;
    await this.audit.write({ tenant, actor: principal.id, action: 'order_given', subject, detail: { kind } });
    await this.start({ order: row.id, tenant });
    return orderView(row);
  }

  async find(id: string): Promise<OrderView | null> {
    const row = await this.read.manager.findOneBy(MasterOrderEntity, { id });
    return row && orderView(row);
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
