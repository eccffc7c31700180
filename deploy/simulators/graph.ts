import { createHash, randomUUID } from 'node:crypto';
import type { PhoneItem } from '#libs/contracts/api/phones';
import { faultIn, fields, list, text, type GraphError } from './graph-limits.js';
import type { Phone, Phones } from './phones.js';
import type { WebhookCaller } from './webhook-caller.js';

type Fields = Readonly<Record<string, unknown>>;

export interface GraphReply {
  status: number;
  body: object;
}

export interface StandInParts {
  phones: Phones;
  caller: Pick<WebhookCaller, 'json'>;
  token: string;
  /** Address of the product's webhook. */
  webhook(): string;
  /** The text of an approved template with its variables filled; null: there is none of that name, or it does not fit. */
  template(name: string, language: string, values: readonly string[]): { text: string } | null;
}

/** Codes that can be made to happen, with what they mean. */
export const FAULTS: Readonly<Record<number, { status: number; message: string }>> = {
  131026: { status: 400, message: 'Message undeliverable' },
  131047: { status: 400, message: 'Re-engagement message' },
  131056: { status: 400, message: 'Too many messages to this person' },
  130429: { status: 429, message: 'Rate limit hit' },
  131000: { status: 500, message: 'Something went wrong' },
  132015: { status: 400, message: 'Template is paused' },
  190: { status: 401, message: 'Access token has expired' },
};

const WINDOW_MS = 24 * 3_600_000;
const MEDIA_LIVES_MS = 7 * 24 * 3_600_000;
const BUSINESS = { id: '200000000000002', number: '913340000001' };
const DELIVERY_MS = 400;
const READING_MS = 900;

interface StoredMedia {
  bytes: Buffer;
  mime: string;
  until: number;
}

/** Stands in for the Graph API: limits, window, statuses and faults as documented. */
export class GraphStandIn {
  private readonly media = new Map<string, StoredMedia>();
  /** Our messages' ids as the sender names them. */
  private readonly ownIds = new Map<string, string>();
  private faults: { code: number; times: number; late: boolean } | null = null;

  constructor(private readonly parts: StandInParts) {}

  /** Makes the next messages to citizens fail. @param late after they were accepted, by a status */
  fail(code: number, times: number, late: boolean): void {
    this.faults = times > 0 ? { code, times, late } : null;
  }

  /** `POST /<version>/<line>/messages` */
  send(line: string, authorization: string | undefined, body: unknown): GraphReply {
    if (!this.isKnown(authorization)) return refusal(190, 401, 'Invalid OAuth access token', 'the token is not known');
    const message = fields(body);
    if (message['status'] === 'read') return this.read(message);
    const fault = faultIn(message);
    if (fault) return refused(fault);
    const injected = this.nextFault(false);
    if (injected) return injected;
    const to = text(message['to']) ?? text(message['recipient']) ?? '';
    const mobile = `+${to.replace(/^\+/, '')}`;
    const phone = this.parts.phones.find(mobile);
    const shown = this.shown(message);
    if (!shown) return refusal(132001, 404, 'Template does not exist', `no such template or number of variables`);
    // Somebody whom the simulator has never met may have written by another way: only its own phones keep a window.
    const closed = phone !== undefined && Date.now() - phone.lastInboundAt > WINDOW_MS;
    if (message['type'] !== 'template' && closed) {
      return refusal(131047, 400, 'Re-engagement message', 'More than 24 hours have passed since the person wrote');
    }
    const id = `wamid.${randomUUID().replaceAll('-', '')}`;
    if (phone) this.deliver(phone, line, id, shown, text(message['biz_opaque_callback_data']));
    const answer = {
      messaging_product: 'whatsapp',
      contacts: [{ input: to, wa_id: to.replace(/^\+/, '') }],
      messages: [{ id }],
    };
    return { status: 200, body: answer };
  }

