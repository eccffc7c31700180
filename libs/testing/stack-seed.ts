import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDataSources } from '#libs/persistence/data-sources';
import { createDemoAccounts, importSeed } from '#libs/masters/index';
import { runMigrations } from '#libs/persistence/migrate';
import { UnitOfWork } from '#libs/persistence/unit-of-work';

/** Password of every member of staff in tests. */
export const STACK_PASSWORD = 'monsoon-tram-42';

const ROOT = process.cwd();
const CACHE = join(ROOT, 'node_modules', '.cache', 'pratikar');
/** All that can change what stands in the seeded record. */
const SOURCES = ['libs/domain', 'libs/contracts', 'libs/config', 'libs/persistence', 'libs/masters', 'deploy/seed'];

/**
 * Puts a SQLite record there with Kolkata and a second, small city, and an account for every post. It is imported once
 * for each state of sources and seeds; after that it is copied.
 */
export async function putSeededRecord(file: string): Promise<void> {
  const seeded = join(CACHE, `seeded-${stateOfSources()}.sqlite`);
  if (!existsSync(seeded)) {
    mkdirSync(CACHE, { recursive: true });
    const unfinished = `${seeded}.${process.pid}`;
    rmSync(unfinished, { force: true });
    await seed(unfinished);
    renameSync(unfinished, seeded);
  }
  copyFileSync(seeded, file);
}

async function seed(file: string): Promise<void> {
  const sources = await createDataSources({ database: { engine: 'sqlite', file } });
  try {
    await runMigrations(sources);
    const unitOfWork = new UnitOfWork(sources);
    const cities: string[] = [];
    for (const folder of ['kolkata', 'nadipur']) {
      const { tenant } = await importSeed(unitOfWork, join(ROOT, 'deploy', 'seed', folder));
      cities.push(tenant);
    }
    await createDemoAccounts(unitOfWork, cities, STACK_PASSWORD);
    // What still stands in the log beside the file would be missing from a copy.
    await sources.write.query('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    await sources.close();
  }
}

function stateOfSources(): string {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const folder of SOURCES) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(ts|csv|geojson)$/.test(name) && !name.endsWith('spec.ts'))
        hash.update(name).update(readFileSync(join(ROOT, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 20);
}
