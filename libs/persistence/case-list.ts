import type { EntityManager } from 'typeorm';
import type { EntityMetadata } from 'typeorm/metadata/EntityMetadata.js';
import { branchesOf, type Branch } from './case-branches.js';
import type { CaseFilter, CaseScope, CaseSort } from './case-filter.js';
import { GrievanceEntity } from './entities/grievance.entity.js';

export type { CaseFilter, CaseScope, CaseSearch, CaseSort } from './case-filter.js';

export interface CaseListRequest {
  filter: CaseFilter;
  scope: CaseScope;
  sort: CaseSort;
  /** Rows on the page at most. */
  limit: number;
  /** `next` of the page before. */
  cursor?: string | null;
  /** Epoch ms, for what is overdue. */
  now: number;
}

export interface CaseListPage {
  rows: GrievanceEntity[];
  /** Opaque; null on the last page. */
  next: string | null;
}

/** The cursor is none of ours, or of another order of the list. */
export class CursorError extends Error {
  constructor() {
    super('The cursor is not one of this list');
    this.name = 'CursorError';
  }
}

interface Position {
  sort: CaseSort;
  key: number;
  number: string;
}

function encode({ sort, key, number }: Position): string {
  return Buffer.from(JSON.stringify([sort, key, number])).toString('base64url');
}

function decode(cursor: string, sort: CaseSort): Position {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new CursorError();
  }
  if (!Array.isArray(parts)) throw new CursorError();
  const [of, key, number] = parts as unknown[];
  if (of !== sort || typeof key !== 'number' || !Number.isFinite(key) || typeof number !== 'string')
    throw new CursorError();
  return { sort, key, number };
}

interface Sql {
  text: string;
  params: unknown[];
}

const isSqlite = (em: EntityManager) => em.dataSource.options.type === 'better-sqlite3';

function indexHint(em: EntityManager, index: string | null): string {
  if (index === null) return '';
  return isSqlite(em) ? ` INDEXED BY ${index}` : ` FORCE INDEX (${index})`;
}

/** What comes after the last row of the page before: in the form each engine turns into a range of the index. */
function after(
  em: EntityManager,
  column: string,
  number: string,
  descending: boolean,
  { key, number: last }: Position,
): Sql {
  const beyond = descending ? '<' : '>';
  if (isSqlite(em)) return { text: `(${column}, ${number}) ${beyond} (?, ?)`, params: [key, last] };
  return { text: `(${column} ${beyond} ? OR (${column} = ? AND ${number} ${beyond} ?))`, params: [key, key, last] };
}

function fromAndWhere(em: EntityManager, branch: Branch, more: Sql | null): Sql {
  const joined = branch.joins.map(({ table, alias }) => `${table} ${alias}`);
  // SQLite's CROSS JOIN and MySQL's STRAIGHT_JOIN keep the written order: it is that of the list.
  const join = isSqlite(em) ? ' CROSS JOIN ' : ' STRAIGHT_JOIN ';
  const from = [...joined, `grievance g${indexHint(em, branch.index)}`].join(join);
  const ons = branch.joins.map(({ on }) => on);
  const conditions = [...ons, ...branch.conditions.map(({ sql }) => sql), ...(more ? [more.text] : [])];
  const params = [
    ...branch.joins.flatMap((each) => [...each.params]),
    ...branch.conditions.flatMap((each) => [...each.params]),
    ...(more?.params ?? []),
  ];
  return { text: `FROM ${from} WHERE ${conditions.join(' AND ')}`, params };
}

const SORTS = {
  '-registered': { column: 'registered_at', descending: true },
  registered: { column: 'registered_at', descending: false },
  due: { column: 'due_order', descending: false },
} as const;

