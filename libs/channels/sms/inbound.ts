import type { Fields } from './fields.js';

/** An SMS that came in, as any gateway hands it on. */
export interface IncomingSms {
  /** The gateway's id of it, by which a repeated call is known. */
  id?: string;
  /** As the gateway writes it; not checked. */
  from: string;
  text: string;
}

/** null: the call holds no message. */
export function readIncoming(fields: Fields): IncomingSms | null {
  const from = fields.text('From', 'msisdn', 'mobile', 'sender', 'phone', 'number', 'CallFrom');
  const text = fields.text('Body', 'content', 'message', 'text', 'msg', 'keyword');
  if (from === undefined || text === undefined) return null;
  const id = fields.text('MessageSid', 'SmsSid', 'messageId', 'message_id', 'msgid', 'id');
  return { from, text, ...(id === undefined ? {} : { id }) };
}
