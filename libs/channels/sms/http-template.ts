import { at } from './fields.js';
import type { SmsAnswer, SmsOrder, SmsRequest, SmsVerdict } from './gateway.js';

/** How a gateway wants to be called; `{name}` stands for a value of the message or a setting. */
export interface HttpTemplate {
  method: 'GET' | 'POST';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: { type: 'form' | 'json'; text: string };
  answer: AnswerRule;
}

/** Where in an answer the outcome stands. */
export interface AnswerRule {
  /** The body of an accepted message; absent: every 2xx. */
  success?: RegExp;
  /** Path of the message's id in JSON, or a pattern whose first group it is. */
  id?: string | RegExp;
  /** Same for the code of a refusal. */
  code?: string | RegExp;
  /** Codes that mean that nothing goes through at all. */
  denied?: RegExp;
}

const PLACEHOLDER = /\{(\w+)\}/g;

export function fill(template: HttpTemplate, order: SmsOrder, settings: Readonly<Record<string, string>>): SmsRequest {
  const values: Readonly<Record<string, string>> = { ...settings, ...valuesOf(order) };
  const insert = (text: string, encode: (value: string) => string): string =>
    text.replace(PLACEHOLDER, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : encode(value);
    });
  const { body } = template;
  const headers = Object.entries(template.headers ?? {}).map(([name, value]) => [name, insert(value, plainHeader)]);
  return {
    method: template.method,
    url: insert(template.url, encodeURIComponent),
    headers: {
      ...(body && { 'Content-Type': body.type === 'json' ? 'application/json' : 'application/x-www-form-urlencoded' }),
      ...(Object.fromEntries(headers) as Record<string, string>),
    },
    ...(body && { body: insert(body.text, body.type === 'json' ? insideJson : encodeURIComponent) }),
  };
}

function valuesOf(order: SmsOrder): Record<string, string> {
  const msisdn = order.to.replace(/^\+/, '');
  return {
    id: order.id,
    to: order.to,
    msisdn,
    national: msisdn.replace(/^91(?=\d{10}$)/, ''),
    text: order.text,
    header: order.header,
    entity: order.entity,
    template: order.template,
    callback: order.callback,
    unicode: order.unicode ? '1' : '0',
    encoding: order.unicode ? 'unicode' : 'plain',
    type: order.unicode ? 'Unicode_Text' : 'TEXT',
  };
}

/** The value inside the quotes that the template has. */
function insideJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function plainHeader(value: string): string {
  return value.replace(/[\r\n]/g, '');
}

export function judgeBy(rule: AnswerRule, answer: SmsAnswer): SmsVerdict {
  const ok = answer.status >= 200 && answer.status < 300;
  if (ok && (rule.success?.test(answer.text) ?? true)) {
    const id = found(answer, rule.id);
    return { kind: 'sent', ...(id === undefined ? {} : { id }) };
  }
  const code = found(answer, rule.code) ?? String(answer.status);
  const message = answer.text.replace(/\s+/g, ' ').trim().slice(0, 300);
  const denied = answer.status === 401 || answer.status === 403 || rule.denied?.test(code) === true;
  return denied ? { kind: 'denied', message: `${code} ${message}` } : { kind: 'refused', code, message };
}

function found(answer: SmsAnswer, where: string | RegExp | undefined): string | undefined {
  if (where === undefined) return undefined;
  return typeof where === 'string' ? at(answer.json, where) : where.exec(answer.text)?.[1];
}
