import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { EntityMetadata } from 'typeorm/metadata/EntityMetadata.js';

/** What becomes of a row whose primary key is there already. */
export interface OnConflict<T> {
  /**
   * Replaced only if the new row's value of this column is greater than the stored one, or equal and that of `thenBy`
   * greater.
   */
  newer?: { than: keyof T & string; thenBy?: keyof T & string; set: readonly (keyof T & string)[] };
  /** Replaced in any case. */
  always?: readonly (keyof T & string)[];
  /** Replaced where the new value is not null. */
  given?: readonly (keyof T & string)[];
}

/** Stays below SQLite's limit of variables and MySQL's of a packet. */
const MOST_VARIABLES = 5_000;

interface Plan {
  columns: readonly ColumnMetadata[];
  head: string;
  row: string;
  tail: string;
}

/** Each step of each case asks for the same few statements. */
const plans = new WeakMap<EntityMetadata, Map<string, Plan>>();

function planFor<T>(metadata: EntityMetadata, conflict: OnConflict<T>): Plan {
  let known = plans.get(metadata);
  if (!known) plans.set(metadata, (known = new Map()));
  const key = JSON.stringify(conflict);
  let plan = known.get(key);
  if (!plan) known.set(key, (plan = makePlan(metadata, conflict)));
  return plan;
}

function makePlan<T>(metadata: EntityMetadata, conflict: OnConflict<T>): Plan {
  const { columns, tableName, primaryColumns, dataSource } = metadata;
  const sqlite = dataSource.options.type === 'better-sqlite3';
  const quote = (name: string) => dataSource.driver.escape(name);
  const named = (property: string): ColumnMetadata => {
    const column = columns.find((each) => each.propertyName === property);
    if (!column) throw new Error(`${tableName} has no column ${property}`);
    return column;
  };
  const old = (column: ColumnMetadata) => `${quote(tableName)}.${quote(column.databaseName)}`;
  const fresh = (column: ColumnMetadata) =>
    sqlite ? `excluded.${quote(column.databaseName)}` : `VALUES(${quote(column.databaseName)})`;
  const set = (column: ColumnMetadata, value: string) => `${quote(column.databaseName)} = ${value}`;

  const changes = [
    ...(conflict.always ?? []).map(named).map((column) => set(column, fresh(column))),
    ...(conflict.given ?? []).map(named).map((column) => set(column, `COALESCE(${fresh(column)}, ${old(column)})`)),
  ];
  if (conflict.newer) {
    const { than, thenBy, set: properties } = conflict.newer;
    const compared = [...(thenBy === undefined ? [] : [thenBy]), than];
    const version = named(than);
    const greater = (column: ColumnMetadata) => `${fresh(column)} > ${old(column)}`;
    const isNewer =
      thenBy === undefined
        ? greater(version)
        : `(${greater(version)} OR ${fresh(version)} = ${old(version)} AND ${greater(named(thenBy))})`;
    // MySQL assigns from left to right: what is compared last, or the columns after it would compare with the new one.
    for (const column of [...properties.filter((each) => !compared.includes(each)), ...compared].map(named))
      changes.push(set(column, `CASE WHEN ${isNewer} THEN ${fresh(column)} ELSE ${old(column)} END`));
  }
  const [firstKey] = primaryColumns;
  if (!firstKey) throw new Error(`${tableName} has no primary key`);
  const keys = primaryColumns.map((column) => quote(column.databaseName)).join(', ');
  const tail = sqlite
    ? `ON CONFLICT (${keys}) DO ${changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'NOTHING'}`
    : `ON DUPLICATE KEY UPDATE ${changes.length > 0 ? changes.join(', ') : set(firstKey, old(firstKey))}`;
  const names = columns.map((column) => quote(column.databaseName)).join(', ');
  const head = `INSERT INTO ${quote(tableName)} (${names}) VALUES`;
  return { columns, head, row: `(${columns.map(() => '?').join(', ')})`, tail };
}

/**
 * Inserts whole rows in as few statements as fit, the same on every engine. Rows that are there stay as they are, apart
 * from the columns named. Not INSERT IGNORE, which on MySQL would also cut long values in silence.
 */
export async function insertRows<T extends ObjectLiteral>(
  em: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
  conflict: OnConflict<T> = {},
): Promise<void> {
  if (rows.length === 0) return;
  const { columns, head, row, tail } = planFor(em.dataSource.getMetadata(entity), conflict);
  const { driver } = em.dataSource;
  const perStatement = Math.max(1, Math.floor(MOST_VARIABLES / columns.length));
  for (let from = 0; from < rows.length; from += perStatement) {
    const part = rows.slice(from, from + perStatement);
    const values = part.flatMap((each) =>
      columns.map(
        (column) => (driver.preparePersistentValue(each[column.propertyName] ?? null, column) as unknown) ?? null,
      ),
    );
    await em.query(`${head} ${part.map(() => row).join(', ')} ${tail}`, values);
  }
}
