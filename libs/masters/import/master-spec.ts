import type { EntityManager } from 'typeorm';
import type { ColumnSpec } from './columns.js';
import type { RowReader } from './row-reader.js';

/** A row as read, with what cannot be known before all rows have been. */
export interface ReadRow<R> {
  value: R;
  /** Identity of the row; the same twice in one file is an error. */
  key: string;
  /** Column to name when the key is there twice. */
  keyColumn: string;
  /** Keys of other rows of this master, existing or in this file, that must be there. */
  needs?: readonly { column: string; key: string; expected: string }[];
}

export interface NumberedRow<R> {
  row: number;
  value: R;
}

/** What a check of the whole finds; without a row it is about the file. */
export interface Finding {
  row: number;
  column: string;
  value: string;
  problem: string;
  expected: string;
  /** Told, but not in the way. */
  warning?: boolean;
}

export const NO_CHANGES: Counts = { created: 0, updated: 0, unchanged: 0 };

export function sumOf(a: Counts, b: Counts): Counts {
  return { created: a.created + b.created, updated: a.updated + b.updated, unchanged: a.unchanged + b.unchanged };
}

export interface Counts {
  created: number;
  updated: number;
  unchanged: number;
}

/** How one master is read from a table, checked, written and written out again. */
export interface MasterSpec<C, R> {
  name: string;
  columns: readonly ColumnSpec[];
  /** What rows are checked against: read afresh inside the transaction that writes. */
  context(em: EntityManager, tenant: string): Promise<C>;
  read(reader: RowReader, context: C): ReadRow<R> | null;
  /** Whether a row with that key exists already. */
  exists?(context: C, key: string): boolean;
  /** For masters that only make sense as a whole and are therefore kept in memory: checks all good rows together. */
  whole?(rows: readonly NumberedRow<R>[], context: C): Finding[];
  /** A batch, in one transaction with all others. A dry run does the same and is rolled back. */
  write(em: EntityManager, context: C, rows: readonly NumberedRow<R>[]): Promise<Counts>;
  /** After all batches have been written. */
  finish?(em: EntityManager, context: C): Promise<{ counts?: Counts; findings: Finding[] }>;
  /** All rows, as the import takes them. */
  export(em: EntityManager, tenant: string): AsyncIterable<readonly string[]>;
}
