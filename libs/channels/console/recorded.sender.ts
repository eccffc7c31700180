import type { ChannelSender, OutboundMessage, SendResult } from '../channel.js';

/** Sends by one way and keeps what has gone in the outbox as well, for whoever reads along. */
export class RecordedSender implements ChannelSender {
  readonly paceMs?: number;

  constructor(
    private readonly way: ChannelSender,
    private readonly outbox: ChannelSender,
  ) {
    if (way.paceMs !== undefined) this.paceMs = way.paceMs;
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    const result = await this.way.send(message);
    if (result.outcome === 'sent') await this.outbox.send(message);
    return result;
  }
}
