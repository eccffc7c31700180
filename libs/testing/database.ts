import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSettings } from '#libs/config/settings';
import { createDataSources, type DataSources, type Engine } from '#libs/persistence/data-sources';
import { runMigrations } from '#libs/persistence/migrate';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { privateMariaDb } from './mariadb.js';

export interface TestDatabase {
  engine: Engine;
  settings: DatabaseSettings;
  sources: DataSources;
  uow: UnitOfWork;
  /** Empty for SQLite; else the DATABASE_URL for a process under test. */
  url: string;
  close(): Promise<void>;
}

/** A fresh, migrated database of this engine. */
export async function openTestDatabase(engine: 'sqlite' | 'mariadb', migrated = true): Promise<TestDatabase> {
  const { settings, url, remove } = engine === 'sqlite' ? sqliteFile() : await mariaDb();
  const sources = await createDataSources({ database: settings });
  if (migrated) await runMigrations(sources);
  const close = async () => {
    await sources.close();
    await remove();
  };
  return { engine, settings, sources, uow: new UnitOfWork(sources), url, close };
}

function sqliteFile() {
  const folder = mkdtempSync(join(tmpdir(), 'pratikar-db-'));
  const remove = () => Promise.resolve(rmSync(folder, { recursive: true, force: true }));
  return { settings: { engine: 'sqlite', file: join(folder, 'pratikar.sqlite') } as const, url: '', remove };
}

async function mariaDb() {
  const { database, socketPath, url, drop } = await privateMariaDb();
  const settings = {
    engine: 'mariadb',
    host: 'localhost',
    port: 3306,
    socketPath,
    username: 'root',
    password: '',
    database,
    poolSize: 10,
  } as const;
  return { settings, url, remove: drop };
}

/**
 * The same suite on SQLite and on a real MariaDB, each with a fresh, migrated database. The members of `db` may be used
 * from `beforeAll` on. Without MariaDB on the machine the suite fails and says so.
 */
export function describeOnEachEngine(name: string, suite: (db: TestDatabase) => void): void {
  describe.each(['sqlite', 'mariadb'] as const)(`${name} (%s)`, (engine) => {
    const db = { engine } as TestDatabase;
    beforeAll(async () => {
      Object.assign(db, await openTestDatabase(engine));
    }, 120_000);
    afterAll(async () => {
      // Absent when opening failed; the failure itself is already reported.
      await (db as Partial<TestDatabase>).close?.();
    });
    suite(db);
  });
}
