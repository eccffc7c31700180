import { continueAsNew, proxyActivities, sleep } from '@temporalio/workflow';
import type { HousekeepingActivities } from '#libs/contracts/temporal/housekeeping';
import { historyIsLong } from '../history-length.js';

/** A unit of work short enough not to keep the steps of cases waiting on SQLite. */
const BATCH = 500;
const ROUND = '1 minute';
const LONGEST_HISTORY = 2_000;

const { rollUpInsight } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
});

/** Takes what happened into the figures, minute by minute; a backlog at once. */
export async function housekeepingInsight(): Promise<void> {
  while (!historyIsLong(LONGEST_HISTORY)) {
    const { more } = await rollUpInsight(BATCH);
    if (!more) await sleep(ROUND);
  }
  await continueAsNew<typeof housekeepingInsight>();
}
