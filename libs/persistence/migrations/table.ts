import { Table, TableColumn, type QueryRunner, type TableColumnOptions, type TableIndexOptions } from 'typeorm';

type Extra = Pick<TableColumnOptions, 'default' | 'isNullable' | 'isPrimary'>;

/** Columns of a migration, in words that every engine understands. */
const column =
  (type: string) =>
  (name: string, extra: Extra = {}): TableColumnOptions => ({ name, type, ...extra });
export const varchar = (name: string, length: number, extra: Extra = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...extra,
});
export const int = column('int');
export const bigint = column('bigint');
export const double = column('double');
export const boolean = column('boolean');
export const text = column('text');
export const mediumtext = column('mediumtext');
export const blob = column('blob');

export const KEY: Extra = { isPrimary: true };
export const NULLABLE: Extra = { isNullable: true };

export const index = (name: string, ...columnNames: string[]): TableIndexOptions => ({ name, columnNames });
/** SQLite has one type of text and one of whole numbers; MySQL stores a boolean as a tinyint. */
function portable(runner: QueryRunner, options: TableColumnOptions): TableColumnOptions {
  const sqlite = runner.dataSource.options.type === 'better-sqlite3';
  if (options.type === 'mediumtext' && sqlite) return { ...options, type: 'text' };
  if (options.type === 'int' && sqlite) return { ...options, type: 'integer' };
  if (options.type === 'boolean' && !sqlite) return { ...options, type: 'tinyint' };
  return options;
}

/**
 * Creates a table with its indexes unless it is there: MySQL commits each statement, so that a migration cut short is
 * run again from its beginning.
 */
export async function createTable(
  runner: QueryRunner,
  name: string,
  columns: readonly TableColumnOptions[],
  indices: readonly TableIndexOptions[] = [],
): Promise<void> {
  const table = new Table({ name, columns: columns.map((each) => portable(runner, each)), indices: [...indices] });
  await runner.createTable(table, true);
}

/** Adds a column unless it is there. */
export async function addColumn(runner: QueryRunner, table: string, options: TableColumnOptions): Promise<void> {
  if (!(await runner.hasColumn(table, options.name))) {
    await runner.addColumn(table, new TableColumn(portable(runner, options)));
  }
}
