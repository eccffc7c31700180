import { RecordUnavailableError } from './record-errors.js';

/**
 * The answer of a database that may be frozen rather than down, for callers who can do without it.
 * @throws RecordUnavailableError when it has not come after `ms`; whatever the work does later is nobody's any more
 */
export async function withinPatience<T>(work: Promise<T>, ms = 1_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RecordUnavailableError(`no answer within ${ms} ms`)), ms);
  });
  // Nobody listens to it after the time is over.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
