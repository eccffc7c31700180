import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { deriveKeys } from '#libs/config/keys';
import { loadSettings } from '#libs/config/settings';
import { fromCallersFolder, OperatorError } from '../context.js';
import { print } from '../output.js';
import { sizeOf, writeManifest } from './manifest.js';
import { dumpServer } from './server-dump.js';
import { copyForeignSqlite, copySqlite } from './sqlite-copy.js';

/** Names inside a backup. */
export const PICTURES = 'media';
export const TEMPORAL_FILE = 'temporal.db';
/** Of a demo: without them its accounts and payloads are lost, with them the backup opens everything. */
export const SECRET_FILES = ['secret-key', 'demo-accounts.txt'];

const MEGABYTE = 1024 * 1024;

export function addBackup(program: Command): void {
  program
    .command('backup')
    .argument('<folder>', 'a new or an empty folder')
    .description('copies database, pictures and the embedded Temporal, while everything runs')
    .option('--with-secrets', "puts the demo's secret key and accounts beside the data they protect")
    .action((folder: string, options: { withSecrets?: boolean }) => backup(fromCallersFolder(folder), options));
}

async function backup(folder: string, { withSecrets = false }: { withSecrets?: boolean }): Promise<void> {
  const settings = loadSettings();
  const { dataDir, database, media } = settings;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0) throw new OperatorError(`${folder} is not empty: name a new folder.`);
  // The record first: what happens meanwhile is then in Temporal, from which the record can be mended, and every picture
  // that the record names lies there already.
  const file = database.engine === 'sqlite' ? 'database.sqlite' : 'database.jsonl.gz';
  if (database.engine === 'sqlite') copySqlite(database.file, join(folder, file));
  else await dumpServer(database, join(folder, file));
  print(`Database: ${megabytes(folder, file)}`);
  if (media.kind === 's3') print('Pictures: in a bucket of their own. Back it up by its own means.');
  else if (existsSync(media.path))
    cpSync(media.path, join(folder, PICTURES), { recursive: true, preserveTimestamps: true });
  const pictures = countFiles(join(folder, PICTURES));
  if (media.kind === 'folder') print(`Pictures: ${pictures}`);
  const embedded = join(dataDir, TEMPORAL_FILE);
  const hasTemporal = settings.temporal.embedded && existsSync(embedded);
  if (hasTemporal) {
    copyForeignSqlite(embedded, join(folder, TEMPORAL_FILE));
    print(`Temporal: ${megabytes(folder, TEMPORAL_FILE)}`);
  } else print('Temporal: a cluster of its own. Back up its database by its own means, now or later than this one.');
  if (withSecrets) {
    for (const name of SECRET_FILES)
      if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(folder, name));
  }
  await writeManifest(folder, {
    engine: database.engine,
    codecKeyId: deriveKeys(settings.secretKey).codecKeyId,
    ...(hasTemporal ? { temporal: TEMPORAL_FILE } : {}),
    database: file,
    pictures,
    withSecrets,
  });
  print(
    withSecrets
      ? `Done. ${folder} holds the secret key: whoever reads it reads everything. Keep it as you keep that.`
      : `Done. SECRET_KEY is not in it, and without it nothing of Temporal can be read: keep it elsewhere.`,
  );
}

function megabytes(folder: string, name: string): string {
  return `${(sizeOf(folder, name) / MEGABYTE).toFixed(1)} MB`;
}

export function countFiles(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}
