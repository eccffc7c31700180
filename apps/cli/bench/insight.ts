import { performance } from 'node:perf_hooks';
import { Insight, Months, monthsLater, Registers } from '#libs/insight/index';
import { filledMariaDb, type Filled } from './filled.js';
import { inFolder } from './lists.js';
import { percentile } from './load.js';
import { startMariaDb } from './mariadb.js';
import { ratio, type Result } from './reach.js';

export interface InsightOptions {
  cases: number;
  /** How often the dashboard is looked at. */
  times: number;
  keep?: string;
}

const CITY = 'KMC';
const FEW = 10_000;
const WARM_UP = 5;
const PAGE = { limit: 50, offset: 0 };
/** As many services as the page of the desk shows remarks of. */
const REMARKED = 10;

/** What the insight pages of the desk ask for, with a million cases and with ten thousand, on the same server. */
export async function benchInsight({ cases, times, keep }: InsightOptions): Promise<Result[]> {
  return inFolder(keep, async (folder) => {
    const server = await startMariaDb(folder);
    try {
      const many = await filledMariaDb(folder, server, cases);
      const few = await filledMariaDb(folder, server, FEW);
      const spent = await inTurn([dashboard(many), dashboard(few)], times);
      await many.close();
      await few.close();
      const of = `${cases.toLocaleString('en')} beside ${FEW.toLocaleString('en')}`;
      const p95 = spent.map((each) => each.map((list) => percentile(list, 0.95)));
      const whole = p95.map((each) => each.reduce((total, ms) => total + ms, 0));
      const parts = READS.map((name, place) =>
        ratio(`  ${name}`, 'ms, p95', p95[0]?.[place] ?? NaN, p95[1]?.[place] ?? NaN),
      );
      return [ratio(`dashboard, ${of}`, 'ms, p95', whole[0] ?? NaN, whole[1] ?? NaN, { atMost: 1.3 }), ...parts];
    } finally {
      await server.stop();
    }
  });
}

const READS = [
  'services with trend',
  'performance by department',
  'performance by ward',
  'performance by month',
  'totals',
  'register of the dissatisfied',
  'call list',
  'latest remarks',
] as const;

function dashboard({ sources, masters, cases }: Filled): (() => Promise<unknown>)[] {
  const insight = new Insight(sources.read, masters);
  const registers = new Registers(sources.read);
  const to = new Months('Asia/Kolkata').of(cases.now);
  const request = { tenants: [CITY], departments: null, from: monthsLater(to, -11), to };
  const poor = async () => (await insight.services(request)).slice(0, REMARKED);
  return [
    () => insight.services(request),
    () => insight.performance(request, 'department'),
    () => insight.performance(request, 'ward'),
    () => insight.performance(request, 'month'),
    () => insight.totals(request),
    () => registers.dissatisfied(request, PAGE),
    async () => registers.callList(request, await poor(), false, PAGE),
    async () => {
      for (const { tenant, item } of await poor()) await registers.remarks(request, tenant, item);
    },
  ];
}

/** Milliseconds of each read of each dashboard, the dashboards alternating. */
async function inTurn(dashboards: (() => Promise<unknown>)[][], times: number): Promise<number[][][]> {
  const spent = dashboards.map((reads) => reads.map(() => [] as number[]));
  for (let round = 0; round < WARM_UP + times; round++) {
    for (const [which, reads] of dashboards.entries()) {
      for (const [place, read] of reads.entries()) {
        const begin = performance.now();
        await read();
        if (round >= WARM_UP) spent[which]?.[place]?.push(performance.now() - begin);
      }
    }
  }
  return spent;
}
