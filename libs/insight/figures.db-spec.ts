import { readListQuery } from '#libs/casework/list-query';
import { MastersService } from '#libs/masters/masters.service';
import { countCases } from '#libs/persistence/case-list';
import { writeSteps } from '#libs/persistence/case-record';
import {
  CaseFactEntity,
  GrievanceEntity,
  GrievanceEventEntity,
  InsightMonthEntity,
} from '#libs/persistence/entities/index';
import { describeOnEachEngine, type TestDatabase } from '#libs/testing/database';
import { buildCity, CITY, CityCase, officer } from '#libs/testing/small-city';
import type { StepRecord } from '#libs/contracts/temporal/grievance';
import type { Figures, ItemFigures } from '#libs/contracts/api/insight';
import { DIMENSIONS, Insight, RollUp, type Dimension, type InsightRequest } from './index.js';

const START = Date.parse('2026-09-29T20:00:00Z');
const DAY_MS = 86_400_000;
const WHOLE: InsightRequest = { tenants: [CITY.tenant], departments: null, from: '2026-01', to: '2026-12' };

/** A small generator with a seed, so that a failure can be had again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

/** A case somewhere in the middle or at the end of a life that the rules allow. */
function randomLife(index: number, roll: (sides: number) => number): StepRecord[] {
  const number = `KMC-26-${String(index).padStart(7, '0')}-0`;
  const life = new CityCase(number, { id: `citizen${index % 40}` }, START + roll(60) * DAY_MS);
  life.state = {
    ...life.state,
    ward: String(1 + roll(4)),
    borough: `B${roll(2)}`,
    subCategory: `SERVICE_${roll(3)}`,
    department: roll(3) === 0 ? 'DRAINAGE' : 'WATER',
    source: roll(2) === 0 ? 'portal' : 'whatsapp',
  };
  const steps = [life.register()];
  const lme = 'WATER-LME-B10';
  for (let turn = 0; turn < 6; turn++) {
    const { state, owner } = life.state;
    try {
      if (state === 'assigned') {
        const next = roll(5);
        if (next === 0) break;
        if (next === 1)
          steps.push(
            life.give({
              name: 'withdraw',
              actor: { id: life.state.filer ?? '', roles: ['citizen'], posts: [] },
              body: {},
            }),
          );
        else if (next === 2)
          steps.push(
            life.give({
              name: 'reject',
              actor: officer('WATER-GRO'),
              body: { reasonCode: 'sub_judice', remarks: 'In court' },
            }),
          );
        else steps.push(life.resolve('Done', owner ?? lme));
      } else if (state === 'reopened') {
        if (roll(4) === 0) break;
        steps.push(life.resolve('Done again', owner ?? lme));
      } else if (state === 'resolved' || state === 'rejected') {
        const next = roll(6);
        if (next === 0) break;
        if (next === 1)
          steps.push(life.give({ name: 'undo', actor: officer('WATER-GRO'), body: { reason: 'By mistake' } }));
        else if (next === 2)
          steps.push(
            life.give({
              name: 'reopen',
              actor: { id: life.state.filer ?? '', roles: ['citizen'], posts: [] },
              body: { reason: 'Still dry' },
            }),
          );
        else steps.push(life.rate(1 + roll(5), roll(2) === 0 ? 'কথা' : undefined));
      } else break;
    } catch {
      // The rules refused this turn; the next one tries something else.
    }
  }
  return steps;
}

async function record(db: TestDatabase, steps: readonly StepRecord[], now: number): Promise<void> {
  const planned = steps.map((each) => ({ record: each, category: 'PIPES', rootTenant: CITY.root, notifications: [] }));
  await db.uow.run((em) => writeSteps(em, planned, now));
}

interface Told {
  of: (fields: { ward: string; subCategory: string; department: string; source: string; borough: string }) => string;
}
const ITEM: Partial<Record<Dimension, Told['of']>> = {
  total: () => '*',
  department: ({ department }) => department,
  service: ({ subCategory }) => subCategory,
  ward: ({ ward }) => ward,
  source: ({ source }) => source,
};

