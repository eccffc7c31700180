import { HoldingEntity, PostEntity } from '#libs/persistence/entities/index';
import { openTestDatabase, type TestDatabase } from '#libs/testing/database';
import { importSeed } from '../seed.js';
import { importMaster } from './import-master.js';

const ROWS = 100_000;
const MB = 1024 * 1024;

async function* manyPosts(count: number, wrongEvery = 0): AsyncGenerator<string> {
  yield 'position,designation,role,department,wards,holder,mobile\n';
  for (let n = 0; n < count; n += 1) {
    const department = wrongEvery > 0 && n % wrongEvery === 0 ? 'NOWHERE' : 'WATER';
    const mobile = `+919${String(100_000_000 + n)}`;
    yield `BULK-${n},Helper,call_centre,${department},"${(n % 100) + 1}-${(n % 100) + 20}",Helper ${n},${mobile}\n`;
  }
}

/** Peak of the process's memory above its start while the work runs, in bytes. */
async function growthDuring(work: () => Promise<unknown>): Promise<number> {
  const start = process.memoryUsage().rss;
  let peak = start;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.max(peak, process.memoryUsage().rss) - start;
}

describe('a file of a hundred thousand rows', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await openTestDatabase('sqlite');
    await importSeed(db.uow, 'deploy/seed/nadipur');
    await importSeed(db.uow, 'deploy/seed/kolkata');
    // Compilers and caches have warmed up before anything is measured.
    await importMaster(db.uow, 'KMC', 'positions', manyPosts(10_000));
  }, 120_000);
  afterAll(() => db.close());

  it('is imported in flat memory, all of it', async () => {
    const growth = await growthDuring(async () => {
      const report = await importMaster(db.uow, 'KMC', 'positions', manyPosts(ROWS), { apply: true });
      expect(report).toMatchObject({ applied: true, created: ROWS, errorCount: 0 });
    });
    expect(growth / MB).toBeLessThan(100);
    expect(await db.sources.read.manager.countBy(PostEntity, { designation: 'Helper' })).toBe(ROWS);
    expect(await db.sources.read.manager.countBy(HoldingEntity, { tenant: 'KMC', kind: 'holder' })).toBe(ROWS + 516);
  }, 300_000);

  it('may be wrong in every row without filling memory or report', async () => {
    const growth = await growthDuring(async () => {
      const report = await importMaster(db.uow, 'KMC', 'positions', manyPosts(ROWS, 1));
      expect(report).toMatchObject({ applied: false, errorCount: ROWS, bad: ROWS });
      expect(report.errors).toHaveLength(1_000);
    });
    expect(growth / MB).toBeLessThan(100);
  }, 300_000);
});
