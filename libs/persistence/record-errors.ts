/** The database cannot be reached or cannot take more now. Nothing was decided: the same work may be tried again. */
export class RecordUnavailableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The record cannot be reached: ${reason}`, options);
    this.name = 'RecordUnavailableError';
  }
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'POOL_CLOSED',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'ER_OPTION_PREVENTS_STATEMENT',
]);
const CONFLICTS = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

/** TypeORM wraps what the driver threw; the code is on the inner error. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (driverError !== undefined && driverError !== error) return codeOf(driverError);
  return typeof code === 'string' ? code : '';
}

/** Another transaction stood in the way: running the same work again may succeed at once. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return CONFLICTS.has(code) || /^SQLITE_(BUSY|LOCKED)/.test(code);
}

/** A row with that key is there already. */
export function isDuplicate(error: unknown): boolean {
  return /^(ER_DUP_ENTRY|SQLITE_CONSTRAINT)/.test(codeOf(error));
}

export function isUnreachable(error: unknown): boolean {
  if (error instanceof RecordUnavailableError) return true;
  const code = codeOf(error);
  // mysql2 says some of them in words alone.
  const words = error instanceof Error ? error.message : '';
  return (
    UNREACHABLE.has(code) ||
    /^SQLITE_(IOERR|FULL|CANTOPEN|READONLY)/.test(code) ||
    /connection is in closed state|Pool is closed|is not established/i.test(words)
  );
}

/** The error as callers should see it: unreachable and unending conflict become `RecordUnavailableError`. */
export function recordError(error: unknown): unknown {
  if (error instanceof RecordUnavailableError || !(isUnreachable(error) || isConflict(error))) return error;
  return new RecordUnavailableError(codeOf(error) || (error as Error).message, { cause: error });
}