interface NaiveCounts {
  registered: number;
  reopened: number;
  resolved: number[];
  ratings: number[];
  dissatisfied: number;
  missed: number;
}

/** The figures counted in the plainest way, from nothing but the log. */
function naive(log: readonly GrievanceEventEntity[], item: Told['of']): Map<string, NaiveCounts> {
  const cases = new Map<string, GrievanceEventEntity[]>();
  for (const event of log) cases.set(event.number, [...(cases.get(event.number) ?? []), event]);
  const counts = new Map<string, NaiveCounts>();
  for (const events of cases.values()) {
    const [first] = events;
    const key = item(first?.data as never);
    const sum = counts.get(key) ?? {
      registered: 0,
      reopened: 0,
      resolved: [],
      ratings: [],
      dissatisfied: 0,
      missed: 0,
    };
    const names = events.map(({ event }) => event);
    sum.registered += 1;
    if (names.includes('reopened')) sum.reopened += 1;
    if (names.includes('reopened') || names.includes('escalated')) sum.missed += 1;
    const rating = events.findLast(({ event }) => event === 'rated')?.data['rating'];
    if (typeof rating === 'number') sum.ratings.push(rating);
    if (events.at(-1)?.data['outcome'] === 'dissatisfied') sum.dissatisfied += 1;
    const answer = events.findLast(({ event }) =>
      ['resolved', 'rejected', 'answer_undone', 'reopened'].includes(event),
    );
    if (answer?.event === 'resolved') sum.resolved.push(answer.at - (first?.at ?? 0));
    counts.set(key, sum);
  }
  return counts;
}

const countsOf = (figures: Figures) => [
  figures.registered,
  figures.open,
  figures.answered,
  figures.rating,
  ...figures.rating.distribution,
  figures.sla,
  figures.sla.of,
  figures.sla.missed,
  figures.reopened,
  figures.reopened.of,
  figures.timeToResolve,
  figures.dissatisfied,
];

