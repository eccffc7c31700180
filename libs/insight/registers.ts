import { In, type DataSource, type EntityManager } from 'typeorm';
import {
  CallOutcomeEntity,
  CaseFactEntity,
  GrievanceEntity,
  GrievanceEventEntity,
} from '#libs/persistence/entities/index';
import type { InsightRequest } from './insight.js';

export const CALL_OUTCOMES = ['reached', 'no_answer', 'call_back', 'wrong_number', 'refused'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];
/** Outcomes after which nobody need call again. */
const SETTLED: readonly CallOutcome[] = ['reached', 'wrong_number', 'refused'];

/** Ratings that ask for a call. */
const DISSATISFIED = [1, 2] as const;

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
   * Citizens who gave one star or two, the latest first.
   * @param services of these alone; null: of all
   * @param pending true: only those nobody has reached yet
   */
  async callList(
    request: InsightRequest,
    services: readonly { tenant: string; item: string }[] | null,
    pending: boolean,
    page: PageRequest,
  ): Promise<PageOf<CallEntry>> {
    if (services?.length === 0) return { items: [], next: null };
    const query = facts(this.read.manager, request)
      .andWhere('f.rating IN (:...low)', { low: [...DISSATISFIED] })
      .orderBy('f.ratedAt', 'DESC')
      .addOrderBy('f.number', 'DESC');
    if (services) {
      const each = services.map((_, index) => `(f.tenant = :t${index} AND f.subCategory = :s${index})`);
      const values = services.flatMap(({ tenant, item }, index) => [
        [`t${index}`, tenant],
        [`s${index}`, item],
      ]);
      query.andWhere(`(${each.join(' OR ')})`, Object.fromEntries(values));
    }
    if (pending) {
      query.andWhere(
        `NOT EXISTS (SELECT 1 FROM call_outcome c WHERE c.number = f.number AND c.outcome IN (:...settled))`,
        { settled: [...SETTLED] },
      );
    }
    const { items, next } = await pageOf(query, page);
    const numbers = items.map(({ number }) => number);
    const rows = await this.rowsOf(numbers);
    const calls = numbers.length
      ? await this.read.manager.find(CallOutcomeEntity, { where: { number: In(numbers) }, order: { at: 'DESC' } })
      : [];
    return {
      items: items.flatMap((fact) => {
        const row = rows.get(fact.number);
        return row ? [{ fact, row, calls: calls.filter(({ number }) => number === fact.number) }] : [];
      }),
      next,
    };
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
