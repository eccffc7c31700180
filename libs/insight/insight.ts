import type { DataSource, EntityManager } from 'typeorm';
import type { CaseQuery, ItemFigures, ServiceFigures } from '#libs/contracts/api/insight';
import type { MastersSnapshot } from '#libs/masters/snapshot';
import { InsightCursorEntity } from '#libs/persistence/entities/index';
import { figuresOf, ratingOf } from './figures.js';
import { cohortQuery, itemQuery } from './links.js';
import { addMeasures, ALL, measuresFrom, noMeasures, type Dimension, type Measures } from './measures.js';
import { monthsBetween, Months } from './months.js';
import { nameOf, type Cities } from './names.js';

/** Whose cases, of which months of registration, first and last included. */
export interface InsightRequest {
  tenants: readonly string[];
  /** null: all of them. */
  departments: readonly string[] | null;
  from: string;
  to: string;
}

type Sums = Map<string, Map<string, Measures>>;

/** Reads figures from the sums; a city's figures cost the same with ten thousand cases as with a million. */
export class Insight {
  constructor(
    private readonly read: DataSource,
    private readonly cities: Cities,
  ) {}

  /** When the figures were last brought up to date, epoch ms; null before the first time. */
  async asOf(): Promise<number | null> {
    const cursor = await this.read.manager.findOne(InsightCursorEntity, { where: {} });
    return cursor && cursor.advancedAt > 0 ? cursor.advancedAt : null;
  }

  /** One row for each item that has cases, cities apart; by month: one row for each month. */
  async performance(request: InsightRequest, by: Dimension | 'month'): Promise<ItemFigures[]> {
    const dimension = by === 'month' ? 'total' : by;
    const rows: ItemFigures[] = [];
    for (const tenant of request.tenants) {
      const masters = await this.cities.snapshot(tenant);
      const months = new Months(masters.tenant.zone);
      const sums = await sumsOf(this.read.manager, tenant, request, dimension);
      if (by === 'month') {
        const total = sums.get(ALL) ?? new Map<string, Measures>();
        for (const month of monthsBetween(request.from, request.to)) {
          const query = cohortQuery(tenant, months, { from: month, to: month }, request.departments);
          const figures = figuresOf(total.get(month) ?? noMeasures(), query);
          rows.push({ tenant, item: month, names: { en: month }, query, ...figures });
        }
      } else {
        const cohort = cohortQuery(tenant, months, request, request.departments);
        for (const [item, byMonth] of sums) rows.push(rowOf(masters, dimension, item, cohort, byMonth));
      }
    }
    return by === 'month' ? rows : rows.sort((a, b) => b.registered.count - a.registered.count);
  }

  /** The total of each city. */
  totals(request: InsightRequest): Promise<ItemFigures[]> {
    return this.performance(request, 'total');
  }

  /** Ratings of services, worst first by the upper end of their interval. */
  async services(
    request: InsightRequest,
    by: 'service' | 'category' | 'department' = 'service',
  ): Promise<ServiceFigures[]> {
    const rows: ServiceFigures[] = [];
    for (const tenant of request.tenants) {
      const masters = await this.cities.snapshot(tenant);
      const months = new Months(masters.tenant.zone);
      const cohort = cohortQuery(tenant, months, request, request.departments);
      for (const [item, byMonth] of await sumsOf(this.read.manager, tenant, request, by)) {
        const trend = [...byMonth]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([month, sums]) => {
            const query = cohortQuery(tenant, months, { from: month, to: month }, request.departments);
            return { month, ...ratingOf(sums, itemQuery(query, by, item)) };
          })
          .filter(({ count }) => count > 0);
        const [before, last] = trend.slice(-2).map(({ average }) => average ?? 0);
        const change = before === undefined || last === undefined ? null : last - before;
        rows.push({ ...rowOf(masters, by, item, cohort, byMonth), trend, change });
      }
    }
    return rows.sort(worstFirst);
  }
}

function worstFirst(a: ServiceFigures, b: ServiceFigures): number {
  return (a.rating.high ?? 6) - (b.rating.high ?? 6) || b.registered.count - a.registered.count;
}

function rowOf(
  masters: MastersSnapshot,
  dimension: Dimension,
  item: string,
  cohort: CaseQuery,
  byMonth: ReadonlyMap<string, Measures>,
): ItemFigures {
  const sum = noMeasures();
  for (const measures of byMonth.values()) addMeasures(sum, measures);
  const query = itemQuery(cohort, dimension, item);
  return {
    tenant: masters.tenant.code,
    item,
    names: nameOf(masters, dimension, item),
    query,
    ...figuresOf(sum, query),
  };
}

/** Item → month → sums. */
async function sumsOf(
  em: EntityManager,
  tenant: string,
  { departments, from, to }: InsightRequest,
  dimension: Dimension,
): Promise<Sums> {
  const wanted = departments ?? [ALL];
  const sums: Sums = new Map();
  if (wanted.length === 0) return sums;
  const rows: Record<string, unknown>[] = await em.query(
    `SELECT * FROM insight_month WHERE tenant = ? AND department IN (${wanted.map(() => '?').join(', ')})
     AND dimension = ? AND month >= ? AND month <= ?`,
    [tenant, ...wanted, dimension, from, to],
  );
  for (const row of rows) {
    const measures = measuresFrom(row);
    // A case moved to another month or ward leaves an empty sum behind.
    if (measures.registered === 0) continue;
    const item = String(row['item']);
    const month = String(row['month']);
    const byMonth = sums.get(item) ?? new Map<string, Measures>();
    const sum = byMonth.get(month);
    if (sum) addMeasures(sum, measures);
    else byMonth.set(month, measures);
    sums.set(item, byMonth);
  }
  return sums;
}
