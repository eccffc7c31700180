import Database from 'libsql';

/** Writers of the copied file are let through for so long before the copy gives up. */
const BUSY_MS = 30_000;

/** A consistent copy of an SQLite file, also while others write to it. */
export function copySqlite(from: string, to: string): void {
  const database = new Database(from);
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    database.exec(`VACUUM INTO '${to.replaceAll("'", "''")}'`);
  } finally {
    database.close();
  }
}
