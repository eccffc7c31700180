/**
 * Options of Temporal's development server for a state that is kept in `file`. With the rollback journal, SQLite's
 * default, every step of every case waits for several writes to the disk, one after the other, while the processors
 * idle; a write-ahead log needs one. That one is waited for: what has been acknowledged outlives a power cut.
 * @param {string} file
 */
export const stateIn = (file) => [
  ...['--db-filename', file],
  ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=full'],
];
