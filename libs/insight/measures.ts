import type { CaseFactEntity, InsightMonthEntity } from '#libs/persistence/entities/index';
import { addInto, classOf, fromBytes, noDurations, toBytes, type Durations } from './durations.js';

/** Ways to group figures; each is kept as a sum of its own, so that a figure costs the same however many cases. */
export const DIMENSIONS = [
  'total',
  'department',
  'category',
  'service',
  'ward',
  'borough',
  'source',
  'officer',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Stands for all departments, and for the one item of the total. */
export const ALL = '*';

const COUNTS = [
  'registered',
  'open',
  'answered',
  'answeredOnce',
  'slaMet',
  'slaMissed',
  'reopened',
  'resolved',
  'dissatisfied',
  'rated1',
  'rated2',
  'rated3',
  'rated4',
  'rated5',
] as const satisfies readonly (keyof InsightMonthEntity)[];
type Count = (typeof COUNTS)[number];

/** What is counted of a set of cases. */
export interface Measures extends Record<Count, number> {
  durations: Durations;
}

export function noMeasures(): Measures {
  return {
    registered: 0,
    open: 0,
    answered: 0,
    answeredOnce: 0,
    slaMet: 0,
    slaMissed: 0,
    reopened: 0,
    resolved: 0,
    dissatisfied: 0,
    rated1: 0,
    rated2: 0,
    rated3: 0,
    rated4: 0,
    rated5: 0,
    durations: noDurations(),
  };
}

/** Counts one case in, or with `sign` -1 out again. */
export function countCase(sum: Measures, fact: CaseFactEntity, sign: 1 | -1 = 1): void {
  const add = (count: Count, counts: boolean) => {
    if (counts) sum[count] += sign;
  };
  add('registered', true);
  add('open', fact.open);
  add('answered', fact.answered);
  add('answeredOnce', fact.answered || fact.reopens > 0);
  add('slaMet', fact.answered && fact.level === 0);
  add('slaMissed', fact.level > 0);
  add('reopened', fact.reopens > 0);
  add('resolved', fact.resolveMs !== null);
  add('dissatisfied', fact.outcome === 'dissatisfied');
  for (const rating of [1, 2, 3, 4, 5] as const) add(`rated${rating}`, fact.rating === rating);
  if (fact.resolveMs !== null) {
    const index = classOf(fact.resolveMs);
    // Wraps round below zero and back: a change may be taken away from a sum before it is added to the stored one.
    sum.durations[index] = (sum.durations[index] ?? 0) + sign;
  }
}

export function addMeasures(sum: Measures, more: Measures): void {
  for (const count of COUNTS) sum[count] += more[count];
  addInto(sum.durations, more.durations);
}

export function isEmpty(measures: Measures): boolean {
  return COUNTS.every((count) => measures[count] === 0) && measures.durations.every((count) => count === 0);
}

export type RowKey = Pick<InsightMonthEntity, 'tenant' | 'department' | 'month' | 'dimension' | 'item'>;

/** The sums that a case is part of. */
export function rowsOf(fact: CaseFactEntity): RowKey[] {
  const items: readonly [Dimension, string][] = [
    ['total', ALL],
    ['department', fact.department],
    ['category', fact.category],
    ['service', fact.subCategory],
    ['ward', fact.ward],
    ['borough', fact.borough],
    ['source', fact.source],
    ['officer', fact.post],
  ];
  const { tenant, month } = fact;
  return [ALL, fact.department].flatMap((department) =>
    items.map(([dimension, item]) => ({ tenant, department, month, dimension, item })),
  );
}

/** Columns of a stored sum as the database hands them out, back to measures. */
export function measuresFrom(row: Readonly<Record<string, unknown>>): Measures {
  const sum = noMeasures();
  for (const count of COUNTS) sum[count] = Number(row[columnOf(count)]);
  const bytes = row['durations'];
  if (bytes instanceof Uint8Array) sum.durations = fromBytes(bytes);
  else if (bytes instanceof ArrayBuffer) sum.durations = fromBytes(new Uint8Array(bytes));
  return sum;
}

export function toRow(key: RowKey, { durations, ...counts }: Measures): InsightMonthEntity {
  return { ...key, ...counts, durations: toBytes(durations) };
}

function columnOf(count: Count): string {
  return count.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
