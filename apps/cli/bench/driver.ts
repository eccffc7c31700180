import libsql from 'libsql';
import mysql from 'mysql2/promise';
import type { DatabaseSettings } from '#libs/config/settings';

export type Row = Record<string, unknown>;

/** The database driver by itself, for statements written by hand. */
export interface Driver {
  explain: 'EXPLAIN' | 'EXPLAIN QUERY PLAN';
  all(text: string, params: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export function openDriver(settings: DatabaseSettings): Promise<Driver> {
  return settings.engine === 'sqlite' ? openSqlite(settings.file) : openServer(settings);
}

async function openServer(settings: Exclude<DatabaseSettings, { engine: 'sqlite' }>): Promise<Driver> {
  const { socketPath, username: user, database } = settings;
  const connection = await mysql.createConnection({ ...(socketPath ? { socketPath } : {}), user, database });
  return {
    explain: 'EXPLAIN',
    all: async (text, params) => (await connection.query<mysql.RowDataPacket[]>(text, [...params]))[0],
    close: () => connection.end(),
  };
}

function openSqlite(file: string): Promise<Driver> {
  const database = new libsql(file);
  const prepared = new Map<string, ReturnType<typeof database.prepare>>();
  const statementFor = (text: string) => {
    let statement = prepared.get(text);
    if (!statement) prepared.set(text, (statement = database.prepare(text)));
    return statement;
  };
  return Promise.resolve({
    explain: 'EXPLAIN QUERY PLAN',
    all: (text, params) => Promise.resolve(statementFor(text).all([...params]) as Row[]),
    close: () => Promise.resolve(void database.close()),
  });
}
