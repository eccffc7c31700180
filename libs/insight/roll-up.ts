import { In, type EntityManager } from 'typeorm';
import type { MastersService } from '#libs/masters/masters.service';
import type { DataSources } from '#libs/persistence/data-sources';
import {
  CaseFactEntity,
  GrievanceEventEntity,
  InsightCursorEntity,
  InsightMonthEntity,
} from '#libs/persistence/entities/index';
import { insertRows } from '#libs/persistence/insert-rows';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';
import { foldCase, type CaseGroups } from './fold.js';
import { addMeasures, countCase, isEmpty, measuresFrom, noMeasures, rowsOf, toRow } from './measures.js';
import type { Measures, RowKey } from './measures.js';
import { Months } from './months.js';

const CURSOR = 'roll_up';
/** Clocks of several machines differ, and a step may commit a little after a later one: looked through once more. */
const OVERLAP_MS = 120_000;
const NUMBERS_AT_ONCE = 500;

interface ChangedCase extends CaseGroups {
  version: number;
  updatedAt: number;
}

export interface RollUpNeeds {
  sources: DataSources;
  unitOfWork: UnitOfWork;
  masters: MastersService;
}

/**
 * Keeps the figures beside the record: each changed case is derived anew from its whole event log, and the difference to
 * what it counted before goes into the sums. Done twice, or by two processes, it changes nothing more.
 */
export class RollUp {
  private readonly calendars = new Map<string, Months>();

  constructor(private readonly needs: RollUpNeeds) {}

  /** Takes in up to `limit` changed cases; `more` when there may be others. */
  async advance(limit: number): Promise<{ folded: number; more: boolean }> {
    const { manager } = this.needs.sources.read;
    const cursor = await manager.findOneBy(InsightCursorEntity, { id: CURSOR });
    const changed = await changedCases(manager, (cursor?.seenUpTo ?? 0) - OVERLAP_MS, limit);
    if (changed.length === 0) return { folded: 0, more: false };
    const folded = await this.take(changed, changed.at(-1)?.updatedAt ?? 0);
    // Rows whose log has no beginning yet come again next time, and must not keep anybody going round for them.
    return { folded, more: changed.length === limit && folded > 0 };
  }

  /** Forgets all figures and derives them from the log again; what is asked meanwhile counts the cases taken in so far. */
  async rebuild(batch = 5_000): Promise<number> {
    const { unitOfWork, sources } = this.needs;
    const startedAt = Date.now();
    await unitOfWork.run(async (em) => {
      for (const entity of [CaseFactEntity, InsightMonthEntity, InsightCursorEntity])
        await em.createQueryBuilder().delete().from(entity).execute();
    });
    let folded = 0;
    for (let after = ''; ;) {
      const cases = await casesAfter(sources.read.manager, after, batch);
      const last = cases.at(-1);
      if (!last) break;
      folded += await this.take(cases, 0);
      after = last.number;
    }
    // Whatever changed since is found by its time.
    await this.take([], startedAt);
    return folded;
  }

  private async take(cases: readonly ChangedCase[], seenUpTo: number): Promise<number> {
    const facts = await this.fold(cases);
    await this.needs.unitOfWork.run(async (em) => {
      const cursor = await lockCursor(em);
      const before = await factsOf(em, [...facts.keys()]);
      const newer = [...facts.values()].filter((fact) => fact.seq > (before.get(fact.number)?.seq ?? 0));
      const changes = changesBy(newer, before);
      await applyChanges(em, changes);
      const columns = em.dataSource.getMetadata(CaseFactEntity).columns.map(({ propertyName }) => propertyName);
      await insertRows(em, CaseFactEntity, newer, {
        always: columns.filter((name) => name !== 'number') as (keyof CaseFactEntity & string)[],
      });
      await em.update(
        InsightCursorEntity,
        { id: CURSOR },
        {
          seenUpTo: Math.max(cursor.seenUpTo, seenUpTo),
          advancedAt: Date.now(),
          revision: cursor.revision + (changes.size > 0 ? 1 : 0),
        },
      );
    });
    return facts.size;
  }

  private async fold(cases: readonly ChangedCase[]): Promise<Map<string, CaseFactEntity>> {
    const facts = new Map<string, CaseFactEntity>();
    for (let from = 0; from < cases.length; from += NUMBERS_AT_ONCE) {
      const part = cases.slice(from, from + NUMBERS_AT_ONCE);
      const logs = await logsOf(
        this.needs.sources.read.manager,
        part.map(({ number }) => number),
      );
      for (const { number, tenant, category, borough, version } of part) {
        const events = logs.get(number) ?? [];
        const fact = foldCase({ number, tenant, category, borough }, events, await this.monthsOf(tenant));
        // The row is ahead of its log never; a log ahead of the row just read is taken as it is.
        if (fact) facts.set(number, { ...fact, seq: Math.max(fact.seq, version) });
      }
    }
    return facts;
  }

  private async monthsOf(tenant: string): Promise<Months> {
    const known = this.calendars.get(tenant);
    if (known) return known;
    const { tenant: city } = await this.needs.masters.snapshot(tenant);
    const months = new Months(city.zone);
    this.calendars.set(tenant, months);
    return months;
  }
}

const CASE_COLUMNS =
  'g.number AS number, g.tenant AS tenant, g.category AS category, g.borough AS borough, g.version AS version, g.updated_at AS updatedAt';
