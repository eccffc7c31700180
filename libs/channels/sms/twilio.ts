import { createHmac, timingSafeEqual } from 'node:crypto';
import { at, type Fields } from './fields.js';
import type { SmsGateway, SmsOrder } from './gateway.js';
import { report } from './presets.js';

const API = 'https://api.twilio.com';
/** Account suspended or wrong credentials. */
const DENIED = ['20003', '20005', '30002'];

/** @param options by the names of the settings, checked before */
export function twilioGateway(options: Readonly<Record<string, string>>): SmsGateway {
  const account = options['SMS_ACCOUNT_SID'] ?? '';
  const token = options['SMS_API_TOKEN'] ?? '';
  const from = options['SMS_FROM'] ?? '';
  return {
    name: 'twilio',
    registeredOnly: false,
    request: ({ to, text, callback }: SmsOrder) => ({
      method: 'POST',
      url: `${options['SMS_URL'] ?? API}/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`,
      headers: {
        Authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        To: to,
        [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from,
        Body: text,
        StatusCallback: callback,
      }).toString(),
    }),
    judge: ({ status, text, json }) => {
      const id = at(json, 'sid');
      if (status >= 200 && status < 300) return { kind: 'sent', ...(id === undefined ? {} : { id }) };
      const code = at(json, 'code') ?? String(status);
      const message = at(json, 'message') ?? text.slice(0, 300);
      const denied = status === 401 || status === 403 || DENIED.includes(code);
      return denied ? { kind: 'denied', message: `${code} ${message}` } : { kind: 'refused', code, message };
    },
    reports: (fields: Fields) => {
      const id = fields.text('MessageSid', 'SmsSid');
      const status = fields.text('MessageStatus');
      if (id === undefined || status === undefined) return null;
      const code = fields.text('ErrorCode');
      const word = status === 'undelivered' || status === 'canceled' ? 'FAILED' : status.toUpperCase();
      return [report(id, word, status, code)];
    },
  };
}

/** `X-Twilio-Signature`: HMAC-SHA1 of the address and the sorted parameters of the form. */
export function isTwilioSigned(
  url: string,
  form: readonly (readonly [string, string])[],
  signature: string | undefined,
  token: string,
): boolean {
  const sorted = [...form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = url + sorted.map(([name, value]) => name + value).join('');
  const expected = createHmac('sha1', token).update(text).digest();
  const given = Buffer.from(signature ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
