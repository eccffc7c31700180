import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSettings } from '#libs/config/settings';
import { OperatorError } from '../context.js';

const FILE = 'manifest.json';
const FORMAT = 1;

/** What a backup holds. Written last: a folder without it is a backup that was not finished. */
export interface Manifest {
  format: typeof FORMAT;
  createdAt: string;
  engine: DatabaseSettings['engine'];
  /** Names the key that opens Temporal's payloads; tells nothing of it. */
  codecKeyId: string;
  /** Absent: Temporal is a cluster of its own, with a backup of its own. */
  temporal?: string;
  database: string;
  pictures: number;
  withSecrets: boolean;
  /** SHA-256 by file name. */
  sums: Record<string, string>;
}

export async function writeManifest(
  folder: string,
  manifest: Omit<Manifest, 'format' | 'createdAt' | 'sums'>,
): Promise<Manifest> {
  const sums: Record<string, string> = {};
  for (const name of [manifest.database, manifest.temporal])
    if (name !== undefined) sums[name] = await sumOf(join(folder, name));
  const whole: Manifest = { format: FORMAT, createdAt: new Date().toISOString(), ...manifest, sums };
  writeFileSync(join(folder, FILE), `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

/** Reads it and checks every file it names. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, FILE);
  if (!existsSync(path))
    throw new OperatorError(`${folder} is no backup, or one that was not finished: it has no ${FILE}.`);
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  if (manifest.format !== FORMAT)
    throw new OperatorError(`${path}: this version reads backups of format ${FORMAT} alone.`);
  for (const [name, sum] of Object.entries(manifest.sums)) {
    const file = join(folder, name);
    if (!existsSync(file) || (await sumOf(file)) !== sum)
      throw new OperatorError(`${file} is not what was written: the backup is damaged, and nothing was restored.`);
  }
  return manifest;
}

export function sizeOf(folder: string, name: string): number {
  return statSync(join(folder, name)).size;
}

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
