import { In, type DataSource, type EntityManager } from 'typeorm';
import type { CallOutcome } from '#libs/contracts/api/insight';
import {
  CallOutcomeEntity,
  CaseFactEntity,
  GrievanceEntity,
  GrievanceEventEntity,
} from '#libs/persistence/entities/index';
import type { InsightRequest } from './insight.js';

/** Outcomes after which nobody need call again. */
const SETTLED: readonly CallOutcome[] = ['reached', 'wrong_number', 'refused'];

/** Ratings that ask for a call. */
const DISSATISFIED = [1, 2] as const;
/** Runs of one statement; SQLite takes 500 parts of a union at most. */
const RUNS_AT_ONCE = 100;

export interface Remark {
  number: string;
  rating: number;
  at: number;
  text: string;
}

export interface RegisterEntry {
  fact: CaseFactEntity;
  row: GrievanceEntity;
  /** Remarks of the last answer: the closing order. */
  closingOrder: string | null;
}

export interface CallEntry {
  fact: CaseFactEntity;
  row: GrievanceEntity;
  calls: CallOutcomeEntity[];
}

export interface PageOf<T> {
  items: T[];
  next: string | null;
}

interface PageRequest {
  limit: number;
  /** Rows to leave out: how many came on the pages before. */
  offset: number;
}

/** Lists behind the figures: remarks, the dissatisfied register, and whom to call. */
export class Registers {
  constructor(private readonly read: DataSource) {}

  /** The latest remarks of a service, the worst ratings first. */
  async remarks(request: InsightRequest, tenant: string, service: string, most = 5): Promise<Remark[]> {
    const found: CaseFactEntity[] = [];
    for (let rating = 1; rating <= 5 && found.length < most; rating++) {
      const some = await facts(this.read.manager, { ...request, tenants: [tenant] })
        .andWhere('f.subCategory = :service AND f.rating = :rating AND f.remarked = :yes', {
          service,
          rating,
          yes: true,
        })
        .orderBy('f.ratedAt', 'DESC')
        .limit(most - found.length)
        .getMany();
      found.push(...some);
    }
    const numbers = found.map(({ number }) => number);
    if (numbers.length === 0) return [];
    const rated = await this.read.manager.find(GrievanceEventEntity, {
      where: { number: In(numbers), event: 'rated' },
      order: { seq: 'ASC' },
    });
    const texts = new Map(rated.map(({ number, text }) => [number, text]));
    return found.map(({ number, rating, ratedAt }) => ({
      number,
      rating: rating ?? 0,
      at: ratedAt ?? 0,
      text: texts.get(number) ?? '',
    }));
  }

  /** Cases closed although the citizen was not satisfied, the latest first. */
  async dissatisfied(request: InsightRequest, page: PageRequest): Promise<PageOf<RegisterEntry>> {
    const query = facts(this.read.manager, request)
      .andWhere("f.outcome = 'dissatisfied'")
      .orderBy('f.closedAt', 'DESC')
      .addOrderBy('f.number', 'DESC');
    const { items, next } = await pageOf(query, page);
    const numbers = items.map(({ number }) => number);
    const rows = await this.rowsOf(numbers);
    const answers = numbers.length
      ? await this.read.manager.find(GrievanceEventEntity, {
          where: { number: In(numbers), event: In(['resolved', 'rejected']) },
          order: { seq: 'ASC' },
        })
      : [];
    const orders = new Map(answers.map(({ number, text }) => [number, text]));
    return {
      items: items.flatMap((fact) => {
        const row = rows.get(fact.number);
        return row ? [{ fact, row, closingOrder: orders.get(fact.number) ?? null }] : [];
      }),
      next,
    };
  }

