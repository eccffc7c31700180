import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { insertRows } from '#libs/persistence/insert-rows';
import type { Counts } from './master-spec.js';

/**
 * Writes those rows that are new or differ from what is stored. Columns that the rows do not have stay as they are.
 * @param keys properties of the primary key
 * @param stored the rows with these keys as they are
 */
export async function upsertRows<E extends ObjectLiteral>(
  em: EntityManager,
  entity: EntityTarget<E>,
  keys: readonly (keyof E & string)[],
  rows: readonly Partial<E>[],
  stored: readonly E[],
): Promise<Counts> {
  const keyOf = (row: Partial<E>): string => JSON.stringify(keys.map((key) => row[key]));
  const before = new Map(stored.map((row) => [keyOf(row), row]));
  const changed = rows.filter((row) => !sameAs(row, before.get(keyOf(row))));
  if (changed.length > 0) {
    const always = Object.keys(changed[0] ?? {}).filter((name) => !keys.includes(name));
    await insertRows(em, entity, changed as E[], { always });
  }
  const created = changed.filter((row) => !before.has(keyOf(row))).length;
  return { created, updated: changed.length - created, unchanged: rows.length - changed.length };
}

function sameAs<E extends ObjectLiteral>(row: Partial<E>, stored: E | undefined): boolean {
  return (
    stored !== undefined &&
    Object.entries(row).every(([name, value]) => JSON.stringify(value) === JSON.stringify(stored[name]))
  );
}
