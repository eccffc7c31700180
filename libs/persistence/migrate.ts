import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { migrationSource, type DataSources } from './data-sources.js';
import { isConflict, recordError } from './record-errors.js';

const LOCK = 'pratikar_migrations';
const WAIT_SECONDS = 300;

/** Several processes may start at once; on a server one of them migrates while the others wait. */
async function locked<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  if (source.options.type === 'better-sqlite3') return work();
  const runner = source.createQueryRunner();
  try {
    const [row] = (await runner.query('SELECT GET_LOCK(?, ?) AS got', [LOCK, WAIT_SECONDS])) as { got: number }[];
    if (row?.got !== 1) throw new Error(`Another process has been migrating the database for ${WAIT_SECONDS} s`);
    return await work();
  } finally {
    await runner.query('SELECT RELEASE_LOCK(?)', [LOCK]).catch(() => undefined);
    await runner.release();
  }
}

/**
 * Brings the schema up to date. Answers the names of the migrations it ran. May be called by several processes at
 * once. Throws `RecordUnavailableError` when the database cannot be reached.
 */
export async function runMigrations(sources: DataSources): Promise<string[]> {
  const source = migrationSource(sources);
  try {
    if (!source.isInitialized) await source.initialize();
    for (let attempt = 1; ; attempt++) {
      try {
        const ran = await locked(source, () => source.runMigrations({ transaction: 'each' }));
        return ran.map((migration) => migration.name);
      } catch (error) {
        // On SQLite another process may have been first: its tables are then there, and nothing is left to do.
        const first = isConflict(error) || /already exists|UNIQUE/.test(String(error));
        if (sources.engine !== 'sqlite' || !first || attempt === 50) throw recordError(error);
        await sleep(100);
      }
    }
  } finally {
    if (source !== sources.write && source.isInitialized) await source.destroy();
  }
}

/** Names of the migrations this version has and the database has not; empty: the schema is up to date. */
export async function pendingMigrations(sources: DataSources): Promise<string[]> {
  const runner = sources.write.createQueryRunner();
  try {
    const known = sources.write.migrations.map((each) => each.name ?? each.constructor.name);
    if (!(await runner.hasTable('migrations'))) return known;
    const rows = (await runner.query('SELECT name FROM migrations')) as { name: string }[];
    const done = new Set(rows.map((row) => row.name));
    return known.filter((name) => !done.has(name));
  } catch (error) {
    throw recordError(error);
  } finally {
    await runner.release();
  }
}
