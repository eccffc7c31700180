import { chatText } from '#libs/contracts/chat';
import type { ChannelAlert, ChannelSender, OutboundMessage, SendResult } from '../channel.js';
import { addressed, bodyOf, templateBody } from './bodies.js';
import { PAUSE_MS } from './errors.js';
import type { GraphAnswer, GraphClient, WhatsAppLine } from './graph-client.js';

const LONGEST_TEXT = 4096;
const LONGEST_BODY = 1024;

export interface WhatsAppSenderParts {
  client: GraphClient;
  /** The line for a number that somebody wrote to, else the city's, else the usual one; null when there is none. */
  line: (via: string | undefined, tenant?: string) => Promise<WhatsAppLine | null>;
  alert: ChannelAlert;
  paceMs: number;
  now?: () => number;
}

/** Sends by WhatsApp: freely while the 24 hours run, else by the approved template. */
export class WhatsAppSender implements ChannelSender {
  /** A line that was refused as a whole is left alone until then. */
  private readonly stopped = new Map<string, { until: number; error: string }>();

  readonly paceMs: number;

  constructor(private readonly parts: WhatsAppSenderParts) {
    this.paceMs = parts.paceMs;
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    const line = await this.parts.line(message.via, message.tenant);
    if (!line) return { outcome: 'rejected', error: 'no WhatsApp number is set up' };
    const stop = this.stopped.get(line.phoneNumberId);
    const now = this.now();
    if (stop && stop.until > now) return { outcome: 'stopped', afterMs: stop.until - now, error: stop.error };
    const free = message.template === 'chat' || message.windowOpen === true;
    const template = templateOf(message);
    const first = free ? freely(message) : template;
    if (!first) return { outcome: 'rejected', error: 'the text has no approved template' };
    let answer = await this.attempt(line, message, first);
    // The 24 hours ended in between, or our clock and theirs differ.
    if (!answer.ok && answer.fault === 'window' && free && template)
      answer = await this.attempt(line, message, template);
    return this.resultOf(line, answer);
  }

  private attempt(
    line: WhatsAppLine,
    { id, to }: OutboundMessage,
    body: Readonly<Record<string, unknown>>,
  ): Promise<GraphAnswer> {
    return this.parts.client.send(line, {
      recipient_type: 'individual',
      ...addressed(to),
      ...body,
      biz_opaque_callback_data: id,
    });
  }

  private resultOf(line: WhatsAppLine, answer: GraphAnswer): SendResult {
    if (answer.ok) {
      this.stopped.delete(line.phoneNumberId);
      return { outcome: 'sent', providerId: answer.messageId };
    }
    const { fault, error, retryAfterMs } = answer;
    switch (fault) {
      case 'stop': {
        const afterMs = PAUSE_MS.stop;
        this.stopped.set(line.phoneNumberId, { until: this.now() + afterMs, error });
        this.parts.alert({ channel: 'whatsapp', what: 'stopped', error });
        return { outcome: 'stopped', afterMs, error };
      }
      case 'back_off':
      case 'pair_limit':
      case 'retry':
        return { outcome: 'retry', afterMs: Math.max(retryAfterMs ?? 0, PAUSE_MS[fault]), error };
      case 'our_bug':
        this.parts.alert({ channel: 'whatsapp', what: 'refused', error });
        return { outcome: 'rejected', error };
      case 'window':
      case 'other_channel':
        return { outcome: 'rejected', error };
    }
  }

  private now(): number {
    return (this.parts.now ?? Date.now)();
  }
}

function freely({ content, text }: OutboundMessage): Readonly<Record<string, unknown>> {
  const shown = content ?? { kind: 'text' as const, body: text };
  const fits = shown.body.length <= (shown.kind === 'text' ? LONGEST_TEXT : LONGEST_BODY);
  return bodyOf(fits ? shown : { kind: 'text', body: chatText(shown).slice(0, LONGEST_TEXT) });
}

function templateOf({ whatsapp }: OutboundMessage): Readonly<Record<string, unknown>> | null {
  return whatsapp ? templateBody(whatsapp) : null;
}
