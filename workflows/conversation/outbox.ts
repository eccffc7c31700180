import type { DeliveryResult, PendingMessage } from '#libs/contracts/temporal/conversation';

/** Ids remembered after delivery: enough for any repeated signal of one step, bounded for a contact that never rests. */
const REMEMBERED = 500;

export interface DueBatch {
  ids: string[];
  /** 1 for the first delivery. */
  attempt: number;
  /** None of them needs the network. */
  local: boolean;
}

/** What one contact is still to be told, in the order in which it was asked for. */
export class Outbox {
  private readonly pending = new Map<string, Required<PendingMessage>>();
  private readonly done = new Set<string>();

  /** Takes each message once: recording a step again signals again. */
  add(messages: readonly PendingMessage[]): void {
    for (const { id, notBefore, attempts = 0, local = false } of messages) {
      if (!this.pending.has(id) && !this.done.has(id)) this.pending.set(id, { id, notBefore, attempts, local });
    }
  }

  get isEmpty(): boolean {
    return this.pending.size === 0;
  }

  /** When the next message may go, epoch ms; Infinity if there is none. */
  get nextAt(): number {
    return Math.min(...[...this.pending.values()].map(({ notBefore }) => notBefore));
  }

  /** The first messages due now that have been tried equally often; a fresh one never waits behind a failing one. */
  due(now: number, limit: number): DueBatch | null {
    const due = [...this.pending.values()].filter(({ notBefore }) => notBefore <= now);
    const first = due.reduce<Required<PendingMessage> | null>(
      (best, message) => (best && best.attempts <= message.attempts ? best : message),
      null,
    );
    if (!first) return null;
    const batch = due.filter(({ attempts }) => attempts === first.attempts).slice(0, limit);
    const local = batch.every((message) => message.local);
    return { ids: batch.map(({ id }) => id), attempt: first.attempts + 1, local };
  }

  /** Files the outcome of a batch; a message without a word of its own is done. */
  settle(ids: readonly string[], results: readonly DeliveryResult[], now: number): void {
    const byId = new Map(results.map((result) => [result.id, result]));
    for (const id of ids) {
      const message = this.pending.get(id);
      const { retryAfterMs: delay, untried } = byId.get(id) ?? {};
      if (message && delay !== undefined) {
        const attempts = message.attempts + (untried ? 0 : 1);
        this.pending.set(id, { id, notBefore: now + delay, attempts, local: false });
      } else {
        this.pending.delete(id);
        this.remember(id);
      }
    }
  }

  carriedOn(): PendingMessage[] {
    return [...this.pending.values()];
  }

  private remember(id: string): void {
    this.done.add(id);
    const [oldest] = this.done;
    if (this.done.size > REMEMBERED && oldest !== undefined) this.done.delete(oldest);
  }
}
