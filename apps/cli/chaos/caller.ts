import { setTimeout as sleep } from 'node:timers/promises';
import { signatureOf } from '#libs/channels/whatsapp/signature';
import type { Random } from '../demo/random.js';

/** Times that each call arrives, at least. */
export const COPIES = 3;
const MOST_LATE_MS = 2_500;
const PAUSE_MS = 500;
const PATIENCE_MS = 10_000;

/** Calls the product's webhooks as providers do: until it is taken, thrice over, and late enough to be overtaken. */
export class ThriceCaller {
  taken = 0;
  /** Calls that were not taken at once and had to be repeated. */
  repeated = 0;
  /** Calls that were refused for good, which none of them deserves. */
  readonly refused: string[] = [];
  private open = 0;
  private ended = false;

  constructor(
    private readonly urls: () => readonly string[],
    private readonly appSecret: string,
    private readonly random: Random,
  ) {}

  /** Calls that are still on their way. */
  get pending(): number {
    return this.open;
  }

  json(path: string, body: unknown): void {
    const text = JSON.stringify(body);
    const signature = signatureOf(text, this.appSecret);
    this.call(path, text, { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature });
  }

  form(path: string, fields: Readonly<Record<string, string>>): void {
    const text = new URLSearchParams(fields).toString();
    this.call(path, text, { 'Content-Type': 'application/x-www-form-urlencoded' });
  }

  stop(): void {
    this.ended = true;
  }

  private call(path: string, body: string, headers: Record<string, string>): void {
    // The first copy is on time, so that a chat goes on; the others come when later calls have been taken.
    for (let copy = 0; copy < COPIES; copy++) {
      const late = copy === 0 ? this.random.between(0, 200) : this.random.between(200, MOST_LATE_MS);
      this.open += 1;
      void this.deliver(path, body, headers, late).finally(() => (this.open -= 1));
    }
  }

  private async deliver(path: string, body: string, headers: Record<string, string>, late: number): Promise<void> {
    await sleep(late);
    for (let attempt = 0; !this.ended; attempt++) {
      if (attempt > 0) {
        this.repeated += 1;
        await sleep(Math.min(PAUSE_MS * attempt, 5_000));
      }
      try {
        const url = `${this.random.pick(this.urls())}${path}`;
        const response = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
        await response.arrayBuffer();
        if (response.ok) {
          this.taken += 1;
          return;
        }
        if (response.status < 500 && response.status !== 429) {
          this.refused.push(`${path}: ${response.status}`);
          return;
        }
      } catch {
        // Nobody took it: again.
      }
    }
  }
}
