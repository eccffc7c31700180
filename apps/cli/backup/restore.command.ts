import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { readEnvFile } from '#libs/config/env-file';
import { deriveKeys } from '#libs/config/keys';
import { loadSettings, type Settings } from '#libs/config/settings';
import { createDataSources } from '#libs/persistence/data-sources';
import { NumberBlockEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { fromCallersFolder, OperatorError } from '../context.js';
import { print } from '../output.js';
import { countFiles, PICTURES, SECRET_FILES, TEMPORAL_FILE } from './backup.command.js';
import { readManifest, type Manifest } from './manifest.js';
import { loadServer } from './server-dump.js';

/** Numbers that may have been given out since the record was copied: they are not given out again. */
const NUMBERS_LEFT_OUT = 10_000;

export function addRestore(program: Command): void {
  program
    .command('restore')
    .argument('<folder>', 'a backup')
    .description('puts a backup into an empty DATA_DIR (and an empty database); then start, and doctor --deep --mend')
    .action((folder: string) => restore(fromCallersFolder(folder)));
}

async function restore(folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  const settings = settingsFor(folder, manifest);
  const { dataDir, database, media } = settings;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new OperatorError(`DATA_DIR: ${dataDir} is not empty. Restore into a new folder; nothing is ever replaced.`);
  if ((database.engine === 'sqlite') !== (manifest.engine === 'sqlite'))
    throw new OperatorError(`The backup is of ${manifest.engine}, and DATABASE_URL leads to ${database.engine}.`);
  if (countFiles(join(folder, PICTURES)) !== manifest.pictures)
    throw new OperatorError(`${join(folder, PICTURES)} has not the ${manifest.pictures} pictures of the backup.`);
  mkdirSync(dataDir, { recursive: true });
  if (database.engine === 'sqlite') copyFileSync(join(folder, manifest.database), database.file);
  else await loadServer(database, join(folder, manifest.database));
  if (existsSync(join(folder, PICTURES))) {
    if (media.kind === 's3')
      throw new OperatorError('The backup has pictures in a folder: copy them to the bucket of MEDIA_URL yourself.');
    cpSync(join(folder, PICTURES), media.path, { recursive: true });
  }
  if (manifest.temporal !== undefined) copyFileSync(join(folder, manifest.temporal), join(dataDir, TEMPORAL_FILE));
  for (const name of SECRET_FILES)
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(dataDir, name));
  await leaveNumbersOut(settings);
  print(`Restored what was saved at ${manifest.createdAt} into ${dataDir}.`);
  print(
    'Start Pratikar, then run npx pratikar doctor --deep --mend: it takes over what happened while the copy was made.',
  );
}

/** Not as any other command: in a demo reading the settings would make a new secret key in the folder to be filled. */
function settingsFor(folder: string, { codecKeyId }: Manifest): Settings {
  const saved = join(folder, 'secret-key');
  const key = existsSync(saved) ? readFileSync(saved, 'utf8').trim() : undefined;
  const given = key ?? process.env['SECRET_KEY'] ?? readEnvFile('.env')['SECRET_KEY'];
  const settings = loadSettings({ ...process.env, SECRET_KEY: given ?? randomBytes(32).toString('hex') });
  if (deriveKeys(settings.secretKey).codecKeyId !== codecKeyId)
    throw new OperatorError(
      `SECRET_KEY: it is ${given === undefined ? 'absent' : 'another one'}; expected the one under which the backup was made.`,
    );
  return settings;
}

async function leaveNumbersOut(settings: Settings): Promise<void> {
  const sources = await createDataSources(settings);
  try {
    await new UnitOfWork(sources).run((em) =>
      em
        .createQueryBuilder()
        .update(NumberBlockEntity)
        .set({ next: () => `next + ${NUMBERS_LEFT_OUT}` })
        .execute(),
    );
  } finally {
    await sources.close();
  }
}
