import { condition, continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import {
  notifySignal,
  type ConversationActivities,
  type ConversationStart,
} from '#libs/contracts/temporal/conversation';
import { Outbox } from './outbox.js';
import { historyIsLong } from '../history-length.js';

const BATCH = 10;
/** A contact that is written to without pause goes on in a new run after this many events. */
const LONGEST_HISTORY = 2_000;

const { deliver } = proxyActivities<ConversationActivities>({
  startToCloseTimeout: '3 minutes',
  retry: { initialInterval: '2 seconds', maximumInterval: '5 minutes' },
});

/**
 * Says to one contact what there is to say, and ends. The activity decides what counts as failed for good; here is
 * only the order and the waiting.
 */
export async function conversation(start: ConversationStart): Promise<void> {
  const outbox = setup(start);
  await run(start, outbox);
}

function setup(start: ConversationStart): Outbox {
  const outbox = new Outbox();
  outbox.add(start.pending ?? []);
  setHandler(notifySignal, (messages) => outbox.add(messages));
  return outbox;
}

async function run(start: ConversationStart, outbox: Outbox): Promise<void> {
  // Nothing may be awaited between finding the outbox empty and returning: a signal that comes later than that makes
  // the server hand out this task again, with the signal in it.
  while (!outbox.isEmpty) {
    if (historyIsLong(LONGEST_HISTORY))
      await continueAsNew<typeof conversation>({ ...start, pending: outbox.carriedOn() });
    const batch = outbox.due(Date.now(), BATCH);
    if (batch) {
      const results = await deliver(start.contact, batch.ids, batch.attempt);
      outbox.settle(batch.ids, results, Date.now());
    } else {
      await untilNextIsDue(outbox);
    }
  }
}

async function untilNextIsDue(outbox: Outbox): Promise<void> {
  const at = outbox.nextAt;
  await condition(() => outbox.nextAt < at, at - Date.now());
}
