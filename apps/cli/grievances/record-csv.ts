import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { MoreThan, type DataSource } from 'typeorm';
import { GrievanceEntity, GrievanceEventEntity } from '#libs/persistence/entities/index';

/** What of the record can be written as CSV. */
export type RecordPart = 'cases' | 'events';
type Row = Record<string, unknown>;

const BATCH = 1_000;
const TIMES = new Set(['at', 'registeredAt', 'dueAt', 'resolvedAt', 'closedAt']);

const COLUMNS: Record<RecordPart, readonly string[]> = {
  cases:
    'number tenant state outcome category subCategory department ward borough source owner accountable level registeredAt dueAt resolvedAt closedAt reopens rating'.split(
      ' ',
    ),
  events: ['number', 'seq', 'tenant', 'at', 'event', 'actorRole', 'actorPost', 'onBehalf', 'public'],
};
/** Columns that tell of persons: only on request, since an export leaves the house. */
const PERSONAL: Record<RecordPart, readonly string[]> = {
  cases: ['description', 'remarks', 'citizenName', 'citizenMobile'],
  events: ['text'],
};

/** The record as CSV, row by row; names, numbers and texts only if `personal`. */
export function recordCsv(read: DataSource, part: RecordPart, tenant?: string, personal = false): Readable {
  const columns = [...COLUMNS[part], ...(personal ? PERSONAL[part] : [])];
  const rows = part === 'cases' ? cases(read, columns, tenant) : events(read, columns, tenant);
  // A cell that a spreadsheet would take for a formula is defused.
  return Readable.from(cells(rows, columns)).pipe(stringify({ header: true, columns, escape_formulas: true }));
}

async function* cells(rows: AsyncIterable<Row>, columns: readonly string[]): AsyncGenerator<Row> {
  for await (const row of rows) {
    yield Object.fromEntries(columns.map((name) => [name, cell(name, row[name])]));
  }
}

function cell(name: string, value: unknown): unknown {
  return TIMES.has(name) && typeof value === 'number' ? new Date(value).toISOString() : value;
}

/** Only the columns asked for: the snapshot of a case is larger than all the rest of its row. */
async function* cases(read: DataSource, columns: readonly string[], tenant?: string): AsyncGenerator<Row> {
  const select = Object.fromEntries(columns.map((name) => [name, true]));
  for (let after = ''; ;) {
    const where = { number: MoreThan(after), ...(tenant ? { tenant } : {}) };
    const order = { number: 'ASC' } as const;
    const rows = await read.manager.find(GrievanceEntity, { select, where, order, take: BATCH });
    for (const row of rows) yield { ...row };
    const last = rows.at(-1);
    if (!last) return;
    after = last.number;
  }
}

async function* events(read: DataSource, columns: readonly string[], tenant?: string): AsyncGenerator<Row> {
  const select = Object.fromEntries(columns.map((name) => [name, true]));
  for (let number = '', seq = 0; ;) {
    const after = [{ number, seq: MoreThan(seq) }, { number: MoreThan(number) }];
    const where = after.map((each) => ({ ...each, ...(tenant ? { tenant } : {}) }));
    const rows = await read.manager.find(GrievanceEventEntity, {
      select,
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
