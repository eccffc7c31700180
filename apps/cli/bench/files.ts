import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { filledMariaDb } from './filled.js';
import { inFolder } from './lists.js';
import { startMariaDb } from './mariadb.js';
import type { Result } from './reach.js';

export interface FileOptions {
  /** Rows of the export; a tenth of them are imported. */
  cases: number;
  keep?: string;
}

const CLI = fileURLToPath(new URL('../main.js', import.meta.url));
const FEW_CASES = 10_000;
const FEW_POSTS = 1_000;
const LOOK_EVERY_MS = 20;
const AT_MOST_MB = 100;
const KB_PER_MB = 1_024;

/** How much more memory the operator's command takes for a large file than for a hundredth of it. */
export async function benchFiles({ cases, keep }: FileOptions): Promise<Result[]> {
  return inFolder(keep, async (folder) => {
    const server = await startMariaDb(folder);
    try {
      const many = await filledMariaDb(folder, server, cases);
      const few = await filledMariaDb(folder, server, FEW_CASES);
      await many.close();
      await few.close();
      const url = (count: number) => server.url(`cases_${count}`);
      const exported = (count: number) => peakMb(url(count), ['export', 'cases', '--personal', '--out', '/dev/null']);
      const posts = async (count: number) => {
        const file = join(folder, 'positions.csv');
        await pipeline(Readable.from(positions(count)), createWriteStream(file));
        // A dry run: it reads, judges and compares every row as the real one does, and leaves the masters alone.
        return peakMb(url(FEW_CASES), ['import', 'positions', file, '--tenant', 'KMC']);
      };
      const growth = (measure: string, measured: number, baseline: number): Result => ({
        measure,
        unit: 'MB, peak',
        measured,
        baseline,
        value: measured - baseline,
        atMost: AT_MOST_MB,
      });
      const rows = (count: number, few: number) =>
        `${count.toLocaleString('en')} rows beside ${few.toLocaleString('en')}`;
      const tenth = Math.ceil(cases / 10);
      return [
        growth(`export of ${rows(cases, FEW_CASES)}`, await exported(cases), await exported(FEW_CASES)),
        growth(`import of ${rows(tenth, FEW_POSTS)}`, await posts(tenth), await posts(FEW_POSTS)),
      ];
    } finally {
      await server.stop();
    }
  });
}

function* positions(count: number): Generator<string> {
  yield 'position,designation,role,department,wards,holder,mobile\n';
  for (let n = 0; n < count; n++) {
    const wards = `${(n % 100) + 1}-${(n % 100) + 20}`;
    yield `BULK-${n},Helper,call_centre,WATER,"${wards}",Helper ${n},+919${100_000_000 + n}\n`;
  }
}

/** The most memory that a command has held, in megabytes. */
async function peakMb(databaseUrl: string, args: readonly string[]): Promise<number> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, SECRET_KEY: 'of no use here: nothing is encrypted with it' };
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let peak = 0;
  let running = true;
  const over = ended.then(() => (running = false));
  while (running) {
    peak = Math.max(peak, highWaterMb(child.pid ?? 0));
    await Promise.race([over, sleep(LOOK_EVERY_MS)]);
  }
  if ((await ended) !== 0) throw new Error(`pratikar ${args.join(' ')} failed`);
  return peak;
}

function highWaterMb(pid: number): number {
  try {
    const [, kb = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kb) / KB_PER_MB;
  } catch {
    return 0;
  }
}
