import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseView } from '#libs/contracts/api/views';
import type { Random } from '../demo/random.js';

const TRY_MS = 8_000;
/** Longer than the key of a request counts as taken whose process has died (5 minutes). */
const PATIENCE_MS = 420_000;
const LONGEST_PAUSE_MS = 3_000;

export interface Asked {
  token?: string;
  key?: string;
  body?: object;
  form?: () => FormData;
  /** How long one try may take, ms. */
  tryMs?: number;
  /** What was read may be ahead of a case that lost its last step and is about to take it again. */
  mayBeEarly?: boolean;
}

export interface Answer<T> {
  status: number;
  body: T;
}

/** A request that was refused for good: the run has found something that must not be. */
export class Refused extends Error {}

/** Somebody's app: tries either API, and repeats under the same key whatever got no clear answer. */
export class ChaosClient {
  tries = 0;
  /** Tries that got no answer, or one that says "later". */
  repeated = 0;

  constructor(
    private readonly urls: () => readonly string[],
    private readonly random: Random,
  ) {}

  /** One try at one address; rejects when nobody answers. */
  async once<T>(method: string, url: string, { token, key, body, form, tryMs = TRY_MS }: Asked): Promise<Answer<T>> {
    this.tries += 1;
    const response = await fetch(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      ...(form ? { body: form() } : body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(tryMs),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
  }

  async surely<T = CaseView>(method: string, path: string, asked: Asked): Promise<T> {
    const giveUp = Date.now() + PATIENCE_MS;
    for (let pause = 250; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      const url = `${this.random.pick(this.urls())}/api/v1/${path}`;
      const answer = await this.once<T & { code?: string }>(method, url, asked).catch(() => null);
      if (answer && answer.status < 300) return answer.body;
      const early = asked.mayBeEarly && answer?.body.code === 'state_conflict';
      const later =
        !answer || answer.status >= 500 || answer.status === 429 || answer.body.code === 'in_progress' || early;
      if (!later) throw new Refused(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      if (Date.now() > giveUp) throw new Error(`${method} ${path}: no answer within ${PATIENCE_MS / 60_000} minutes`);
      this.repeated += 1;
      await sleep(pause * (0.5 + this.random.next()));
    }
  }

  view(number: string, token: string): Promise<CaseView> {
    return this.surely('GET', `grievances/${number}`, { token });
  }

  async until(number: string, token: string, wanted: (view: CaseView) => boolean): Promise<CaseView> {
    const giveUp = Date.now() + PATIENCE_MS;
    for (let pause = 200; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      const view = await this.view(number, token);
      if (wanted(view)) return view;
      if (Date.now() > giveUp) throw new Error(`${number} stays ${view.state}`);
      await sleep(pause);
    }
  }
}