  /** `GET /<version>/<media id>` */
  describe(base: string, authorization: string | undefined, id: string): GraphReply {
    if (!this.isKnown(authorization)) return refusal(190, 401, 'Invalid OAuth access token', 'the token is not known');
    const found = this.mediaOf(id);
    if (!found) return refusal(100, 400, 'Unsupported get request', `object ${id} does not exist`);
    return {
      status: 200,
      body: {
        id,
        messaging_product: 'whatsapp',
        mime_type: found.mime,
        file_size: found.bytes.length,
        sha256: createHash('sha256').update(found.bytes).digest('hex'),
        url: `${base}/media/${id}`,
      },
    };
  }

  mediaOf(id: string): StoredMedia | null {
    const found = this.media.get(id);
    return found && found.until > Date.now() ? found : null;
  }

  isKnown(authorization: string | undefined): boolean {
    return authorization === `Bearer ${this.parts.token}`;
  }

  /** Keeps what a citizen sends, as WhatsApp does for seven days. */
  keep(bytes: Buffer, mime: string): string {
    const id = String(1_000_000_000_000_000 + Math.floor(Math.random() * 8_000_000_000_000_000));
    this.media.set(id, { bytes, mime, until: Date.now() + MEDIA_LIVES_MS });
    return id;
  }

  /** What a citizen writes, as the body of the webhook. @param content the message without its envelope */
  receive(
    phone: Phone,
    line: string,
    content: Fields,
    item: Omit<PhoneItem, 'revision' | 'id' | 'from' | 'at' | 'channel'>,
  ): void {
    const id = `wamid.${randomUUID().replaceAll('-', '')}`;
    const at = Date.now();
    phone.lastInboundAt = at;
    this.parts.phones.add(phone, { ...item, id, channel: 'whatsapp', from: 'citizen', at, status: 'sent' });
    const wa = phone.mobile.slice(1);
    const message = { from: wa, id, timestamp: String(Math.floor(at / 1000)), ...content };
    const contacts = [{ profile: { name: phone.name || 'Citizen' }, wa_id: wa }];
    this.call(line, { contacts, messages: [message] });
  }

  /** Everything on a telephone that was delivered has now been looked at. */
  look(phone: Phone, line: string): void {
    for (const item of phone.items) {
      if (item.channel === 'whatsapp' && item.from === 'city' && item.status === 'delivered')
        this.status(phone, line, item, 'read');
    }
  }

  private read(message: Fields): GraphReply {
    const id = text(message['message_id']);
    const wanted = id === undefined ? undefined : this.parts.phones.item(id);
    if (wanted) this.parts.phones.change(wanted, { status: 'read' });
    return { status: 200, body: { success: true } };
  }

  private deliver(phone: Phone, line: string, id: string, shown: Shown, ownId: string | undefined): void {
    const item = this.parts.phones.add(phone, {
      ...shown,
      id,
      channel: 'whatsapp',
      from: 'city',
      at: Date.now(),
      status: 'sent',
    });
    this.ownIds.set(id, ownId ?? '');
    this.status(phone, line, item, 'sent');
    const late = this.nextFault(true);
    setTimeout(() => {
      if (late) this.status(phone, line, item, 'failed', late);
      else if (phone.on) {
        this.status(phone, line, item, 'delivered');
        if (phone.looking) setTimeout(() => this.status(phone, line, item, 'read'), READING_MS).unref();
      }
    }, DELIVERY_MS).unref();
  }

  private status(
    phone: Phone,
    line: string,
    item: PhoneItem,
    status: NonNullable<PhoneItem['status']>,
    fault?: GraphReply,
  ): void {
    const error = fields(fields(fault?.body)['error']);
    this.parts.phones.change(item, {
      status,
      ...(fault ? { error: `${String(error['code'])} ${String(error['message'])}` } : {}),
    });
    const ownId = this.ownIds.get(item.id);
    this.call(line, {
      statuses: [
        {
          id: item.id,
          status,
          timestamp: String(Math.floor(Date.now() / 1000)),
          recipient_id: phone.mobile.slice(1),
          ...(ownId ? { biz_opaque_callback_data: ownId } : {}),
          ...(fault ? { errors: [{ code: error['code'], title: error['message'], message: error['message'] }] } : {}),
        },
      ],
    });
  }

