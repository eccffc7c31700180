import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { recomputeSignal } from '#libs/contracts/temporal/grievance';
import type { HousekeepingActivities } from '#libs/contracts/temporal/housekeeping';
import { grievanceWorkflowId } from '#libs/contracts/temporal/names';
import type { MastersService } from '#libs/masters/masters.service';
import { GrievanceEntity, MasterOrderEntity, STAGE } from '#libs/persistence/entities/index';
import type { DataSources } from '#libs/persistence/data-sources';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';

/** Cases signalled by one call: seconds of work, and a small step back when a worker dies. */
const BATCH = 500;
const AT_ONCE = 20;

export interface OrderParts {
  sources: DataSources;
  unitOfWork: UnitOfWork;
  client: Client;
  masters: MastersService;
}

type OrderActivities = Pick<HousekeepingActivities, 'recomputeBatch' | 'finishOrder'>;

/** Carries an order to the open cases of a tenant in the order of their numbers. A case told twice changes once. */
export function createOrderActivities({ sources, unitOfWork, client, masters }: OrderParts): OrderActivities {
  return {
    async recomputeBatch(order, tenant, cursor) {
      masters.forget(tenant);
      const { calendar } = await masters.snapshot(tenant);
      const cases = await sources.read.manager
        .createQueryBuilder(GrievanceEntity, 'g')
        .select('g.number')
        .where('g.tenant = :tenant AND g.stage < :closed', { tenant, closed: STAGE.closed })
        .andWhere('g.number > :cursor', { cursor: cursor ?? '' })
        .orderBy('g.number', 'ASC')
        .limit(BATCH)
        .getMany();
      const numbers = cases.map(({ number }) => number);
      let signalled = 0;
      const waiting = [...numbers];
      const lane = async (): Promise<void> => {
        for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
          const handle = client.workflow.getHandle(grievanceWorkflowId(tenant, number));
          if (await told(handle.signal(recomputeSignal, { order, calendar }))) signalled += 1;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      const last = numbers.at(-1) ?? cursor;
      await unitOfWork.run((em) => em.update(MasterOrderEntity, { id: order }, { cursor: last }));
      return { cursor: numbers.length < BATCH ? null : last, signalled };
    },

    async finishOrder(order, signalled) {
      await unitOfWork.run((em) =>
        em.update(MasterOrderEntity, { id: order }, { state: 'done', signalled, finishedAt: Date.now() }),
      );
    },
  };
}

/** False for a case that closed meanwhile. */
async function told(signal: Promise<void>): Promise<boolean> {
  try {
    await signal;
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
