import createClient from 'openapi-fetch';
import { ApiProblem, Unreachable } from './problem.js';
import { reauthenticate, tellPasswordDue } from './reauthenticate.js';
import type { paths } from './schema.gen.js';

export const API = '/api/v1';

type Method = 'get' | 'post' | 'patch' | 'delete';
/** Routes of the API's own description that know the method: one that is renamed there no longer compiles here. */
type Route<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];

type QueryValue = string | number | boolean | undefined | null;
export type Query = Readonly<Record<string, QueryValue>>;

interface CallOptions {
  /** Values of the route's placeholders. */
  path?: Readonly<Record<string, string>>;
  query?: Query;
  body?: unknown;
  form?: FormData;
  /** Sent as Idempotency-Key: repeating the call with the same key never does the thing twice. */
  key?: string;
  signal?: AbortSignal;
  /** The login itself must not ask for a login. */
  anonymous?: boolean;
}

const client = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: (request) =>
    fetch(request).catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new Unreachable(cause);
    }),
});

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

function send(method: Method, route: string, options: CallOptions): Promise<Answer> {
  const init = {
    params: { path: options.path ?? {}, query: given(options.query) },
    headers: {
      'accept-language': document.documentElement.lang,
      // Tells the server that a cookie comes with a request of our own page and of no other.
      'x-requested-with': 'pratikar-desk',
      ...(options.key ? { 'idempotency-key': options.key } : {}),
    },
    ...(options.form ? { body: options.form } : options.body === undefined ? {} : { body: options.body }),
    ...(options.signal ? { signal: options.signal } : {}),
  };
  // Answers have the types of libs/contracts, from which the server's description is made; callers name them.
  const request = client.request as unknown as (method: Method, route: string, init: object) => Promise<Answer>;
  return request(method, route, init);
}

function given(query: Query = {}): Record<string, string | number | boolean> {
  const present: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') present[name] = value;
  }
  return present;
}

/** One call; a session that ran out in between is renewed over the open page and the call repeated. */
async function call<T>(method: Method, route: string, options: CallOptions = {}): Promise<T> {
  let answer = await send(method, route, options);
  if (answer.response.status === 401 && !options.anonymous && (await reauthenticate())) {
    answer = await send(method, route, options);
  }
  if (!answer.response.ok) {
    const problem = ApiProblem.from(answer.response, answer.error);
    if (problem.code === 'password_change_required') tellPasswordDue();
    throw problem;
  }
  return answer.data as T;
}

export const api = {
  get: <T>(route: Route<'get'>, options?: CallOptions) => call<T>('get', route, options),
  post: <T>(route: Route<'post'>, options?: CallOptions) => call<T>('post', route, options),
  patch: <T>(route: Route<'patch'>, options?: CallOptions) => call<T>('patch', route, options),
  delete: <T>(route: Route<'delete'>, options?: CallOptions) => call<T>('delete', route, options),
};

export function newKey(): string {
  return crypto.randomUUID();
}
