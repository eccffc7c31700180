import { condition, continueAsNew, log, proxyActivities, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import {
  inboundSignal,
  notifySignal,
  type ConversationActivities,
  type ConversationStart,
  type DeliveryResult,
  type InboundBatch,
} from '#libs/contracts/temporal/conversation';
import { Inbox } from './inbox.js';
import { Outbox, type DueBatch } from './outbox.js';
import { historyIsLong } from '../history-length.js';

const BATCH = 10;
/** A contact that is written to without pause goes on in a new run after this many events. */
const LONGEST_HISTORY = 2_000;

const retry = { initialInterval: '2 seconds', maximumInterval: '5 minutes' } as const;
const { converse } = proxyActivities<ConversationActivities>({ startToCloseTimeout: '3 minutes', retry });
// It shows a sign of life before each message: what a dead worker held is sent by another one after the shorter time.
const { deliver } = proxyActivities<ConversationActivities>({
  startToCloseTimeout: '3 minutes',
  heartbeatTimeout: '45 seconds',
  retry,
});

// For senders that need no network alone: half the tasks and events of an ordinary activity.
const within = proxyLocalActivities<Pick<ConversationActivities, 'deliver'>>({
  scheduleToCloseTimeout: '2 seconds',
  retry: { initialInterval: '100 ms', maximumAttempts: 2 },
});

// A person waits for the answer. It ends before the task has to be reported as still running (8 of its 10 seconds), and
// nobody waits for an update or a query of this workflow meanwhile.
const answering = proxyLocalActivities<Pick<ConversationActivities, 'converse'>>({
  scheduleToCloseTimeout: '7 seconds',
  retry: { maximumAttempts: 1 },
});

/**
 * Everything between the city and one contact: hears what they write and says what there is to say, in this order, and
 * ends. The activities decide what is said and what counts as failed for good; here is only the order and the waiting.
 */
export async function conversation(start: ConversationStart): Promise<void> {
  await new Conversation(start).run();
}

class Conversation {
  private readonly outbox = new Outbox();
  private readonly inbox = new Inbox();
  /** When the chat itself has something to do, such as a reminder; Infinity: never. */
  private wakeAt: number;

  constructor(private readonly start: ConversationStart) {
    this.outbox.add(start.pending ?? []);
    this.inbox.add(start.inbox ?? []);
    this.wakeAt = start.wakeAt ?? Infinity;
    setHandler(notifySignal, (messages) => this.outbox.add(messages));
    setHandler(inboundSignal, (batch) => this.inbox.add([batch]));
  }

  async run(): Promise<void> {
    // Nothing may be awaited between finding nothing to do and returning: a signal that comes later than that makes
    // the server hand out this task again, with the signal in it.
    while (!this.isIdle) {
      if (historyIsLong(LONGEST_HISTORY)) await this.continueAsNew();
      await this.step();
    }
  }

  private get isIdle(): boolean {
    return this.inbox.isEmpty && this.outbox.isEmpty && this.wakeAt === Infinity;
  }

  private async step(): Promise<void> {
    if (!this.inbox.isEmpty || this.wakeAt <= Date.now()) {
      this.wakeAt = (await this.answer(this.inbox.take())) ?? Infinity;
      return;
    }
    const batch = this.outbox.due(Date.now(), BATCH);
    if (batch) {
      const results = await this.send(batch);
      this.outbox.settle(batch.ids, results, Date.now());
    } else {
      await this.untilNextIsDue();
    }
  }

  /** Answers when the chat has something to say by itself. */
  private async answer(heard: readonly InboundBatch[]): Promise<number | null> {
    const { contact, tenant } = this.start;
    if (heard.length > 0 && heard.every(({ withinTask }) => withinTask)) {
      try {
        return (await answering.converse(contact, tenant, heard)).wakeAt;
      } catch {
        log.warn('What was heard cannot be answered at once: it goes by an ordinary activity');
      }
    }
    return (await converse(contact, tenant, heard)).wakeAt;
  }

  private async send({ ids, attempt, local }: DueBatch): Promise<readonly DeliveryResult[]> {
    const { contact } = this.start;
    if (local) {
      try {
        return await within.deliver(contact, ids, attempt);
      } catch {
        log.warn('What is to be said cannot be written at once: it goes by an ordinary activity');
      }
    }
    return deliver(contact, ids, attempt);
  }

  private async untilNextIsDue(): Promise<void> {
    const { nextAt } = this.outbox;
    const at = Math.min(nextAt, this.wakeAt);
    await condition(() => !this.inbox.isEmpty || this.outbox.nextAt < nextAt, Math.max(1, at - Date.now()));
  }

  private continueAsNew(): Promise<never> {
    return continueAsNew<typeof conversation>({
      ...this.start,
      pending: this.outbox.carriedOn(),
      inbox: this.inbox.carriedOn(),
      ...(this.wakeAt === Infinity ? {} : { wakeAt: this.wakeAt }),
    });
  }
}
