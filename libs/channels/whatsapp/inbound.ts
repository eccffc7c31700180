import type { ChatInput, ChatMedia, ChatMessage, ChatPerson } from '#libs/contracts/chat';

/** All that one person sent in a body, in the order in which it was sent. */
export interface InboundChat {
  from: ChatPerson;
  messages: ChatMessage[];
}

export interface DeliveryStatus {
  /** The provider's id of the message. */
  providerId: string;
  /** Our id, where the provider gives it back. */
  ownId?: string;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  /** Epoch ms. */
  at: number;
  error?: { code: number; text: string };
}

export interface Inbound {
  chats: InboundChat[];
  statuses: DeliveryStatus[];
  /** What the provider complains of that belongs to no message. */
  errors: { code: number; text: string }[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Deepest nesting of a genuine body is 10; more is made to be expensive. */
const DEEPEST = 40;
const LONGEST_TEXT = 4096;
const LONGEST_ID = 250;

/** Whether a JSON text is nested deeper than any genuine one. Looks at brackets only, before anything is parsed. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      if (++depth > DEEPEST) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}

/** Whether a parsed body is one of WhatsApp's at all. */
export function isWhatsAppBody(body: unknown): boolean {
  return fieldsOf(body)['object'] === 'whatsapp_business_account' && Array.isArray(fieldsOf(body)['entry']);
}

/** Takes a webhook's body apart. What cannot be read is left out; nothing in a body makes it throw. */
export function readInbound(body: unknown, now: number = Date.now()): Inbound {
  const inbound: Inbound = { chats: [], statuses: [], errors: [] };
  const byPerson = new Map<string, InboundChat>();
  for (const entry of listOf(fieldsOf(body)['entry'])) {
    for (const change of listOf(fieldsOf(entry)['changes'])) {
      const value = fieldsOf(fieldsOf(change)['value']);
      for (const message of listOf(value['messages'])) takeMessage(fieldsOf(message), value, byPerson, now);
      for (const status of listOf(value['statuses'])) {
        const read = readStatus(fieldsOf(status), now);
        if (read) inbound.statuses.push(read);
      }
      for (const error of listOf(value['errors'])) inbound.errors.push(readError(error));
    }
  }
  inbound.chats = [...byPerson.values()];
  for (const { messages } of inbound.chats) messages.sort((one, other) => one.at - other.at);
  return inbound;
}

function takeMessage(message: Fields, value: Fields, byPerson: Map<string, InboundChat>, now: number): void {
  const id = textOf(message['id'], LONGEST_ID);
  const from = personOf(message, value);
  const key = from && (from.mobile ?? from.externalId);
  if (!id || !from || !key) return;
  const chat = byPerson.get(key) ?? { from, messages: [] };
  byPerson.set(key, chat);
  Object.assign(chat.from, { ...from, ...chat.from });
  // The same message may stand twice in one body as well.
  if (chat.messages.some((known) => known.id === id)) return;
  const answers = textOf(fieldsOf(message['context'])['id'], LONGEST_ID);
  chat.messages.push({
    id,
    at: momentOf(message['timestamp'], now),
    input: inputOf(message),
    ...(answers ? { answers } : {}),
  });
}

/** Since 2026 people may have no telephone number that we see; their user id is stable. */
function personOf(message: Fields, value: Fields): ChatPerson | null {
  const number = textOf(message['from'], 20);
  const userId = textOf(message['from_user_id'], 150);
  const contacts = listOf(value['contacts']).map(fieldsOf);
  const contact =
    contacts.find((each) => (number && each['wa_id'] === number) || (userId && each['user_id'] === userId)) ??
    (contacts.length === 1 && !number && !userId ? contacts[0] : undefined) ??
    {};
  const wa = number ?? textOf(contact['wa_id'], 20);
  const mobile = wa && /^\d{6,15}$/.test(wa) ? `+${wa}` : undefined;
  const externalId = userId ?? textOf(contact['user_id'], 150);
  if (!mobile && !externalId) return null;
  const name = textOf(fieldsOf(contact['profile'])['name'], 120);
  const via = textOf(fieldsOf(value['metadata'])['phone_number_id'], 60);
  return {
    ...(mobile ? { mobile } : {}),
    ...(externalId ? { externalId } : {}),
    ...(name ? { name } : {}),
    ...(via ? { via } : {}),
  };
}

function inputOf(message: Fields): ChatInput {
  const type = textOf(message['type'], 40) ?? 'unknown';
  const content = fieldsOf(message[type]);
  switch (type) {
    case 'text':
      return { type: 'text', text: textOf(content['body'], LONGEST_TEXT) ?? '' };
    case 'button': {
      const title = textOf(content['text'], LONGEST_TEXT) ?? '';
      return { type: 'choice', id: textOf(content['payload'], LONGEST_ID) ?? '', title };
    }
    case 'interactive':
      return interactiveOf(content);
    case 'location':
      return locationOf(content);
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
    case 'sticker':
      return mediaOf(type, content);
    case 'reaction':
      return { type: 'reaction', emoji: textOf(content['emoji'], 40) ?? '' };
    case 'system': {
      const newAddress = textOf(content['wa_id'], 20);
      return {
        type: 'system',
        event: textOf(content['type'], 60) ?? 'unknown',
        ...(newAddress ? { newAddress } : {}),
      };
    }
    default:
      return { type: 'unsupported', what: textOf(content['type'], 60) ?? type };
  }
}

function interactiveOf(content: Fields): ChatInput {
  const kind = textOf(content['type'], 40) ?? 'unknown';
  const reply = fieldsOf(content[kind]);
  if (kind === 'list_reply' || kind === 'button_reply') {
    return { type: 'choice', id: textOf(reply['id'], LONGEST_ID) ?? '', title: textOf(reply['title'], 100) ?? '' };
  }
  if (kind === 'nfm_reply') return { type: 'form', data: formOf(reply['response_json']) };
  return { type: 'unsupported', what: kind };
}

function formOf(json: unknown): Fields | null {
  if (typeof json !== 'string' || json.length > 20_000 || isTooDeep(json)) return null;
  try {
    const data: unknown = JSON.parse(json);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Fields) : null;
  } catch {
    return null;
  }
}

function locationOf(content: Fields): ChatInput {
  const { latitude: lat, longitude: lon } = content;
  const usable = typeof lat === 'number' && typeof lon === 'number' && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  if (!usable) return { type: 'unsupported', what: 'location' };
  const name = textOf(content['name'], 200);
  const address = textOf(content['address'], 300);
  return { type: 'location', lat, lon, ...(name ? { name } : {}), ...(address ? { address } : {}) };
}

function mediaOf(kind: ChatMedia['kind'], content: Fields): ChatInput {
  const id = textOf(content['id'], LONGEST_ID);
  if (!id) return { type: 'unsupported', what: kind };
  const sha256 = textOf(content['sha256'], 100);
  const caption = textOf(content['caption'], 1024);
  const filename = textOf(content['filename'], 240);
  return {
    type: 'media',
    media: {
      kind,
      id,
      mime: (textOf(content['mime_type'], 100) ?? '').split(';')[0]?.trim() ?? '',
      ...(sha256 ? { sha256 } : {}),
      ...(caption ? { caption } : {}),
      ...(filename ? { filename } : {}),
    },
  };
}

const STATUSES = ['sent', 'delivered', 'read', 'failed'] as const;

function readStatus(fields: Fields, now: number): DeliveryStatus | null {
  const providerId = textOf(fields['id'], LONGEST_ID);
  const status = STATUSES.find((known) => known === fields['status']);
  if (!providerId || !status) return null;
  const ownId = textOf(fields['biz_opaque_callback_data'], LONGEST_ID);
  const [error] = listOf(fields['errors']);
  return {
    providerId,
    status,
    at: momentOf(fields['timestamp'], now),
    ...(ownId ? { ownId } : {}),
    ...(error === undefined ? {} : { error: readError(error) }),
  };
}

function readError(value: unknown): { code: number; text: string } {
  const fields = fieldsOf(value);
  const details = textOf(fieldsOf(fields['error_data'])['details'], 400);
  const code = Number(fields['code']);
  return {
    code: Number.isFinite(code) ? code : -1,
    text: details ?? textOf(fields['message'], 400) ?? textOf(fields['title'], 400) ?? 'unknown',
  };
}

/** Seconds as text; a moment that cannot be, or is still to come, is now. */
function momentOf(value: unknown, now: number): number {
  const at = Number(value) * 1000;
  return Number.isFinite(at) && at > 0 ? Math.min(at, now) : now;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text of at least one letter and at most so many; ids are sometimes sent as numbers. */
function textOf(value: unknown, limit: number): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text.slice(0, limit) : undefined;
}