  /**
   * Citizens who gave one star or two to these services, the latest first.
   * @param pending true: only those nobody has reached yet
   */
  async callList(
    request: InsightRequest,
    services: readonly { tenant: string; item: string }[],
    pending: boolean,
    { limit, offset }: PageRequest,
  ): Promise<PageOf<CallEntry>> {
    if (services.length === 0 || request.departments?.length === 0) return { items: [], next: null };
    const numbers = await this.toCall(request, services, pending, { limit: limit + 1, offset });
    const page = numbers.slice(0, limit);
    const [facts, rows, calls] = await Promise.all([
      this.read.manager.findBy(CaseFactEntity, { number: In(page) }),
      this.rowsOf(page),
      this.read.manager.find(CallOutcomeEntity, { where: { number: In(page) }, order: { at: 'DESC' } }),
    ]);
    const byNumber = new Map(facts.map((fact) => [fact.number, fact]));
    return {
      items: page.flatMap((number) => {
        const fact = byNumber.get(number);
        const row = rows.get(number);
        return fact && row ? [{ fact, row, calls: calls.filter((call) => call.number === number) }] : [];
      }),
      next: numbers.length > limit ? String(offset + limit) : null,
    };
  }

  /**
   * Numbers of the cases to call about. Each service and rating is a run along the index in the order of the list that
   * ends after a page, so that the list costs the same however many ratings there are.
   */
  private async toCall(
    { departments, from, to }: InsightRequest,
    services: readonly { tenant: string; item: string }[],
    pending: boolean,
    { limit, offset }: PageRequest,
  ): Promise<string[]> {
    const { manager } = this.read;
    const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');
    const sqlite = manager.dataSource.options.type === 'better-sqlite3';
    const index = sqlite ? 'INDEXED BY ix_case_fact_rated' : 'FORCE INDEX (ix_case_fact_rated)';
    const conditions = [
      'f.tenant = ? AND f.sub_category = ? AND f.rating = ? AND f.month >= ? AND f.month <= ?',
      ...(departments ? [`f.department IN (${marks(departments)})`] : []),
      ...(pending
        ? [`NOT EXISTS (SELECT 1 FROM call_outcome c WHERE c.number = f.number AND c.outcome IN (${marks(SETTLED)}))`]
        : []),
    ].join(' AND ');
    const order = 'ORDER BY rated_at DESC, number DESC';
    const found: { number: string; rated_at: number }[] = [];
    const runs = services.flatMap(({ tenant, item }) => DISSATISFIED.map((rating) => [tenant, item, rating] as const));
    for (let at = 0; at < runs.length; at += RUNS_AT_ONCE) {
      const part = runs.slice(at, at + RUNS_AT_ONCE);
      const run = `SELECT f.number AS number, f.rated_at AS rated_at FROM case_fact f ${index} WHERE ${conditions}
        ${order} LIMIT ${offset + limit}`;
      const union = part.map((_, n) => `SELECT * FROM (${run}) AS r${n}`).join(' UNION ALL ');
      const params = part.flatMap((each) => [...each, from, to, ...(departments ?? []), ...(pending ? SETTLED : [])]);
      found.push(
        ...(await manager.query<typeof found>(
          `SELECT number, rated_at FROM (${union}) AS u ${order} LIMIT ${offset + limit}`,
          params,
        )),
      );
    }
    return found
      .sort((a, b) => Number(b.rated_at) - Number(a.rated_at) || (a.number < b.number ? 1 : -1))
      .slice(offset, offset + limit)
      .map(({ number }) => number);
  }

  private async rowsOf(numbers: readonly string[]): Promise<Map<string, GrievanceEntity>> {
    if (numbers.length === 0) return new Map();
    const rows = await this.read.manager.findBy(GrievanceEntity, { number: In([...numbers]) });
    return new Map(rows.map((row) => [row.number, row]));
  }
}

function facts(em: EntityManager, { tenants, departments, from, to }: InsightRequest) {
  const query = em
    .createQueryBuilder(CaseFactEntity, 'f')
    .where('f.tenant IN (:...tenants) AND f.month >= :from AND f.month <= :to', { tenants: [...tenants], from, to });
  if (departments) query.andWhere('f.department IN (:...departments)', { departments: [...departments] });
  return query;
}

async function pageOf(
  query: ReturnType<typeof facts>,
  { limit, offset }: PageRequest,
): Promise<PageOf<CaseFactEntity>> {
  const found = await query
    .limit(limit + 1)
    .offset(offset)
    .getMany();
  return { items: found.slice(0, limit), next: found.length > limit ? String(offset + limit) : null };
}