  private call(line: string, value: object): void {
    const metadata = { display_phone_number: BUSINESS.number, phone_number_id: line };
    const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
    this.parts.caller.json(this.parts.webhook(), {
      object: 'whatsapp_business_account',
      entry: [{ id: BUSINESS.id, changes: [change] }],
    });
  }

  private nextFault(late: boolean): GraphReply | null {
    if (this.faults?.late !== late) return null;
    const { code } = this.faults;
    this.faults.times -= 1;
    if (this.faults.times <= 0) this.faults = null;
    const { status, message } = FAULTS[code] ?? { status: 400, message: 'Failed' };
    return refusal(code, status, message, 'asked for in the simulator');
  }

  private shown(message: Fields): Shown | null {
    switch (message['type']) {
      case 'text':
        return { text: text(fields(message['text'])['body']) ?? '' };
      case 'interactive':
        return interactive(fields(message['interactive']));
      case 'template':
        return this.templated(fields(message['template']));
      default:
        return { text: `[${String(message['type'])}]` };
    }
  }

  private templated(template: Fields): Shown | null {
    const name = text(template['name']) ?? '';
    const components = list(template['components']).map(fields);
    const values = components
      .filter((component) => component['type'] === 'body')
      .flatMap((component) => list(component['parameters']))
      .map((parameter) => text(fields(parameter)['text']) ?? '');
    const filled = this.parts.template(name, text(fields(template['language'])['code']) ?? '', values);
    if (!filled) return null;
    const payloads = components
      .filter((component) => component['type'] === 'button')
      .flatMap((component) => list(component['parameters']))
      .map((parameter) => text(fields(parameter)['payload']) ?? '');
    const buttons = payloads.map((id) => ({
      id,
      title: titleOf(id, text(fields(template['language'])['code'])),
      template: true,
    }));
    return { text: filled.text, template: name, ...(buttons.length > 0 ? { buttons } : {}) };
  }
}

type Shown = Pick<PhoneItem, 'text' | 'buttons' | 'list' | 'wantsPlace' | 'template'>;

function interactive(message: Fields): Shown {
  const body = text(fields(message['body'])['text']) ?? '';
  const action = fields(message['action']);
  switch (message['type']) {
    case 'button': {
      const replies = list(action['buttons']).map((button) => fields(fields(button)['reply']));
      return { text: body, buttons: replies.map(({ id, title }) => ({ id: String(id), title: String(title) })) };
    }
    case 'list': {
      const rows = list(action['sections'])
        .flatMap((section) => list(fields(section)['rows']))
        .map(fields)
        .map(({ id, title, description }) => ({
          id: String(id),
          title: String(title),
          ...(text(description) === undefined ? {} : { description: String(description) }),
        }));
      return { text: body, list: { open: text(action['button']) ?? 'Open', rows } };
    }
    default:
      return { text: body, wantsPlace: true };
  }
}

/** What the quick reply of an approved template says; the API is told the payload only. */
function titleOf(payload: string, language: string | undefined): string {
  const words = {
    bn: ['মতামত দিন', 'উত্তর দিন', 'অভিযোগ জানান'],
    hi: ['राय दें', 'उत्तर दें', 'शिकायत करें'],
    en: ['Rate the work', 'Answer', 'Report a problem'],
  };
  const [rate, answer, begin] = words[language as keyof typeof words] ?? words.en;
  return (/:menu:/.test(payload) ? begin : /:rate:/.test(payload) ? rate : answer) ?? 'OK';
}

function refusal(code: number, status: number, message: string, details: string): GraphReply {
  return refused({ code, status, message, details });
}

function refused({ code, status, message, details }: GraphError): GraphReply {
  const error = {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    error_data: { messaging_product: 'whatsapp', details },
    fbtrace_id: 'simulator',
  };
  return { status, body: { error } };
}
