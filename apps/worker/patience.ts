import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** Tries until it succeeds, or until `signal` ends the waiting; says in the log what it waits for. */
export async function untilReady<T>(
  what: string,
  attempt: () => Promise<T>,
  log: Logger,
  signal: AbortSignal,
): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      log.warn({ reason }, `${what}: not ready, trying again in ${pause / 1000} s`);
      await sleep(pause, undefined, { signal });
    }
  }
}
