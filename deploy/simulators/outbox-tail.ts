import { open, stat } from 'node:fs/promises';

export interface OutboxLine {
  id: string;
  at: string;
  channel: string;
  to: string;
  template: string;
  text: string;
}

/** What came before is of no interest to anybody who looks at a telephone now. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Reads the console's outbox as it grows. */
export class OutboxTail {
  private position: number | null = null;
  private rest = '';
  private reading: Promise<OutboxLine[]> = Promise.resolve([]);

  constructor(private readonly path: string) {}

  /** Lines since the last call. */
  next(): Promise<OutboxLine[]> {
    this.reading = this.reading.then(
      () => this.read(),
      () => this.read(),
    );
    return this.reading;
  }

  private async read(): Promise<OutboxLine[]> {
    const size = await stat(this.path).then(
      (found) => found.size,
      () => 0,
    );
    this.position ??= Math.max(0, size - MOST_BYTES);
    // Somebody began a new file.
    if (size < this.position) this.position = 0;
    if (size === this.position) return [];
    const file = await open(this.path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(size - this.position),
        0,
        size - this.position,
        this.position,
      );
      this.position += bytesRead;
      // Only whole lines are decoded: a letter may be cut in the middle.
      const bytes = Buffer.concat([Buffer.from(this.rest, 'latin1'), buffer.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(10) + 1;
      this.rest = bytes.subarray(end).toString('latin1');
      return bytes.subarray(0, end).toString('utf8').split('\n').flatMap(lineOf);
    } finally {
      await file.close();
    }
  }
}

function lineOf(text: string): OutboxLine[] {
  if (text === '') return [];
  try {
    return [JSON.parse(text) as OutboxLine];
  } catch {
    return [];
  }
}
