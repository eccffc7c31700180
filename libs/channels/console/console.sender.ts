import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ChannelSender, OutboundMessage, SendResult } from '../channel.js';

const RETRY_MS = 5_000;

/**
 * Writes each message as one JSON line of the outbox. One write with O_APPEND per message: lines of API and worker,
 * which share the file, never mix. After a crash a line may stand twice with the same id.
 */
export class ConsoleSender implements ChannelSender {
  readonly local = true;

  constructor(private readonly path: string) {}

  async send(message: OutboundMessage): Promise<SendResult> {
    const { id, channel, to, template, locale, text } = message;
    const line = JSON.stringify({
      id,
      at: new Date().toISOString(),
      channel,
      to,
      template,
      locale,
      text,
      case: message.case,
    });
    try {
      await this.append(Buffer.from(`${line}\n`));
      return { outcome: 'sent', providerId: id };
    } catch (error) {
      return { outcome: 'retry', afterMs: RETRY_MS, error: `outbox: ${(error as Error).message}` };
    }
  }

  private async append(line: Buffer): Promise<void> {
    const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY;
    const file = await open(this.path, flags, 0o600).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(dirname(this.path), { recursive: true });
      return open(this.path, flags, 0o600);
    });
    try {
      const { bytesWritten } = await file.write(line);
      if (bytesWritten === line.length) return;
      // A full disk took half a line: end it, so that it spoils no other.
      await file.write('\n').catch(() => undefined);
      throw new Error(`only ${bytesWritten} of ${line.length} bytes were written`);
    } finally {
      await file.close();
    }
  }
}
