import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify';
import { MoreThan, type DataSource } from 'typeorm';
import { GrievanceEntity, GrievanceEventEntity } from '#libs/persistence/entities/index';
import { fromCallersFolder, OperatorError, withDatabase } from '../context.js';

type What = 'cases' | 'events';
type Row = Record<string, unknown>;

const BATCH = 1_000;
const TIMES = new Set(['at', 'registeredAt', 'dueAt', 'resolvedAt', 'closedAt']);

const COLUMNS: Record<What, readonly string[]> = {
  cases:
    'number tenant state outcome category subCategory department ward borough source owner accountable level registeredAt dueAt resolvedAt closedAt reopens rating'.split(
      ' ',
    ),
  events: ['number', 'seq', 'tenant', 'at', 'event', 'actorRole', 'actorPost', 'onBehalf', 'public'],
};
/** Columns that tell of persons: only on request, since an export leaves the house. */
const PERSONAL: Record<What, readonly string[]> = {
  cases: ['description', 'remarks', 'citizenName', 'citizenMobile'],
  events: ['text'],
};

export function addExport(program: Command): void {
  program
    .command('export')
    .argument('<what>', '`cases` or `events` (the log from which every figure follows)')
    .description('writes the record as CSV, without columns that tell of persons')
    .option('--tenant <code>', 'one city alone')
    .option('--personal', 'with names, mobile numbers and texts')
    .option('--out <file>', 'to a file; absent: to the screen')
    .action((what: string, options: { tenant?: string; personal?: boolean; out?: string }) =>
      exportRecord(what, options),
    );
}

async function exportRecord(
  what: string,
  options: { tenant?: string; personal?: boolean; out?: string },
): Promise<void> {
  if (what !== 'cases' && what !== 'events')
    throw new OperatorError(`"${what}" cannot be exported; expected cases or events.`);
  const columns = [...COLUMNS[what], ...(options.personal ? PERSONAL[what] : [])];
  const out = options.out === undefined ? process.stdout : createWriteStream(fromCallersFolder(options.out));
  await withDatabase(async ({ sources }) => {
    const rows = what === 'cases' ? cases(sources.read, options.tenant) : events(sources.read, options.tenant);
    // A cell that a spreadsheet would take for a formula is defused.
    const csv = stringify({ header: true, columns: [...columns], escape_formulas: true });
    await pipeline(cells(rows, columns), csv, out, { end: out !== process.stdout });
  });
}

async function* cells(rows: AsyncIterable<Row>, columns: readonly string[]): AsyncGenerator<Row> {
  for await (const row of rows) {
    yield Object.fromEntries(columns.map((name) => [name, cell(name, row[name])]));
  }
}

function cell(name: string, value: unknown): unknown {
  return TIMES.has(name) && typeof value === 'number' ? new Date(value).toISOString() : value;
}

async function* cases(read: DataSource, tenant?: string): AsyncGenerator<Row> {
  for (let after = ''; ;) {
    const where = { number: MoreThan(after), ...(tenant ? { tenant } : {}) };
    const rows = await read.manager.find(GrievanceEntity, { where, order: { number: 'ASC' }, take: BATCH });
    for (const row of rows) yield { ...row };
    const last = rows.at(-1);
    if (!last) return;
    after = last.number;
  }
}

async function* events(read: DataSource, tenant?: string): AsyncGenerator<Row> {
  for (let number = '', seq = 0; ;) {
    const after = [{ number, seq: MoreThan(seq) }, { number: MoreThan(number) }];
    const where = after.map((each) => ({ ...each, ...(tenant ? { tenant } : {}) }));
    const rows = await read.manager.find(GrievanceEventEntity, {
      where,
      order: { number: 'ASC', seq: 'ASC' },
      take: BATCH,
    });
    for (const row of rows) yield { ...row };
    const last = rows.at(-1);
    if (!last) return;
    ({ number, seq } = last);
  }
}
