import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import mysql from 'mysql2/promise';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { DatabaseSettings } from '#libs/config/settings';
import { createDemoAccounts, importSeed, MastersService } from '#libs/masters/index';
import { createDataSources, type DataSources } from '#libs/persistence/data-sources';
import { GrievanceEntity, GrievanceWordEntity } from '#libs/persistence/entities/index';
import { insertRows } from '#libs/persistence/insert-rows';
import { runMigrations } from '#libs/persistence/migrate';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { print } from '../output.js';
import { fillInsight } from './filled-insight.js';
import { ManyCases } from './many-cases.js';
import type { BenchMariaDb } from './mariadb.js';

const SEEDS = ['nadipur', 'kolkata'].map((city) =>
  fileURLToPath(new URL(`../../../../deploy/seed/${city}`, import.meta.url)),
);
const CITY = 'KMC';
const PASSWORD = 'for the measurement alone';
const BATCH = 2_000;

/** A migrated database with the masters of a city, accounts for all of its posts, and so many cases. */
export interface Filled {
  settings: DatabaseSettings;
  sources: DataSources;
  unitOfWork: UnitOfWork;
  masters: MastersService;
  cases: ManyCases;
  password: string;
  close(): Promise<void>;
}

export async function filledSqlite(folder: string, count: number): Promise<Filled> {
  return filled({ engine: 'sqlite', file: join(folder, `cases-${count}.sqlite`) }, folder, count, null);
}

export async function filledMariaDb(folder: string, server: BenchMariaDb, count: number): Promise<Filled> {
  const { socketPath } = server;
  const database = `cases_${count}`;
  const root = await mysql.createConnection({ socketPath, user: 'root' });
  await root.query(`CREATE DATABASE IF NOT EXISTS ${database}`);
  await root.end();
  const settings = { engine: 'mariadb', host: 'localhost', port: 3306, username: 'root', password: '' } as const;
  return filled({ ...settings, socketPath, database, poolSize: 10 }, folder, count, socketPath);
}

/** What an earlier run has left whole in the folder is taken as it is. */
async function filled(
  settings: DatabaseSettings,
  folder: string,
  count: number,
  socketPath: string | null,
): Promise<Filled> {
  const mark = join(folder, `${settings.engine}-${count}.filled`);
  const name = `${count.toLocaleString('en')} cases on ${settings.engine}`;
  const known = existsSync(mark);
  if (!known && settings.engine === 'sqlite') rmSync(settings.file, { force: true });
  const now = known ? Number(readFileSync(mark, 'utf8')) : Date.now();
  const sources = await createDataSources({ database: settings });
  const unitOfWork = new UnitOfWork(sources);
  const begin = Date.now();
  // A folder kept from an earlier version may lack what came since.
  await runMigrations(sources);
  if (!known) {
    for (const seed of SEEDS) await importSeed(unitOfWork, seed);
    await createDemoAccounts(unitOfWork, [CITY], PASSWORD);
  }
  const masters = new MastersService(sources);
  const cases = new ManyCases(await masters.snapshot(CITY), count, now);
  if (!known) {
    const load = socketPath === null ? insertAll : loadInfile(socketPath);
    await load(sources, GrievanceEntity, cases.rows());
    await load(sources, GrievanceWordEntity, cases.wordRows());
    if (socketPath !== null) await fillInsight(sources, socketPath);
    writeFileSync(mark, String(now));
    print(`Filled ${name} in ${((Date.now() - begin) / 1_000).toFixed(0)} s`);
  }
  return { settings, sources, unitOfWork, masters, cases, password: PASSWORD, close: () => sources.close() };
}

type Load = <T extends ObjectLiteral>(
  sources: DataSources,
  entity: EntityTarget<T>,
  rows: Iterable<T>,
) => Promise<void>;

const insertAll: Load = async (sources, entity, rows) => {
  const unitOfWork = new UnitOfWork(sources);
  for (const batch of batches(rows, BATCH)) await unitOfWork.run((em) => insertRows(em, entity, batch));
};

/** MariaDB's own bulk load: into an empty table, without checks, it sorts each index once. */
function loadInfile(socketPath: string): Load {
  return async (sources, entity, rows) => {
    const { tableName, columns } = sources.write.getMetadata(entity);
    const { driver, options } = sources.write;
    const lines = function* (): Generator<string> {
      for (const batch of batches(rows, BATCH)) {
        let text = '';
        for (const row of batch) {
          const cells = columns.map((column) =>
            cell(driver.preparePersistentValue(row[column.propertyName] ?? null, column) as unknown),
          );
          text += `${cells.join('\t')}\n`;
        }
        yield text;
      }
    };
    const connection = await mysql.createConnection({ socketPath, user: 'root', database: String(options.database) });
    try {
      await connection.query('SET unique_checks = 0, foreign_key_checks = 0');
      await connection.query(`TRUNCATE TABLE ${tableName}`);
      const names = columns.map((column) => `\`${column.databaseName}\``).join(', ');
      await connection.query({
        sql: `LOAD DATA LOCAL INFILE 'cases' INTO TABLE ${tableName} CHARACTER SET utf8mb4 (${names})`,
        infileStreamFactory: () => Readable.from(lines(), { objectMode: false }),
      });
      await connection.query(`ANALYZE TABLE ${tableName}`);
    } finally {
      await connection.end();
    }
  };
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value).replace(/[\\\t\n\r]/g, (letter) => ESCAPES[letter] ?? letter);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function* batches<T>(rows: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
