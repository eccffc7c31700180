import type { Fields } from './fields.js';

/** What a gateway must be told of one message. */
export interface SmsOrder {
  /** Id of the notification. */
  id: string;
  /** E.164. */
  to: string;
  text: string;
  /** Six characters under which the text is registered, or the sender's number. */
  header: string;
  /** DLT id of the principal entity. */
  entity: string;
  /** DLT id of the content template. */
  template: string;
  /** Whether the text needs more than the GSM alphabet. */
  unicode: boolean;
  /** Where delivery reports go. */
  callback: string;
}

export interface SmsRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** What came back from the gateway. */
export interface SmsAnswer {
  status: number;
  text: string;
  /** The body as JSON with long numbers kept as text; undefined when it is none. */
  json: unknown;
}

export type SmsVerdict =
  | { kind: 'sent'; id?: string }
  /** Will never go this way. */
  | { kind: 'refused'; code: string; message: string }
  /** Nothing goes through for anybody: credentials, balance. */
  | { kind: 'denied'; message: string };

/** A delivery report on one message. */
export interface SmsReport {
  providerId: string;
  status: 'sent' | 'delivered' | 'failed';
  /** Epoch ms; absent: now. */
  at?: number;
  error?: string;
  /** The gateway's or operator's code of the failure. */
  code?: string;
}

/** A gateway as its documents describe it. */
export interface SmsGateway {
  name: string;
  /** Whether texts must be registered: everywhere in India. */
  registeredOnly: boolean;
  request(order: SmsOrder): SmsRequest;
  /** Called for answers other than 429 and 5xx, which mean "later" everywhere. */
  judge(answer: SmsAnswer): SmsVerdict;
  /** null: the call is no delivery report. */
  reports(fields: Fields): SmsReport[] | null;
}

/** DLT configuration faults: template, header or entity do not fit. No repetition helps; the operator must see to it. */
export function isRegistrationFault(code: string | undefined): boolean {
  return code !== undefined && /^6(0\d|1\d|2\d|3[0-2])$/.test(code);
}
