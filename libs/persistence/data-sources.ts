import libsql from 'libsql';
import mysql from 'mysql2';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseSettings } from '#libs/config/settings';
import { ENTITIES } from './entities/index.js';
import { MIGRATIONS } from './migrations/index.js';
import { SnakeNaming } from './naming.js';
import { recordError } from './record-errors.js';

export type Engine = DatabaseSettings['engine'];

export interface DataSources {
  engine: Engine;
  settings: DatabaseSettings;
  /** Only `UnitOfWork` writes through it. */
  write: DataSource;
  /** For reads outside a unit of work. On SQLite a connection of its own that refuses to write. */
  read: DataSource;
  close(): Promise<void>;
}

/** Longest a statement may take before the server counts as gone (it may be frozen, not down). */
const STATEMENT_MS = 10_000;
const CONNECT_MS = 3_000;
/** The driver waits inside the call, blocking the process: short here, retried by the unit of work. */
const SQLITE_BUSY_MS = 50;

const shared = { entities: ENTITIES, namingStrategy: new SnakeNaming(), synchronize: false, logging: false } as const;

function sqliteOptions(file: string, readOnly: boolean): DataSourceOptions {
  return {
    ...shared,
    type: 'better-sqlite3',
    driver: libsql,
    database: file,
    timeout: SQLITE_BUSY_MS,
    statementCacheSize: 500,
    migrations: readOnly ? [] : MIGRATIONS,
    prepareDatabase: (database: { pragma(text: string): unknown }) => {
      database.pragma('busy_timeout = 5000');
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      // Readers wait for nobody but a recovery of the log, and cannot be retried from here.
      if (readOnly) database.pragma('query_only = ON');
      else database.pragma(`busy_timeout = ${SQLITE_BUSY_MS}`);
    },
  };
}

/** mysql2, with every connection of a pool put to the isolation level the units of work are written for. */
const mysqlDriver = {
  ...mysql,
  createPool(options: mysql.PoolOptions) {
    const pool = mysql.createPool(options);
    // Fewer gap locks than the default level, and so fewer deadlocks between units that insert.
    pool.on('connection', (connection) => connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'));
    return pool;
  },
};

function serverOptions(settings: Exclude<DatabaseSettings, { engine: 'sqlite' }>): DataSourceOptions {
  return {
    ...shared,
    type: settings.engine,
    driver: mysqlDriver,
    ...(settings.socketPath === undefined
      ? { host: settings.host, port: settings.port }
      : { socketPath: settings.socketPath }),
    username: settings.username,
    password: settings.password,
    database: settings.database,
    charset: 'utf8mb4_bin',
    bigNumberStrings: false,
    poolSize: settings.poolSize,
    connectTimeout: CONNECT_MS,
    enableQueryTimeout: true,
    maxQueryExecutionTime: STATEMENT_MS,
    extra: { enableKeepAlive: true, keepAliveInitialDelay: 10_000 },
    migrations: MIGRATIONS,
  };
}

function dataSource(options: DataSourceOptions): DataSource {
  const made = new DataSource(options);
  if (options.type === 'better-sqlite3') {
    // SQLite knows one length of text; MySQL needs to be told of more than 64 kB. The driver's own translation of types
    // is the one place where an entity can serve both.
    const normalize = made.driver.normalizeType.bind(made.driver);
    made.driver.normalizeType = (column) => (column.type === 'mediumtext' ? 'text' : normalize(column));
  }
  return made;
}

/**
 * Opens the database. Throws `RecordUnavailableError` when it cannot be reached.
 * The schema is not touched: see `runMigrations`.
 */
export async function createDataSources(settings: { database: DatabaseSettings }): Promise<DataSources> {
  const { database } = settings;
  const write = dataSource(
    database.engine === 'sqlite' ? sqliteOptions(database.file, false) : serverOptions(database),
  );
  const read = database.engine === 'sqlite' ? dataSource(sqliteOptions(database.file, true)) : write;
  const close = async () => {
    for (const each of new Set([write, read])) if (each.isInitialized) await each.destroy();
  };
  try {
    await write.initialize();
    if (read !== write) await read.initialize();
  } catch (error) {
    await close();
    throw recordError(error);
  }
  return { engine: database.engine, settings: database, write, read, close };
}

/** For statements that may take long: on a server a source without the time limit, to be initialised and destroyed. */
export function migrationSource(sources: DataSources): DataSource {
  if (sources.settings.engine === 'sqlite') return sources.write;
  return dataSource({
    ...serverOptions(sources.settings),
    poolSize: 2,
    enableQueryTimeout: false,
  } as DataSourceOptions);
}
