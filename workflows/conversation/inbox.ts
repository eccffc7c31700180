import type { InboundBatch } from '#libs/contracts/temporal/conversation';

/** What one contact has said and nobody has answered yet. */
export class Inbox {
  private batches: InboundBatch[] = [];

  /** Whether a message was heard before is judged by the record: it remembers longer than a run lives. */
  add(batches: readonly InboundBatch[]): void {
    this.batches.push(...batches);
  }

  get isEmpty(): boolean {
    return this.batches.length === 0;
  }

  /** Everything heard so far, taken together: order is by the moment of sending, whatever came first. */
  take(): readonly InboundBatch[] {
    const taken = this.batches;
    this.batches = [];
    return taken;
  }

  carriedOn(): readonly InboundBatch[] {
    return [...this.batches];
  }
}
