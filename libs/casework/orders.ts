import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { OrderStart } from '../contracts/temporal/housekeeping.js';
import { TASK_QUEUE, WORKFLOW_TYPES } from '../contracts/temporal/names.js';
import { MasterOrderEntity } from '../persistence/entities/index.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';
import { AuditLog } from './audit-log.js';
import { deadlineFor } from './temporal-calls.js';

export interface OrderParts {
  unitOfWork: UnitOfWork;
  temporal: Client;
  audit: AuditLog;
}

/**
 * Orders every open case of a city onto the calendar as it is now; a workflow carries the order out. A case that has that
 * calendar already stays as it is. Rejects with what the client says when Temporal does not take it.
 * `by`: person id.
 */
export async function orderRecompute(
  { unitOfWork, temporal, audit }: OrderParts,
  by: string,
  tenant: string,
): Promise<MasterOrderEntity> {
  const row: MasterOrderEntity = {
    id: randomUUID(),
    tenant,
    kind: 'recompute',
    state: 'running',
    cursor: null,
    signalled: 0,
    by,
    createdAt: Date.now(),
    finishedAt: null,
  };
  const { id, kind } = row;
  await unitOfWork.run((em) => em.insert(MasterOrderEntity, row));
  await audit.write({ tenant, actor: by, action: 'order_given', subject: id, detail: { kind } });
  const start: OrderStart = { order: id, tenant };
  await temporal.withDeadline(deadlineFor('start'), () =>
    temporal.workflow.start(WORKFLOW_TYPES.order, {
      taskQueue: TASK_QUEUE,
      workflowId: `order/${tenant}/${id}`,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [start],
    }),
  );
  return row;
}
