import { randomUUID } from 'node:crypto';
import type { OutboxTail } from './outbox-tail.js';
import type { Phone, Phones } from './phones.js';
import type { WebhookCaller } from './webhook-caller.js';

const DELIVERY_MS = 600;
/** What was sent before a telephone was taken up is shown on it, but was delivered long ago. */
const RECENT_MS = 60_000;

export interface SmsStandInParts {
  phones: Phones;
  caller: WebhookCaller;
  outbox: OutboxTail;
  /** Address of the product's webhook. */
  webhook(): string;
}

/** Stands in for an SMS gateway: what goes to the console's outbox arrives on telephones, and is reported. */
export class SmsStandIn {
  /** Messages by number, for telephones that are taken up later. */
  private readonly kept = new Map<string, { id: string; at: number; text: string; template: string }[]>();
  private failNext = 0;

  constructor(private readonly parts: SmsStandInParts) {}

  /** Makes the next messages be reported as not delivered. */
  fail(times: number): void {
    this.failNext = times;
  }

  /** Looks for new messages. */
  async pump(): Promise<void> {
    for (const { id, at, channel, to, text, template } of await this.parts.outbox.next()) {
      if (channel !== 'sms') continue;
      const message = { id, at: Date.parse(at), text, template };
      const phone = this.parts.phones.find(to);
      if (phone) this.arrive(phone, message);
      else this.keep(to, message);
    }
  }

  /** Hands over what came for a number before somebody took up its telephone. */
  takeUp(phone: Phone): void {
    const waiting = this.kept.get(phone.mobile) ?? [];
    this.kept.delete(phone.mobile);
    for (const message of waiting) this.arrive(phone, message);
  }

  receive(phone: Phone, text: string): void {
    const id = randomUUID();
    this.parts.phones.add(phone, { id, channel: 'sms', from: 'citizen', at: Date.now(), text, status: 'sent' });
    this.parts.caller.form(this.parts.webhook(), { from: phone.mobile, text, id });
  }

  private keep(to: string, message: { id: string; at: number; text: string; template: string }): void {
    this.kept.set(to, [...(this.kept.get(to) ?? []), message].slice(-50));
    const [oldest] = this.kept.keys();
    if (this.kept.size > 5_000 && oldest !== undefined) this.kept.delete(oldest);
  }

  private arrive(phone: Phone, message: { id: string; at: number; text: string; template: string }): void {
    const { phones, caller, webhook } = this.parts;
    // After a crash a line may stand twice.
    if (phone.items.some((item) => item.channel === 'sms' && item.id === message.id)) return;
    const item = phones.add(phone, { ...message, channel: 'sms', from: 'city', status: 'sent' });
    if (!phone.on || Date.now() - message.at > RECENT_MS) return;
    const failed = this.failNext > 0;
    if (failed) this.failNext -= 1;
    setTimeout(() => {
      phones.change(item, failed ? { status: 'failed', error: 'not delivered' } : { status: 'delivered' });
      const report: Record<string, string> = failed
        ? { status: 'FAILED', cause: 'absent subscriber' }
        : { status: 'DELIVERED' };
      caller.form(webhook(), { id: message.id, ...report });
    }, DELIVERY_MS).unref();
  }
}
