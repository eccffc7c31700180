import { setTimeout as sleep } from 'node:timers/promises';
import type { FieldProblem } from '#libs/domain/case/types';
import type { Mailbox } from './mailbox.js';

export interface Answer<T> {
  status: number;
  body: T;
}

export interface Problem {
  code: string;
  detail: string;
  errors?: FieldProblem[];
  state?: string;
  allowed?: string[];
}

/** Somebody who knocks at the API. */
export type Person = { kind: 'staff'; username: string } | { kind: 'citizen'; mobile: string } | { kind: 'nobody' };

const TRIES = 12;

/** The API as anybody outside sees it. */
export class Client {
  private readonly tokens = new Map<string, Promise<string>>();
  private readonly queue: (() => void)[] = [];
  private free: number;
  requests = 0;
  /** Requests repeated under their key, because no worker or no server answered in time. */
  repeats = 0;

  constructor(
    private readonly url: string,
    private readonly passwords: ReadonlyMap<string, string>,
    private readonly mailbox: Mailbox,
    /** How many requests are on their way at the same time. */
    parallel: number,
  ) {
    this.free = parallel;
  }

  async get<T>(person: Person, path: string): Promise<Answer<T>> {
    return this.call<T>('GET', path, await this.tokenOf(person));
  }

  async post<T>(person: Person, path: string, body: unknown, key?: string): Promise<Answer<T>> {
    const token = await this.tokenOf(person);
    for (let attempt = 1; ; attempt++) {
      const answer = await this.call<T>('POST', path, token, body, key);
      if (answer.status !== 503 || key === undefined || attempt === TRIES) return answer;
      this.repeats += 1;
      await sleep(300);
    }
  }

  async postCsv(person: Person, path: string, csv: string): Promise<Answer<unknown>> {
    return this.call('POST', path, await this.tokenOf(person), new Blob([csv], { type: 'text/csv' }));
  }

  async upload(person: Person, picture: Uint8Array<ArrayBuffer>): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([picture], { type: 'image/png' }), 'evidence.png');
    const token = await this.tokenOf(person);
    const { status, body } = await this.call<{ id: string }>('POST', '/api/v1/attachments', token, form);
    if (status !== 201) throw new Error(`a picture was refused: ${JSON.stringify(body)}`);
    return body.id;
  }

  private tokenOf(person: Person): Promise<string | undefined> {
    if (person.kind === 'nobody') return Promise.resolve(undefined);
    const name = person.kind === 'staff' ? person.username : person.mobile;
    let token = this.tokens.get(name);
    if (!token) {
      token = person.kind === 'staff' ? this.logIn(name) : this.logInByCode(name);
      this.tokens.set(name, token);
    }
    return token;
  }

  private async logIn(username: string): Promise<string> {
    const body = { username, password: this.passwords.get(username) };
    return tokenIn(username, await this.call('POST', '/api/v1/auth/login', undefined, body));
  }

  private async logInByCode(mobile: string): Promise<string> {
    await this.call('POST', '/api/v1/auth/otp', undefined, { mobile });
    const code = await this.mailbox.takeCode(mobile);
    return tokenIn(mobile, await this.call('POST', '/api/v1/auth/otp/verify', undefined, { mobile, code }));
  }

  private async call<T>(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
    key?: string,
  ): Promise<Answer<T>> {
    await this.turn();
    try {
      this.requests += 1;
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: {
          ...(body === undefined || isReady(body) ? {} : { 'Content-Type': 'application/json' }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(key === undefined ? {} : { 'Idempotency-Key': key }),
        },
        ...(body === undefined ? {} : { body: isReady(body) ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T };
    } finally {
      this.free += 1;
      this.queue.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    while (this.free === 0) await new Promise<void>((resolve) => this.queue.push(resolve));
    this.free -= 1;
  }
}

/** Sent as it is; fetch names its type. */
function isReady(body: unknown): body is FormData | Blob {
  return body instanceof FormData || body instanceof Blob;
}

function tokenIn(who: string, { body }: Answer<{ token?: string }>): string {
  if (!body.token) throw new Error(`${who} cannot log in: ${JSON.stringify(body)}`);
  return body.token;
}
