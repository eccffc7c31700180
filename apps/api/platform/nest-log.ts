import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** What Nest itself has to say, in the lines of our log. */
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
    this.to.error({ stack }, String(message));
  }

  override debug(message: unknown): void {
    this.to.debug(String(message));
  }

  override verbose(message: unknown): void {
    this.to.trace(String(message));
  }
}
