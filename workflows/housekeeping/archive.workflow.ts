import { continueAsNew, proxyActivities, sleep } from '@temporalio/workflow';
import type { HousekeepingActivities } from '#libs/contracts/temporal/housekeeping';
import { historyIsLong } from '../history-length.js';

const BATCH = 50;
const ROUND = '1 minute';
const LONGEST_HISTORY = 2_000;

const { archiveClosed } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
});

/**
 * Stores the histories of closed cases beside them, minute by minute, before Temporal forgets them. One run makes many
 * rounds, because each closed run of its own would stay in the cluster for as long as the cases' runs do.
 */
export async function housekeepingArchive(): Promise<void> {
  while (!historyIsLong(LONGEST_HISTORY)) {
    const { archived } = await archiveClosed(BATCH);
    // Less than a batch: no more is waiting, or what is cannot be stored yet.
    if (archived < BATCH) await sleep(ROUND);
  }
  await continueAsNew<typeof housekeepingArchive>();
}
