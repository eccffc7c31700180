import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { UnreadableFileError } from './report.js';

/** What may be imported: text, bytes, or a stream of either, which is spooled to a file because it is read twice. */
export type CsvInput = string | Uint8Array | AsyncIterable<string | Uint8Array>;

export interface CsvRecord {
  row: number;
  cells: string[];
}

const UTF8_ADVICE = 'UTF-8 (in Excel: Save as "CSV UTF-8")';
/** One record; an unclosed quote would otherwise swallow the rest of the file. */
const MOST_RECORD_BYTES = 200_000;

type Opened = AsyncIterable<string | Uint8Array>;

/** A CSV file that can be read from the start more than once. */
export class CsvSource {
  private constructor(
    private readonly open: () => Opened,
    private readonly release: () => Promise<void>,
    readonly encoding: string,
    private readonly delimiter: string,
  ) {}

  /** @throws UnreadableFileError if the encoding is not one that can be told for certain */
  static async from(input: CsvInput): Promise<CsvSource> {
    const { open, release } = await opener(input);
    try {
      const head = await headOf(open());
      const encoding = typeof head === 'string' ? 'utf-8' : encodingOf(head);
      const text = (): Opened => decoded(open(), encoding);
      const first = await headOf(text());
      return new CsvSource(text, release, encoding, delimiterOf(typeof first === 'string' ? first : ''));
    } catch (error) {
      await release();
      throw error;
    }
  }

  /**
   * All records including the heading, blank ones left out but counted.
   * @throws UnreadableFileError where the file stops being a table
   */
  async *records(): AsyncGenerator<CsvRecord> {
    const parser = parse({
      bom: true,
      delimiter: this.delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: MOST_RECORD_BYTES,
    });
    const input = Readable.from(this.open());
    input.on('error', (error) => parser.destroy(error));
    input.pipe(parser);
    let row = 0;
    try {
      for await (const cells of parser as AsyncIterable<string[]>) {
        row += 1;
        if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
      }
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      throw new UnreadableFileError({
        // The parser is ahead of what has been handed out, so it must say itself where it stopped.
        row: Number((error as { records?: unknown }).records ?? row) + 1,
        column: '',
        value: '',
        problem: 'unreadable',
        expected: `comma-separated values with balanced quotes (${error.message})`,
      });
    } finally {
      input.destroy();
      parser.destroy();
    }
  }

  /** Removes what was spooled. */
  close(): Promise<void> {
    return this.release();
  }
}

const nothingToRelease = async (): Promise<void> => undefined;

async function opener(input: CsvInput): Promise<{ open: () => Opened; release: () => Promise<void> }> {
  if (typeof input === 'string' || input instanceof Uint8Array) {
    return { open: () => slices(input), release: nothingToRelease };
  }
  const folder = await mkdtemp(join(tmpdir(), 'pratikar-import-'));
  const file = join(folder, 'file.csv');
  await pipeline(Readable.from(input), createWriteStream(file));
  return {
    open: () => createReadStream(file) as AsyncIterable<Uint8Array>,
    release: () => rm(folder, { recursive: true, force: true }),
  };
}

const SLICE = 64 * 1024;

async function* slices(input: string | Uint8Array): AsyncGenerator<string | Uint8Array> {
  for (let at = 0; at < input.length; at += SLICE) {
    yield typeof input === 'string' ? input.slice(at, at + SLICE) : input.subarray(at, at + SLICE);
  }
}

async function headOf(chunks: Opened): Promise<string | Uint8Array> {
  for await (const chunk of chunks) if (chunk.length > 0) return chunk;
  return '';
}

function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // A heading is ASCII: in UTF-16 without a mark every other byte of it is zero.
  const sample = head.subarray(0, 64);
  const zeros = (parity: number): number => sample.filter((byte, at) => at % 2 === parity && byte === 0).length;
  if (sample.length >= 8 && zeros(1) > sample.length / 4 && zeros(0) === 0) return 'utf-16le';
  if (sample.length >= 8 && zeros(0) > sample.length / 4 && zeros(1) === 0) return 'utf-16be';
  return 'utf-8';
}

/** Text, or a refusal that names the line: a guess at a code page would turn names into gibberish. */
async function* decoded(chunks: Opened, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  for await (const chunk of chunks) {
    const text =
      typeof chunk === 'string' ? chunk : decodeOr(() => decoder.decode(chunk, { stream: true }), chunk, line);
    const broken = /[\u0000\uFFFD]/.exec(text);
    if (broken) throw wrongEncoding(line + linesIn(text.slice(0, broken.index)));
    line += linesIn(text);
    yield text;
  }
  const last = decodeOr(() => decoder.decode(), new Uint8Array(), line);
  if (last) yield last;
}

function decodeOr(decode: () => string, chunk: Uint8Array, line: number): string {
  try {
    return decode();
  } catch {
    throw wrongEncoding(line + linesBeforeFault(chunk));
  }
}

function linesBeforeFault(chunk: Uint8Array): number {
  const valid = new TextDecoder('utf-8').decode(chunk);
  const fault = valid.indexOf('\uFFFD');
  return linesIn(fault < 0 ? valid : valid.slice(0, fault));
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

function wrongEncoding(row: number): UnreadableFileError {
  return new UnreadableFileError({ row, column: '', value: '', problem: 'encoding', expected: UTF8_ADVICE });
}

/** Spreadsheets of some countries write semicolons; what is pasted has tabs. */
function delimiterOf(text: string): string {
  const heading =
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/, 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const count = (delimiter: string): number => heading.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best), ',');
}
