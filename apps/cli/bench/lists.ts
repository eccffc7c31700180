import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Client } from '@temporalio/client';
import { Casework } from '#libs/casework/casework';
import { deriveKeys } from '#libs/config/keys';
import type { CaseView, Page } from '#libs/contracts/api/views';
import { listCases, listStatement } from '#libs/persistence/case-list';
import { print } from '../output.js';
import { openDriver, type Driver, type Row } from './driver.js';
import { filledMariaDb, filledSqlite, type Filled } from './filled.js';
import { listShapes, type Asked, type Shape } from './list-shapes.js';
import { percentile } from './load.js';
import { mapValues } from './map-values.js';
import { startMariaDb } from './mariadb.js';
import { ratio, type Result } from './reach.js';

export interface ListOptions {
  /** Cases on MariaDB; a tenth of them on SQLite. */
  cases: number;
  /** How often each list is asked for. */
  times: number;
  /** Folder for the databases, kept for the next run; absent: a temporary one. */
  keep?: string;
}

const CITY = 'KMC';
const PAGE = 50;
/** Times asked before anything counts, with the rows compared. */
const WARM_UP = 50;
const P95 = 0.95;
const AT_MOST = 1.3;
/** Nobody who asks over HTTP could tell such a difference. */
const SLACK_MS = 0.1;

/**
 * The lists of the product beside hand-written SQL for the same rows along the same index through the same driver; for
 * information also whole, from the query to the views with what the caller may do and see. Pages are read once before,
 * so that both are measured on memory, where their own work shows.
 */
export async function benchLists({ cases, times, keep }: ListOptions): Promise<Result[]> {
  return inFolder(keep, async (folder) => {
    const server = await startMariaDb(folder);
    try {
      const large = await filledMariaDb(folder, server, cases);
      const small = await filledSqlite(folder, Math.ceil(cases / 10));
      const results = [...(await measureLists(large, times)), ...(await measureLists(small, times))];
      await large.close();
      await small.close();
      return results;
    } finally {
      await server.stop();
    }
  });
}

/** The folder for a measurement's databases: a given one stays. */
export async function inFolder<T>(keep: string | undefined, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'pratikar-bench-')) : resolve(keep);
  mkdirSync(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function measureLists(filled: Filled, times: number): Promise<Result[]> {
  const { sources, cases, unitOfWork, masters, settings } = filled;
  const casework = new Casework({
    dataSources: sources,
    unitOfWork,
    masters,
    // Lists are read from the record alone.
    temporal: {} as Client,
    keys: deriveKeys('of no use here: nobody is looked up by it'),
    now: () => cases.now,
  });
  const driver = await openDriver(settings);
  const rows: Result[] = [];
  const views: Result[] = [];
  print(`\nPlans of the product's lists on ${settings.engine}:`);
  for (const shape of listShapes(settings.engine, await masters.snapshot(CITY), cases)) {
    const list = (asked: Asked) => casework.list(asked.principal, { ...asked.query, limit: String(PAGE) });
    const spent = { views: [] as number[], rows: [] as number[], byHand: [] as number[] };
    for (let n = 1; n <= WARM_UP + times; n++) {
      const asked = shape.ask(n);
      const request = await casework.listing.requestOf(asked.principal, { ...asked.query, limit: String(PAGE) });
      if (n === 1)
        print(`  ${shape.name}: ${await planOf(driver, await listStatement(sources.read.manager, request))}`);
      const page = await list(asked);
      if (n <= WARM_UP) assertSame(shape, await handWritten(driver, shape, asked), page);
      const runs = [
        async () => spent.rows.push(await timed(() => listCases(sources.read.manager, request))),
        async () => spent.byHand.push(await timed(() => handWritten(driver, shape, asked))),
        async () => spent.views.push(await timed(() => list(asked))),
      ];
      for (const run of n % 2 === 0 ? runs : runs.reverse()) await run();
    }
    const p95 = mapValues(spent, (times) => percentile(times.slice(WARM_UP), P95));
    const of = `(${settings.engine}, ${cases.count.toLocaleString('en')})`;
    rows.push(ratio(`${shape.name} ${of}`, 'ms, p95', p95.rows, p95.byHand, { atMost: AT_MOST, slack: SLACK_MS }));
    views.push(ratio(`${shape.name} with views ${of}`, 'ms, p95', p95.views, p95.byHand));
  }
  await driver.close();
  return [...rows, ...views];
}

/**
 * As somebody would write it for the driver itself: the rows, one more than a page to know of the next, and what each
 * keeps as JSON.
 */
async function handWritten(driver: Driver, { order }: Shape, { where, params }: Asked): Promise<Row[]> {
  const rows = await driver.all(`SELECT g.* FROM ${where} ORDER BY ${order} LIMIT ${PAGE + 1}`, params);
  for (const row of rows) row['snapshot'] = JSON.parse(String(row['snapshot'])) as unknown;
  return rows;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** Otherwise the two would be measured on different work. */
function assertSame({ name }: Shape, byHand: readonly Row[], { items, next }: Page<CaseView>): void {
  const expected = byHand.slice(0, PAGE).map((row) => row['number']);
  const same = items.length === expected.length && items.every(({ number }, place) => number === expected[place]);
  if (!same || (next !== null) !== byHand.length > PAGE)
    throw new Error(`${name}: the list and the hand-written statement have different rows`);
}

/** In one line for each table. */
async function planOf(driver: Driver, { text, params }: Awaited<ReturnType<typeof listStatement>>): Promise<string> {
  const rows = await driver.all(`${driver.explain} ${text}`, params);
  return rows
    .map((row) => row['detail'] ?? `${row['table']} by ${row['key']}, ${row['rows']} rows, ${row['Extra']}`)
    .join('; ');
}
