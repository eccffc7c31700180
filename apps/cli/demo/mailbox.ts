import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

interface OutboxLine {
  channel: string;
  to: string;
  template: string;
  text: string;
}

const PATIENCE_MS = 5_000;

/** The phones of the story: reads what is added to the outbox, and keeps the last code sent to each number. */
export class Mailbox {
  private readonly codes = new Map<string, string>();
  private file: FileHandle | null = null;
  private at = 0;
  private reading: Promise<void> | null = null;
  otps = 0;

  constructor(private readonly dataDir: string) {}

  /** Takes the code last sent to a number, waiting for it to arrive. */
  async takeCode(mobile: string): Promise<string> {
    const giveUp = Date.now() + PATIENCE_MS;
    for (;;) {
      this.reading ??= this.read().finally(() => (this.reading = null));
      await this.reading;
      const code = this.codes.get(mobile);
      if (code !== undefined) {
        this.codes.delete(mobile);
        return code;
      }
      if (Date.now() > giveUp) throw new Error(`no code arrived at ${mobile}`);
      await sleep(20);
    }
  }

  private async read(): Promise<void> {
    this.file ??= await open(join(this.dataDir, 'outbox.jsonl'), 'r').catch(() => null);
    if (!this.file) return;
    for (;;) {
      const { buffer, bytesRead } = await this.file.read({ buffer: Buffer.alloc(1 << 16), position: this.at });
      if (bytesRead === 0) return;
      // Cut at the last line end as bytes: a character may lie across two reads.
      const piece = buffer.subarray(0, bytesRead);
      const end = piece.lastIndexOf(0x0a) + 1;
      if (end === 0) return;
      this.at += end;
      for (const line of piece.subarray(0, end).toString().split('\n')) if (line !== '') this.take(line);
    }
  }

  private take(line: string): void {
    const { template, to, text } = JSON.parse(line) as OutboxLine;
    if (template !== 'otp') return;
    this.otps += 1;
    const code = /\d{6}/.exec(text)?.[0];
    if (code !== undefined) this.codes.set(to, code);
  }

  async close(): Promise<void> {
    await this.file?.close();
  }
}
