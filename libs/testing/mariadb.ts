import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';

const ROOT = join(import.meta.dirname, '..', '..');

function binary(name: string): string {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/libexec'];
  const found = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`${name} is not installed: the database tests need a real MariaDB (package mariadb-server)`);
  return found;
}

/** One server for all test processes of a working copy; the keeper stops it after the last of them. */
async function serverSocket(): Promise<string> {
  const mariadbd = binary('mariadbd');
  const installDb = binary('mariadb-install-db');
  const name = createHash('sha256')
    .update(`${ROOT} ${process.getuid?.() ?? ''}`)
    .digest('hex')
    .slice(0, 10);
  const folder = join(tmpdir(), `pratikar-mariadb-${name}`);
  const socket = join(folder, 's.sock');
  for (let waited = 0; waited < 90_000; waited += 100) {
    try {
      mkdirSync(folder);
      mkdirSync(join(folder, 'users'));
      const keeper = join(import.meta.dirname, 'mariadb-keeper.mjs');
      spawn(process.execPath, [keeper, folder, mariadbd, installDb], {
        detached: true,
        stdio: 'ignore',
        env: { PATH: process.env.PATH },
      }).unref();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    try {
      // Also what keeps the server: the keeper counts the living processes named here.
      writeFileSync(join(folder, 'users', String(process.pid)), '');
      if (existsSync(join(folder, 'failed'))) {
        const reason = readFileSync(join(folder, 'failed'), 'utf8');
        rmSync(folder, { recursive: true, force: true });
        throw new Error(`The private MariaDB of the tests did not start: ${reason}`);
      }
      if (existsSync(join(folder, 'ready'))) return socket;
      const stale = Date.now() - statSync(folder).birthtimeMs > 120_000;
      if (stale) rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      // The keeper is just removing the folder: begin anew.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await sleep(100);
  }
  throw new Error('The private MariaDB of the tests did not start within 90 s');
}

export interface PrivateDatabase {
  /** For the DATABASE_URL of a process under test. */
  url: string;
  socketPath: string;
  database: string;
  drop(): Promise<void>;
}

async function withServer<T>(use: (connection: mysql.Connection) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const socketPath = await serverSocket();
    try {
      const connection = await mysql.createConnection({ socketPath, user: 'root' });
      try {
        return await use(connection);
      } finally {
        await connection.end();
      }
    } catch (error) {
      // Left behind by a keeper that was killed: its folder says "ready" and nobody listens.
      const { code } = error as NodeJS.ErrnoException;
      if (attempt === 3 || (code !== 'ECONNREFUSED' && code !== 'ENOENT')) throw error;
      rmSync(join(socketPath, '..'), { recursive: true, force: true });
    }
  }
}

/** A fresh, empty database on the private MariaDB. */
export async function privateMariaDb(): Promise<PrivateDatabase> {
  const database = `t_${randomBytes(6).toString('hex')}`;
  await withServer((connection) => connection.query(`CREATE DATABASE ${database}`));
  const socketPath = await serverSocket();
  return {
    url: `mariadb://root@localhost/${database}?socket=${encodeURIComponent(socketPath)}`,
    socketPath,
    database,
    drop: async () => {
      await withServer((connection) => connection.query(`DROP DATABASE IF EXISTS ${database}`));
    },
  };
}