/** Suggestions are neither rated nor due. */
const COUNTED = "g.type = 'grievance'";

async function changedCases(em: EntityManager, since: number, limit: number): Promise<ChangedCase[]> {
  return plainCases(
    await em.query(
      `SELECT ${CASE_COLUMNS} FROM grievance g LEFT JOIN case_fact f ON f.number = g.number
       WHERE g.updated_at >= ? AND ${COUNTED} AND (f.seq IS NULL OR f.seq < g.version)
       ORDER BY g.updated_at, g.number LIMIT ${limit}`,
      [since],
    ),
  );
}

async function casesAfter(em: EntityManager, number: string, limit: number): Promise<ChangedCase[]> {
  return plainCases(
    await em.query(
      `SELECT ${CASE_COLUMNS} FROM grievance g WHERE g.number > ? AND ${COUNTED} ORDER BY g.number LIMIT ${limit}`,
      [number],
    ),
  );
}

function plainCases(rows: ChangedCase[]): ChangedCase[] {
  return rows.map((row) => ({ ...row, version: Number(row.version), updatedAt: Number(row.updatedAt) }));
}

type LogRow = Pick<GrievanceEventEntity, 'number' | 'seq' | 'at' | 'event' | 'actorPost' | 'text' | 'data'>;

/** Read without entities: there are several events a case, and of each only a few columns count. */
async function logsOf(em: EntityManager, numbers: readonly string[]): Promise<Map<string, LogRow[]>> {
  const rows: (Omit<LogRow, 'data'> & { data: string })[] = await em.query(
    `SELECT e.number AS number, e.seq AS seq, e.at AS at, e.event AS event, e.actor_post AS actorPost, e.text AS text,
       e.data AS data
     FROM grievance_event e WHERE e.number IN (${numbers.map(() => '?').join(', ')}) ORDER BY e.number, e.seq`,
    [...numbers],
  );
  const logs = new Map<string, LogRow[]>();
  for (const row of rows) {
    const log = logs.get(row.number) ?? [];
    log.push({
      ...row,
      seq: Number(row.seq),
      at: Number(row.at),
      data: JSON.parse(row.data) as LogRow['data'],
    });
    logs.set(row.number, log);
  }
  return logs;
}

/** One process advances at a time: on a server by this row's lock, on SQLite by the transaction itself. */
async function lockCursor(em: EntityManager): Promise<InsightCursorEntity> {
  await insertRows(em, InsightCursorEntity, [{ id: CURSOR, seenUpTo: 0, advancedAt: 0, revision: 0 }]);
  const sqlite = em.dataSource.options.type === 'better-sqlite3';
  return em.findOneOrFail(InsightCursorEntity, {
    where: { id: CURSOR },
    ...(sqlite ? {} : { lock: { mode: 'pessimistic_write' as const } }),
  });
}

async function factsOf(em: EntityManager, numbers: readonly string[]): Promise<Map<string, CaseFactEntity>> {
  const facts = new Map<string, CaseFactEntity>();
  for (let from = 0; from < numbers.length; from += NUMBERS_AT_ONCE) {
    const part = numbers.slice(from, from + NUMBERS_AT_ONCE);
    for (const fact of await em.findBy(CaseFactEntity, { number: In(part) })) facts.set(fact.number, fact);
  }
  return facts;
}

type Changes = Map<string, { key: RowKey; change: Measures }>;

const textOf = ({ tenant, department, month, dimension, item }: RowKey) =>
  [tenant, department, month, dimension, item].join('\n');

function changesBy(facts: readonly CaseFactEntity[], before: ReadonlyMap<string, CaseFactEntity>): Changes {
  const changes: Changes = new Map();
  const count = (fact: CaseFactEntity, sign: 1 | -1) => {
    for (const key of rowsOf(fact)) {
      const text = textOf(key);
      let entry = changes.get(text);
      if (!entry) changes.set(text, (entry = { key, change: noMeasures() }));
      countCase(entry.change, fact, sign);
    }
  };
  for (const fact of facts) {
    const old = before.get(fact.number);
    if (old) count(old, -1);
    count(fact, 1);
  }
  for (const [text, { change }] of changes) if (isEmpty(change)) changes.delete(text);
  return changes;
}

async function applyChanges(em: EntityManager, changes: Changes): Promise<void> {
  if (changes.size === 0) return;
  const keys = [...changes.values()].map(({ key }) => key);
  const distinct = (column: keyof RowKey) => [...new Set(keys.map((key) => key[column]))];
  const marks = (values: readonly string[]) => values.map(() => '?').join(', ');
  const columns = ['tenant', 'department', 'month'] as const;
  const where = columns.map((column) => `${column} IN (${marks(distinct(column))})`).join(' AND ');
  const stored: (RowKey & Record<string, unknown>)[] = await em.query(
    `SELECT * FROM insight_month WHERE ${where}`,
    columns.flatMap(distinct),
  );
  for (const row of stored) {
    const entry = changes.get(textOf(row));
    if (entry) addMeasures(entry.change, measuresFrom(row));
  }
  const rows = [...changes.values()].map(({ key, change }) => toRow(key, change));
  const [sample] = rows;
  const keyColumns: readonly string[] = ['tenant', 'department', 'month', 'dimension', 'item'];
  await insertRows(em, InsightMonthEntity, rows, {
    always: Object.keys(sample ?? {}).filter((name) => !keyColumns.includes(name)) as (keyof InsightMonthEntity &
      string)[],
  });
}
