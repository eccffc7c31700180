import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** The server asked to come back later; the piece of work is not counted as done. */
export class BusyError extends Error {}

export interface Measured {
  count: number;
  /** Pieces of work that ended because the server was busy. */
  busy: number;
  seconds: number;
  /** Milliseconds of each piece of work. */
  latencies: number[];
}

/** Repeats work in so many loops at once until the time is over; what has begun is finished and counted. */
export async function measure(loops: number, seconds: number, work: () => Promise<void>): Promise<Measured> {
  const latencies: number[] = [];
  let busy = 0;
  const begin = performance.now();
  const over = begin + seconds * 1_000;
  const loop = async (): Promise<void> => {
    while (performance.now() < over) {
      const started = performance.now();
      try {
        await work();
        latencies.push(performance.now() - started);
      } catch (error) {
        if (!(error instanceof BusyError)) throw error;
        busy += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: loops }, loop));
  return { count: latencies.length, busy, seconds: (performance.now() - begin) / 1_000, latencies };
}

export function sum(parts: readonly Measured[]): Measured {
  return {
    count: parts.reduce((total, part) => total + part.count, 0),
    busy: parts.reduce((total, part) => total + part.busy, 0),
    seconds: parts.reduce((total, part) => total + part.seconds, 0),
    latencies: parts.flatMap((part) => part.latencies),
  };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Posts JSON over a fixed number of kept connections, with as little work of its own as possible. */
export class JsonPoster {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  async post<T>(path: string, body: object, token?: string): Promise<T> {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    return JSON.parse(await this.send(`/api/v1/${path}`, JSON.stringify(body), headers)) as T;
  }

  /** Posts this very text and answers with what comes back. */
  send(path: string, payload: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload), ...more };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.url}${path}`, { method: 'POST', agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) < 300) resolve(text);
          else if (response.statusCode === 503) reject(new BusyError(text));
          else reject(new Error(`${path}: ${response.statusCode} ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(payload);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
