import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { print } from '../output.js';
import { BusyError, JsonPoster } from './load.js';
import { ratio, type Result } from './reach.js';
import { startStack, type Stack } from './stack.js';

export interface MemoryOptions {
  /** Grievances that are open at the end. */
  open: number;
}

const FEW = 100;
const CONNECTIONS = 16;
/** Grievances begun and withdrawn before anything counts: code is compiled and heaps have their working size. */
const WARM_UP = 1_500;
const AT_MOST = 1.3;
const KB_PER_MB = 1_024;

/** What API and worker hold in memory with ten thousand open grievances, beside the same processes with a hundred. */
export async function benchMemory({ open }: MemoryOptions): Promise<Result[]> {
  print('Starting a Pratikar for the measurement');
  const stack = await startStack();
  const poster = new JsonPoster(stack.url, CONNECTIONS);
  try {
    const callers = await Callers.of(stack, poster);
    const ended = await callers.lodge(WARM_UP);
    await callers.withdraw(ended);
    await callers.lodge(FEW);
    const few = await settled(stack);
    print(`${FEW} open: API ${few.api.toFixed(0)} MB, worker ${few.worker.toFixed(0)} MB`);
    await callers.lodge(open - FEW);
    const many = await settled(stack);
    const name = (part: string) => `memory of the ${part}, ${open.toLocaleString('en')} open beside ${FEW}`;
    return [
      ratio(name('API'), 'MB', many.api, few.api, { atMost: AT_MOST }),
      ratio(name('worker'), 'MB', many.worker, few.worker, { atMost: AT_MOST }),
    ];
  } finally {
    poster.close();
    await stack.stop();
  }
}

class Callers {
  private next = 0;

  private constructor(
    private readonly poster: JsonPoster,
    private readonly token: string,
  ) {}

  static async of({ accounts }: Stack, poster: JsonPoster): Promise<Callers> {
    const { username, password } = accounts.find(({ role }) => role === 'call_centre') ?? {};
    const { token } = await poster.post<{ token: string }>('auth/login', { username, password });
    return new Callers(poster, token);
  }

  lodge(count: number): Promise<string[]> {
    return inParallel(Array.from({ length: count }), async () => {
      const mobile = String(9_100_000_000 + this.next);
      const ward = String(1 + (this.next++ % 140));
      const body = { subCategory: 'LIGHT_OFF', ward, description: 'The street light is off', citizen: { mobile } };
      return (await this.poster.post<{ number: string }>('grievances', body, this.token)).number;
    });
  }

  async withdraw(numbers: readonly string[]): Promise<void> {
    await inParallel(numbers, (number) => this.poster.post(`grievances/${number}/withdraw`, {}, this.token));
  }
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const loop = async (): Promise<void> => {
    for (const [place, item] of queue) results[place] = await untilTaken(() => work(item));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  return results;
}

/** A busy server asks to come back later; what it took all the same is one more open grievance. */
async function untilTaken<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      await sleep(1_000);
    }
  }
}

/** Megabytes of both processes once every message has gone out and the collectors have had their time. */
async function settled(stack: Stack): Promise<{ api: number; worker: number }> {
  await stack.settled();
  await sleep(10_000);
  return { api: residentMb(stack.pids.api), worker: residentMb(stack.pids.worker) };
}

function residentMb(pid: number): number {
  const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / KB_PER_MB;
}
