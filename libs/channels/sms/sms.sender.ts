import type { ChannelAlert, ChannelSender, OutboundMessage, SendResult } from '../channel.js';
import { parseJson } from './fields.js';
import { isRegistrationFault, type SmsGateway, type SmsVerdict } from './gateway.js';
import type { SmsIdentity } from './sms-settings.js';

const PATIENCE_MS = 15_000;
const RETRY_MS = 5_000;
const BUSY_MS = 30_000;
/** After the gateway refused us as a whole. */
const STOPPED_MS = 10 * 60_000;
/** Answers of gateways are short; a page of somebody else's is not read to its end. */
const MOST_ANSWER = 64 * 1024;
/** What GSM 03.38 can say; anything else makes a message unicode. */
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

export interface SmsSenderParts {
  gateway: SmsGateway;
  identity: SmsIdentity;
  /** Where this gateway's delivery reports go. */
  callback: string;
  alert: ChannelAlert;
  now?: () => number;
}

/** Sends by a gateway over HTTP. A time-out is ambiguous: the message may go twice rather than not at all. */
export class SmsSender implements ChannelSender {
  private stopped: { until: number; error: string } | null = null;

  constructor(private readonly parts: SmsSenderParts) {}

  async send(message: OutboundMessage): Promise<SendResult> {
    const { gateway, identity, callback } = this.parts;
    const now = this.now();
    if (this.stopped && this.stopped.until > now) {
      return { outcome: 'stopped', afterMs: this.stopped.until - now, error: this.stopped.error };
    }
    if (gateway.registeredOnly && !message.dlt) {
      this.parts.alert({ channel: 'sms', what: 'refused', error: `${message.template}: the text is not registered` });
      return { outcome: 'rejected', error: 'the text is not a registered one' };
    }
    const request = gateway.request({
      id: message.id,
      to: message.to,
      text: message.text,
      header: message.dlt?.header ?? identity.header ?? '',
      entity: identity.entity,
      template: message.dlt?.templateId ?? '',
      unicode: !GSM.test(message.text),
      callback,
    });
    let response: Response;
    let text: string;
    try {
      const { url, body, ...init } = request;
      response = await fetch(url, {
        ...init,
        ...(body === undefined ? {} : { body }),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      text = await start(response);
    } catch (error) {
      return { outcome: 'retry', afterMs: RETRY_MS, error: `${gateway.name}: ${reasonOf(error)}` };
    }
    const { status } = response;
    if (status === 429 || status >= 500) {
      const afterMs = Math.max(
        status === 429 ? BUSY_MS : RETRY_MS,
        Number(response.headers.get('retry-after') ?? 0) * 1000,
      );
      return { outcome: 'retry', afterMs, error: `${gateway.name}: ${status}` };
    }
    return this.resultOf(withoutEcho(gateway.judge({ status, text, json: parseJson(text) }), message));
  }

  private resultOf(verdict: SmsVerdict): SendResult {
    const { gateway, alert } = this.parts;
    switch (verdict.kind) {
      case 'sent':
        this.stopped = null;
        return { outcome: 'sent', ...(verdict.id === undefined ? {} : { providerId: verdict.id }) };
      case 'refused': {
        const error = `${gateway.name}: ${verdict.code} ${verdict.message}`.trim();
        if (isRegistrationFault(verdict.code)) alert({ channel: 'sms', what: 'refused', error });
        return { outcome: 'rejected', error };
      }
      case 'denied': {
        const error = `${gateway.name}: ${verdict.message}`;
        this.stopped = { until: this.now() + STOPPED_MS, error };
        alert({ channel: 'sms', what: 'stopped', error });
        return { outcome: 'stopped', afterMs: STOPPED_MS, error };
      }
    }
  }

  private now(): number {
    return (this.parts.now ?? Date.now)();
  }
}

/** Some gateways quote the message in their refusal; its code and its number are for nobody who reads of the fault. */
function withoutEcho(verdict: SmsVerdict, { to, text }: OutboundMessage): SmsVerdict {
  if (verdict.kind === 'sent') return verdict;
  const told = [to.replace(/^\+(91(?=\d{10}$))?/, ''), ...(text.match(/\d{4,}/g) ?? [])];
  return { ...verdict, message: told.reduce((said, digits) => said.replaceAll(digits, '***'), verdict.message) };
}

async function start(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader && size < MOST_ANSWER) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  await reader?.cancel();
  return Buffer.concat(chunks).toString('utf8');
}

/** Never the address: it may hold the password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1000} s`;
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? 'not reached';
}
