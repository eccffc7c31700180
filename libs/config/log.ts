import pino, { type Logger } from 'pino';
import { lineMask, secretsOf } from './log-masking.js';
import type { Settings } from './settings.js';

/**
 * JSON lines on standard output. Whatever a part says of itself, or quotes of databases and providers, leaves without
 * credentials and with four digits of a telephone number.
 */
export function createLog(process: 'api' | 'worker', settings: Settings): Logger {
  const mask = lineMask(secretsOf(settings));
  const out = pino.destination({ fd: 1, sync: true });
  return pino(
    {
      level: settings.logLevel,
      base: { process },
      timestamp: pino.stdTimeFunctions.isoTime,
      // Of an error the members that its library adds are the values it was given.
      serializers: { err: plainError, error: plainError },
    },
    { write: (line) => out.write(mask(line)) },
  );
}

function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return { type: error.name, message: error.message, stack: error.stack };
}

/** A fault that nobody has caught ends the process; Node would print it with all that it carries. */
export function endOnFault(log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'nobody has caught this: the process ends');
    process.exit(1);
  });
}
