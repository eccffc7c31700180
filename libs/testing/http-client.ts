import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseView, Page, TimelineItem } from '#libs/contracts/api/views';
import type { Installation } from './installation.js';

export interface Answer<T> {
  status: number;
  body: T;
}

const PATIENCE_MS = 60_000;
const PAUSE_MS = 200;

/** Somebody who uses an installation over HTTP and repeats, with the same key, whatever got no clear answer. */
export class HttpClient {
  private constructor(
    private readonly installation: Installation,
    private readonly token: string,
  ) {}

  static async citizen(installation: Installation, mobile: string): Promise<HttpClient> {
    const before = installation.outbox().length;
    await post(installation.url, 'auth/otp', { mobile });
    const code = await sentCode(installation, before);
    const { body } = await post<{ token: string }>(installation.url, 'auth/otp/verify', { mobile, code });
    return new HttpClient(installation, body.token);
  }

  static async staff(installation: Installation, position: string): Promise<HttpClient> {
    const account = installation.accounts().find((each) => each.position === position);
    if (!account) throw new Error(`No demo account holds ${position}`);
    const { username, password } = account;
    const { body } = await post<{ token: string }>(installation.url, 'auth/login', { username, password });
    return new HttpClient(installation, body.token);
  }

  /** One attempt; rejects when nobody answers. */
  once<T = CaseView>(path: string, body: object, key: string = randomUUID()): Promise<Answer<T>> {
    return post<T>(this.installation.url, path, body, {
      Authorization: `Bearer ${this.token}`,
      'Idempotency-Key': key,
    });
  }

  /** Repeats until there is an answer that is not "try again"; rejects on a refusal. */
  async surely<T = CaseView>(path: string, body: object): Promise<T> {
    const key = randomUUID();
    const giveUp = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.once<T>(path, body, key).catch(() => null);
      if (answer && answer.status < 300) return answer.body;
      if (answer && answer.status < 500) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      if (Date.now() > giveUp) throw new Error(`${path}: no answer within ${PATIENCE_MS} ms`);
      await sleep(PAUSE_MS);
    }
  }

  async read<T>(path: string): Promise<T> {
    const giveUp = Date.now() + PATIENCE_MS;
    for (;;) {
      const response = await fetch(`${this.installation.url}/api/v1/${path}`, {
        headers: { Authorization: `Bearer ${this.token}` },
      }).catch(() => null);
      if (response?.ok) return (await response.json()) as T;
      if (Date.now() > giveUp) throw new Error(`${path}: ${response?.status ?? 'no answer'}`);
      await sleep(PAUSE_MS);
    }
  }

  view(number: string): Promise<CaseView> {
    return this.read(`grievances/${number}`);
  }

  timeline(number: string): Promise<TimelineItem[]> {
    return this.read<TimelineItem[] | { items: TimelineItem[] }>(`grievances/${number}/timeline`).then((found) =>
      Array.isArray(found) ? found : found.items,
    );
  }

  list(): Promise<Page<CaseView>> {
    return this.read('grievances?limit=100');
  }

  /** The case once it satisfies a condition. */
  async until(number: string, condition: (view: CaseView) => boolean): Promise<CaseView> {
    const giveUp = Date.now() + PATIENCE_MS;
    for (;;) {
      const view = await this.view(number);
      if (condition(view)) return view;
      if (Date.now() > giveUp) throw new Error(`${number} stays ${view.state}`);
      await sleep(PAUSE_MS);
    }
  }
}

async function post<T>(
  url: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const response = await fetch(`${url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
}

async function sentCode(installation: Installation, before: number): Promise<string> {
  const giveUp = Date.now() + 25_000;
  while (Date.now() < giveUp) {
    const sent = installation
      .outbox()
      .slice(before)
      .find((line) => line.template === 'otp');
    const code = sent && /\b\d{6}\b/.exec(sent.text)?.[0];
    if (code) return code;
    await sleep(PAUSE_MS);
  }
  throw new Error('No code was sent');
}
