import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { HousekeepingActivities, OrderStart } from '#libs/contracts/temporal/housekeeping';
import { historyIsLong } from '../history-length.js';

const LONGEST_HISTORY = 1_000;

const { recomputeBatch, finishOrder } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** Carries one order to all open cases, batch by batch; a worker that dies goes on after the last finished batch. */
export async function housekeepingOrder({ order, tenant, cursor, signalled }: OrderStart): Promise<void> {
  let next = cursor ?? null;
  let count = signalled ?? 0;
  do {
    const batch = await recomputeBatch(order, tenant, next);
    next = batch.cursor;
    count += batch.signalled;
    if (next !== null && historyIsLong(LONGEST_HISTORY)) {
      await continueAsNew<typeof housekeepingOrder>({ order, tenant, cursor: next, signalled: count });
    }
  } while (next !== null);
  await finishOrder(order, count);
}
