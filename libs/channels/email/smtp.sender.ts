import { createHash } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import type { ChannelAlert, ChannelSender, OutboundMessage, SendResult } from '../channel.js';
import { subjectOf } from './subject.js';

const PATIENCE_MS = 20_000;
const RETRY_MS = 60_000;
/** After the server refused us as a whole. */
const STOPPED_MS = 10 * 60_000;
/** Faults of the way there: nobody has judged the message. */
const ON_THE_WAY = ['ECONNECTION', 'ECONNREFUSED', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'EPROTOCOL', 'ESTREAM'];

export interface SmtpSenderParts {
  /** `smtp://` or `smtps://` with user and password. */
  url: string;
  /** Address in the From line, with or without a name. */
  from: string;
  alert: ChannelAlert;
  now?: () => number;
}

interface SmtpError {
  code?: string;
  /** What the server answered with, such as 550. */
  responseCode?: number;
  response?: string;
  message: string;
}

/** Sends e-mail by one SMTP server, as plain text. */
export class SmtpSender implements ChannelSender {
  private readonly transport: Transporter;
  private stopped: { until: number; error: string } | null = null;

  constructor(private readonly parts: SmtpSenderParts) {
    const limits = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
    this.transport = createTransport({ ...limits, url: parts.url, disableFileAccess: true, disableUrlAccess: true });
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    const now = this.now();
    if (this.stopped && this.stopped.until > now) {
      return { outcome: 'stopped', afterMs: this.stopped.until - now, error: this.stopped.error };
    }
    try {
      const { messageId } = await this.transport.sendMail({
        from: this.parts.from,
        to: { name: '', address: message.to },
        subject: subjectOf(message),
        text: message.text,
        // The same on every attempt: a mailbox that has it already shows it once.
        messageId: `<${createHash('sha256').update(message.id).digest('hex').slice(0, 32)}@pratikar>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.locale },
      });
      this.stopped = null;
      return { outcome: 'sent', providerId: messageId };
    } catch (error) {
      return this.resultOf(error as SmtpError);
    }
  }

  private resultOf({ code, responseCode, response, message }: SmtpError): SendResult {
    // Never the whole message of the library: it may hold the address with the password.
    const error = `smtp: ${response?.split('\n')[0]?.slice(0, 200) ?? code ?? 'failed'}`;
    if (code === 'EAUTH' || responseCode === 530 || responseCode === 535) {
      this.stopped = { until: this.now() + STOPPED_MS, error };
      this.parts.alert({ channel: 'email', what: 'stopped', error });
      return { outcome: 'stopped', afterMs: STOPPED_MS, error };
    }
    if (responseCode !== undefined && responseCode >= 500) return { outcome: 'rejected', error };
    if (responseCode !== undefined || ON_THE_WAY.includes(code ?? '')) {
      return { outcome: 'retry', afterMs: RETRY_MS, error };
    }
    this.parts.alert({ channel: 'email', what: 'refused', error: `smtp: ${code ?? message.slice(0, 100)}` });
    return { outcome: 'rejected', error };
  }

  private now(): number {
    return (this.parts.now ?? Date.now)();
  }
}
