import type { ChannelSender, OutboundMessage, SendResult } from './channel.js';

export interface OwnSenderParts {
  usual: ChannelSender;
  /** Of the city a message is from, where it has one of its own. */
  own(message: OutboundMessage): Promise<ChannelSender | null>;
  /** Whether any city has one. */
  any(): boolean;
  paceMs?: number;
}

/** Sends by the way a city has of its own, and by the usual one for all others. */
export class OwnSender implements ChannelSender {
  readonly paceMs?: number;

  constructor(private readonly parts: OwnSenderParts) {
    const paceMs = parts.usual.paceMs ?? parts.paceMs;
    if (paceMs !== undefined) this.paceMs = paceMs;
  }

  get local(): boolean {
    return this.parts.usual.local === true && !this.parts.any();
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    return ((await this.parts.own(message)) ?? this.parts.usual).send(message);
  }
}
