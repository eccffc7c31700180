import { ApiProblem, Unreachable } from './problem.js';
import { reauthenticate } from './reauthenticate.js';

export const API = '/api/v1';

type QueryValue = string | number | boolean | undefined | null | readonly string[];
export type Query = Readonly<Record<string, QueryValue>>;

export interface CallOptions {
  query?: Query;
  body?: unknown;
  form?: FormData;
  /** Sent as Idempotency-Key: repeating the call with the same key never does the thing twice. */
  key?: string;
  signal?: AbortSignal;
  /** The login itself must not ask for a login. */
  anonymous?: boolean;
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value)) value.forEach((item: string) => search.append(name, item));
    else search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

function request(method: string, path: string, options: CallOptions): Promise<Response> {
  // The last header tells the server that a cookie comes with a request of our own page and of no other.
  const headers = new Headers({ accept: 'application/json', 'accept-language': document.documentElement.lang, 'x-requested-with': 'pratikar-desk' });
  if (options.key) headers.set('idempotency-key', options.key);
  let body: BodyInit | undefined;
  if (options.form) body = options.form;
  else if (options.body !== undefined) {
    headers.set('content-type', 'application/json');
    body = JSON.stringify(options.body);
  }
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = body;
  if (options.signal) init.signal = options.signal;
  return fetch(withQuery(API + path, options.query), init).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Unreachable(cause);
  });
}

/** One call; a session that ran out in between is renewed over the open page and the call repeated. */
export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options: CallOptions = {}): Promise<T> {
  let response = await request(method, path, options);
  if (response.status === 401 && !options.anonymous && (await reauthenticate())) {
    response = await request(method, path, options);
  }
  if (!response.ok) throw await ApiProblem.from(response);
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export function newKey(): string {
  return crypto.randomUUID();
}
