import { join } from 'node:path';
import { SettingsError } from './settings-error.js';
import { url, type Environment } from './readers.js';

export type DatabaseSettings =
  | { engine: 'sqlite'; file: string }
  | {
      /** Explicit, because MariaDB taken for MySQL shows differences in its schema that are none. */
      engine: 'mysql' | 'mariadb';
      host: string;
      port: number;
      /** Unix socket, instead of host and port. */
      socketPath?: string;
      username: string;
      password: string;
      database: string;
      /** Connections in the pool of each data source. */
      poolSize: number;
    };

const EXAMPLE = 'mysql://user:password@host:3306/database or mariadb://…';
const NAME = 'DATABASE_URL';

/** Absent: SQLite in the data folder. `?socket=/path` and `?pool=n` are understood. */
export function databaseSettings(env: Environment, dataDir: string): DatabaseSettings {
  const parsed = url(env, NAME, ['mysql:', 'mariadb:'], EXAMPLE);
  if (!parsed) return { engine: 'sqlite', file: join(dataDir, 'pratikar.sqlite') };
  const database = decodeURIComponent(parsed.pathname.replace(/^\//, ''));
  if (!/^[A-Za-z0-9_$-]{1,64}$/.test(database)) throw new SettingsError(NAME, 'it names no database', EXAMPLE);
  if (parsed.username === '') throw new SettingsError(NAME, 'it names no user', EXAMPLE);
  const pool = parsed.searchParams.get('pool') ?? '10';
  if (!/^[1-9]\d{0,2}$/.test(pool)) throw new SettingsError(NAME, `pool=${pool} is no such number`, 'pool=1 to 999');
  const socketPath = parsed.searchParams.get('socket');
  return {
    engine: parsed.protocol === 'mariadb:' ? 'mariadb' : 'mysql',
    host: parsed.hostname || '127.0.0.1',
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    ...(socketPath === null ? {} : { socketPath }),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database,
    poolSize: Number(pool),
  };
}
