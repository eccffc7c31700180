import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import mysql from 'mysql2';
import type { Connection } from 'mysql2/promise';
import type { DatabaseSettings } from '#libs/config/settings';
import { OperatorError } from '../context.js';

type Server = Exclude<DatabaseSettings, { engine: 'sqlite' }>;
/** A line of a dump: a table, or one row of the last one named. */
type Line = { table: string; create: string; columns: string[] } | unknown[];

const ROWS_AT_ONCE = 500;
const BYTES = '$bytes';

/**
 * Everything in the database as of one moment, as compressed JSON lines. Needs no program of the server's, and blocks
 * nobody: it reads in one transaction with a consistent snapshot.
 */
export async function dumpServer(settings: Server, file: string): Promise<void> {
  const connection = connect(settings);
  const database = connection.promise();
  try {
    await database.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await database.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
    const gzip = createGzip();
    const written = pipeline(gzip, createWriteStream(file));
    const write = async (line: Line): Promise<void> => {
      if (!gzip.write(`${JSON.stringify(line)}\n`)) await once(gzip, 'drain');
    };
    for (const table of await tablesOf(database)) {
      const [created] = await database.query<mysql.RowDataPacket[]>(`SHOW CREATE TABLE \`${table}\``);
      const columns = await columnsOf(database, table);
      await write({ table, create: String(created[0]?.['Create Table']), columns });
      const names = columns.map((column) => `\`${column}\``).join(', ');
      const rows = connection.query({ sql: `SELECT ${names} FROM \`${table}\``, rowsAsArray: true }).stream();
      for await (const row of rows) await write((row as unknown[]).map(packed));
    }
    gzip.end();
    await written;
  } finally {
    await database.end();
  }
}

/** Puts a dump into an empty database. */
export async function loadServer(settings: Server, file: string): Promise<void> {
  const database = connect(settings).promise();
  try {
    if ((await tablesOf(database)).length > 0)
      throw new OperatorError(`The database ${settings.database} is not empty: restore into a new one.`);
    let insert = '';
    let waiting: unknown[][] = [];
    const flush = async (): Promise<void> => {
      if (waiting.length > 0) await database.query(insert, [waiting]);
      waiting = [];
    };
    const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });
    for await (const text of lines) {
      const line = JSON.parse(text) as Line;
      if (Array.isArray(line)) {
        waiting.push(line.map(unpacked));
        if (waiting.length >= ROWS_AT_ONCE) await flush();
        continue;
      }
      await flush();
      await database.query(line.create);
      insert = `INSERT INTO \`${line.table}\` (${line.columns.map((column) => `\`${column}\``).join(', ')}) VALUES ?`;
    }
    await flush();
  } finally {
    await database.end();
  }
}

function connect({ host, port, socketPath, username, password, database }: Server): mysql.Connection {
  return mysql.createConnection({
    ...(socketPath === undefined ? { host, port } : { socketPath }),
    user: username,
    password,
    database,
    charset: 'utf8mb4_bin',
    supportBigNumbers: true,
    dateStrings: true,
  });
}

async function tablesOf(database: Connection): Promise<string[]> {
  const [rows] = await database.query<mysql.RowDataPacket[]>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name`,
  );
  return rows.map((row) => String(row['name']));
}

async function columnsOf(database: Connection, table: string): Promise<string[]> {
  const [rows] = await database.query<mysql.RowDataPacket[]>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? AND generation_expression IS NULL OR
           table_schema = DATABASE() AND table_name = ? AND generation_expression = ''
     ORDER BY ordinal_position`,
    [table, table],
  );
  return rows.map((row) => String(row['name']));
}

function packed(value: unknown): unknown {
  return Buffer.isBuffer(value) ? { [BYTES]: value.toString('base64') } : value;
}

function unpacked(value: unknown): unknown {
  const bytes = typeof value === 'object' && value !== null ? (value as { [BYTES]?: unknown })[BYTES] : undefined;
  return typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : value;
}
