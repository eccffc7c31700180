import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** How badly the network behaves. */
export interface Weather {
  /** Everything is delivered twice. */
  duplicates: boolean;
  /** What is delivered waits a while now and then, so that it overtakes and is overtaken. */
  disorder: boolean;
}

const PAUSES_MS = [0, 250, 1_000, 3_000, 10_000];
const LATE_MS = 800;

/** Calls a webhook as providers do: again and again until it is answered with 200. */
export class WebhookCaller {
  readonly weather: Weather = { duplicates: false, disorder: false };
  private calls = 0;

  /** @param appSecret signs WhatsApp's calls; without one they go unsigned */
  constructor(
    private readonly appSecret: string | undefined,
    private readonly report: (error: unknown) => void,
  ) {}

  json(url: string, body: unknown): void {
    const text = JSON.stringify(body);
    const signature = this.appSecret && `sha256=${createHmac('sha256', this.appSecret).update(text).digest('hex')}`;
    this.call(url, text, {
      'Content-Type': 'application/json',
      ...(signature ? { 'X-Hub-Signature-256': signature } : {}),
    });
  }

  form(url: string, fields: Readonly<Record<string, string>>): void {
    const text = new URLSearchParams(fields).toString();
    this.call(url, text, { 'Content-Type': 'application/x-www-form-urlencoded' });
  }

  private call(url: string, body: string, headers: Record<string, string>): void {
    this.calls += 1;
    const late = this.weather.disorder && this.calls % 2 === 1 ? LATE_MS : 0;
    const times = this.weather.duplicates ? 2 : 1;
    for (let time = 0; time < times; time++) void this.deliver(url, body, headers, late + time * 50).catch(this.report);
  }

  private async deliver(url: string, body: string, headers: Record<string, string>, late: number): Promise<void> {
    if (late > 0) await sleep(late);
    let last: unknown;
    for (const pause of PAUSES_MS) {
      if (pause > 0) await sleep(pause);
      try {
        const response = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) });
        await response.arrayBuffer();
        if (response.ok) return;
        last = new Error(`${new URL(url).pathname} answered ${response.status}`);
        // What is refused as such will be refused again.
        if (response.status < 500 && response.status !== 429) break;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }
}