describeOnEachEngine('figures', (db) => {
  let insight: Insight;
  let rollUp: RollUp;
  const lives: StepRecord[][] = [];

  const everything = async (): Promise<ItemFigures[][]> =>
    Promise.all([...DIMENSIONS, 'month' as const].map((by) => insight.performance(WHOLE, by)));

  beforeAll(async () => {
    await buildCity(db.sources);
    const masters = new MastersService(db.sources);
    insight = new Insight(db.sources.read, masters);
    rollUp = new RollUp({ sources: db.sources, unitOfWork: db.uow, masters });
    const roll = dice(20_261_124);
    for (let index = 1; index <= 300; index++) {
      const steps = randomLife(index, roll);
      lives.push(steps);
      // The record comes in parts, and the roll-up in between, as it does in life.
      await record(db, steps.slice(0, 2), START + index);
      if (index % 100 === 0) await rollUp.advance(70);
    }
    for (const [index, steps] of lives.entries())
      if (steps.length > 2) await record(db, steps.slice(2), START + 1_000 + index);
    while ((await rollUp.advance(70)).more);
  }, 120_000);

  test('agree with a plain count over the event log, whichever way they are grouped', async () => {
    const log = await db.sources.read.manager.find(GrievanceEventEntity, { order: { number: 'ASC', seq: 'ASC' } });
    for (const [by, item] of Object.entries(ITEM) as [Dimension, Told['of']][]) {
      const expected = naive(log, item);
      const rows = await insight.performance(WHOLE, by);
      expect(new Set(rows.map((row) => row.item))).toEqual(new Set(expected.keys()));
      for (const row of rows) {
        const counts = expected.get(row.item);
        expect(row.registered.count).toBe(counts?.registered);
        expect(row.reopened.count).toBe(counts?.reopened);
        expect(row.sla.missed.count).toBe(counts?.missed);
        expect(row.dissatisfied.count).toBe(counts?.dissatisfied);
        expect(row.rating.count).toBe(counts?.ratings.length);
        const sum = counts?.ratings.reduce((total, rating) => total + rating, 0) ?? 0;
        if (row.rating.count > 0) expect(row.rating.average).toBeCloseTo(sum / row.rating.count, 10);
        expect(row.timeToResolve.count).toBe(counts?.resolved.length);
        const sorted = [...(counts?.resolved ?? [])].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(sorted.length / 2) - 1)];
        if (exact !== undefined) expect(Math.abs((row.timeToResolve.median ?? 0) / exact - 1)).toBeLessThan(0.07);
      }
    }
    expect(log.some(({ event }) => event === 'answer_undone')).toBe(true);
    expect(log.some(({ event, data }) => event === 'closed' && data['outcome'] === 'dissatisfied')).toBe(true);
  });

  test('open exactly the cases they count', async () => {
    let checked = 0;
    for (const row of (await everything()).flat()) {
      for (const { count, query } of countsOf(row)) {
        const request = readListQuery(query, []);
        if (Array.isArray(request)) throw new Error(JSON.stringify(request));
        const scope = { kind: 'tenants', tenants: [CITY.tenant] } as const;
        const listed = await countCases(db.sources.read.manager, { filter: request.filter, scope, now: START });
        expect({ query, count: listed }).toEqual({ query, count });
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(400);
  });

  test('agree with each other: items, months and departments add up to the total', async () => {
    const [total, ...others] = await everything();
    for (const rows of others)
      for (const pick of [(f: Figures) => f.registered, (f: Figures) => f.rating, (f: Figures) => f.sla.of])
        expect(rows.reduce((sum, row) => sum + pick(row).count, 0)).toBe(pick(total?.[0] as Figures).count);
    const water = await insight.performance({ ...WHOLE, departments: ['WATER'] }, 'total');
    const drains = await insight.performance({ ...WHOLE, departments: ['DRAINAGE'] }, 'total');
    expect((water[0]?.registered.count ?? 0) + (drains[0]?.registered.count ?? 0)).toBe(300);
    expect(await insight.performance({ ...WHOLE, departments: [] }, 'total')).toEqual([]);
  });

  test('agree with the rows of the cases', async () => {
    const rows = await db.sources.read.manager.find(GrievanceEntity);
    const facts = new Map((await db.sources.read.manager.find(CaseFactEntity)).map((fact) => [fact.number, fact]));
    for (const row of rows) {
      const { rating, reopens, level, outcome, department, subCategory, ward, source, closedAt, version } = row;
      expect(facts.get(row.number)).toMatchObject({
        rating,
        reopens,
        level,
        outcome,
        department,
        subCategory,
        ward,
        source,
        closedAt,
        seq: version,
      });
      const resolveMs = facts.get(row.number)?.resolveMs ?? null;
      expect(resolveMs === null ? null : row.registeredAt + resolveMs).toBe(row.resolvedAt);
    }
  });

  test('count the month in the time of the city', async () => {
    const months = await insight.performance(WHOLE, 'month');
    const first = lives.filter(([step]) => (step?.state.registeredAt ?? 0) < Date.parse('2026-10-01T00:00+05:30'));
    expect(months.find(({ item }) => item === '2026-09')?.registered.count).toBe(first.length);
    expect(first.length).toBeGreaterThan(0);
  });

  test('stay as they are when nothing happened, and come out the same when made anew', async () => {
    const before = await everything();
    expect(await rollUp.advance(100)).toEqual({ folded: 0, more: false });
    expect(await rollUp.rebuild(64)).toBe(300);
    expect(await everything()).toEqual(before);
    expect(await rollUp.advance(100)).toEqual({ folded: 0, more: false });
  });

  test('count a case once when two processes take it in at the same time', async () => {
    await db.uow.run(async (em) => {
      for (const entity of [CaseFactEntity, InsightMonthEntity])
        await em.createQueryBuilder().delete().from(entity).execute();
      await em.query('UPDATE insight_cursor SET seen_up_to = 0');
    });
    const drain = async () => {
      while ((await rollUp.advance(50)).more);
    };
    await Promise.all([drain(), drain(), drain()]);
    expect((await insight.performance(WHOLE, 'total'))[0]?.registered.count).toBe(300);
  });
});
