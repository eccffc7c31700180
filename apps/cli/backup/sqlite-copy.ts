import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import Database from 'libsql';

/** Writers of the copied file are let through for so long before the copy gives up. */
const BUSY_MS = 30_000;
const COPY = 'require("node:fs").copyFileSync(process.argv[1], process.argv[2])';

/** A consistent copy of an SQLite file of ours, also while others write to it; none of them waits. */
export function copySqlite(from: string, to: string): void {
  withDatabase(from, (database) => database.exec(`VACUUM INTO '${to.replaceAll("'", "''")}'`));
}

/**
 * A consistent copy of anybody's SQLite file; whoever writes to it waits meanwhile. Temporal's schema quotes strings in a
 * way that not every SQLite accepts, so that it cannot be written anew: the file is copied as it is.
 */
export function copyForeignSqlite(from: string, to: string): void {
  withDatabase(from, (database) => {
    database.exec('BEGIN IMMEDIATE');
    // By another process: when one closes a file, it loses all locks that it has on it.
    for (const part of ['', '-wal'])
      if (existsSync(from + part)) execFileSync(process.execPath, ['-e', COPY, from + part, to + part]);
    database.exec('ROLLBACK');
  });
  // One file, whatever journal it had.
  withDatabase(to, (database) => database.pragma('journal_mode = DELETE'));
}

function withDatabase(file: string, work: (database: Database.Database) => unknown): void {
  const database = new Database(file);
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    work(database);
  } finally {
    database.close();
  }
}
