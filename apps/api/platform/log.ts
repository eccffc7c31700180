import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';

/** Seven digits and more in a row may be a telephone number: the last four are enough to find it again. */
const LONG_DIGITS = /(?<![\w-])\+?\d{3,}(\d{4})(?![\w-])/g;

export function maskDigits(text: string): string {
  return text.replace(LONG_DIGITS, '***$1');
}

/** JSON lines on standard output, without credentials and telephone numbers. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { process: 'api' },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
    serializers: {
      err: (error: Error) => ({
        type: error.name,
        message: maskDigits(error.message ?? String(error)),
        stack: maskDigits(error.stack ?? ''),
      }),
    },
  });
}

/** What Nest itself has to say, in the same lines. */
export class NestLog extends ConsoleLogger implements LoggerService {
  constructor(private readonly to: Logger) {
    super();
  }

  override log(message: unknown): void {
    this.to.debug(String(message));
  }

  override warn(message: unknown): void {
    this.to.warn(String(message));
  }

  override error(message: unknown, stack?: string): void {
    this.to.error({ stack: stack ? maskDigits(stack) : undefined }, maskDigits(String(message)));
  }

  override debug(message: unknown): void {
    this.to.debug(String(message));
  }

  override verbose(message: unknown): void {
    this.to.trace(String(message));
  }
}