/** The statement behind `listCases`, for those who want to see how it is carried out. */
export async function listStatement(em: EntityManager, request: CaseListRequest): Promise<Sql> {
  const { filter, scope, sort, limit, cursor, now } = request;
  const { column, descending } = SORTS[sort];
  const position = cursor ? decode(cursor, sort) : null;
  const branches = branchesOf(filter, scope, sort, now, await occurringLevels(em, request));
  const direction = descending ? 'DESC' : 'ASC';
  const run = (branch: Branch, columns: (alias: string) => string): Sql => {
    const alias = column === 'registered_at' ? branch.orderAlias : 'g';
    const more = position && after(em, `${alias}.${column}`, `${alias}.number`, descending, position);
    const body = fromAndWhere(em, branch, more);
    const order = `ORDER BY ${alias}.${column} ${direction}, ${alias}.number ${direction}`;
    return { text: `SELECT ${columns(alias)} ${body.text} ${order} LIMIT ${limit + 1}`, params: body.params };
  };
  const { text: all } = columnsOf(em);
  const [only] = branches;
  if (!only) return { text: `SELECT ${all} FROM grievance g WHERE 1 = 0`, params: [] };
  if (branches.length === 1) return run(only, () => all);
  const runs = branches.map((branch) => run(branch, (alias) => `${alias}.${column} AS k, ${alias}.number AS n`));
  const union = runs.map(({ text }, index) => `SELECT * FROM (${text}) AS b${index}`).join(' UNION ALL ');
  const merged = `SELECT k, n FROM (${union}) AS u ORDER BY k ${direction}, n ${direction} LIMIT ${limit + 1}`;
  return {
    text: `SELECT ${all} FROM (${merged}) AS page JOIN grievance g ON g.number = page.n ORDER BY k ${direction}, n ${direction}`,
    params: runs.flatMap(({ params }) => params),
  };
}

/** Levels at which the cities have cases at all; asked for only where a list needs them. */
async function occurringLevels(em: EntityManager, { filter, scope, sort }: CaseListRequest): Promise<number[]> {
  if (sort !== 'due' || filter.overdue !== true || filter.levels?.length || scope.kind === 'citizen') return [];
  let highest = 0;
  for (const tenant of scope.tenants) {
    const rows: { top: number | null }[] = await em.query('SELECT MAX(level) AS top FROM grievance WHERE tenant = ?', [
      tenant,
    ]);
    highest = Math.max(highest, Number(rows[0]?.top ?? 0));
  }
  return Array.from({ length: highest + 1 }, (_, level) => level);
}

/**
 * A list reads two thousand cells, of which few are anything but what the driver hands out: the statement names them as
 * the entity does, and only the others are read again.
 */
interface ListColumns {
  text: string;
  others: readonly { property: string; isMoment: boolean; read: (value: unknown) => unknown }[];
}

const listColumns = new WeakMap<EntityMetadata, ListColumns>();

function columnsOf(em: EntityManager): ListColumns {
  const { driver } = em.dataSource;
  const metadata = em.dataSource.getMetadata(GrievanceEntity);
  let known = listColumns.get(metadata);
  if (!known) {
    const names = metadata.columns.map((each) => `g.${each.databaseName} AS ${driver.escape(each.propertyName)}`);
    const others = metadata.columns.filter((each) => each.transformer !== undefined || each.type === 'boolean');
    known = {
      text: names.join(', '),
      others: others.map((column) => ({
        property: column.propertyName,
        isMoment: column.type === 'bigint',
        read: (value) => driver.prepareHydratedValue(value, column) as unknown,
      })),
    };
    listColumns.set(metadata, known);
  }
  return known;
}

function hydrate({ others }: ListColumns, row: Record<string, unknown>): GrievanceEntity {
  for (const { property, isMoment, read } of others) {
    const value = row[property];
    // Almost every moment is handed out as the number it is.
    if (!isMoment || typeof value !== 'number') row[property] = read(value);
  }
  return row as unknown as GrievanceEntity;
}

/** One page of cases. Throws `CursorError` for a cursor that is not of this list. */
export async function listCases(em: EntityManager, request: CaseListRequest): Promise<CaseListPage> {
  const { text, params } = await listStatement(em, request);
  const found: Record<string, unknown>[] = await em.query(text, params);
  const columns = columnsOf(em);
  const rows = found.slice(0, request.limit).map((raw) => hydrate(columns, raw));
  const last = rows.at(-1);
  if (found.length <= request.limit || !last) return { rows, next: null };
  const key = request.sort === 'due' ? last.dueOrder : last.registeredAt;
  return { rows, next: encode({ sort: request.sort, key, number: last.number }) };
}

/** How many cases the whole list has, on all its pages. */
export async function countCases(
  em: EntityManager,
  request: Pick<CaseListRequest, 'filter' | 'scope' | 'now'>,
): Promise<number> {
  const branches = branchesOf(request.filter, request.scope, '-registered', request.now, []);
  let total = 0;
  for (const branch of branches) {
    const body = fromAndWhere(em, branch, null);
    const rows: { total: number }[] = await em.query(`SELECT COUNT(*) AS total ${body.text}`, body.params);
    total += Number(rows[0]?.total ?? 0);
  }
  return total;
}
