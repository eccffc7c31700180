import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optional, type Environment } from './readers.js';
import { SettingsError } from './settings-error.js';

const EXPECTED = 'at least 32 random characters, such as the output of `openssl rand -hex 32`';

function checked(variable: string, key: string): string {
  if (key.length < 32) throw new SettingsError(variable, `it has ${key.length} characters`, EXPECTED);
  if (new Set(key).size < 8) throw new SettingsError(variable, 'it is not random', EXPECTED);
  return key;
}

/** The key all others are derived from. In demo made on first start, readable by its owner alone. */
export function secretKey(env: Environment, demo: boolean, dataDir: string): string {
  const given = optional(env, 'SECRET_KEY');
  if (given !== undefined) return checked('SECRET_KEY', given);
  if (!demo) throw new SettingsError('SECRET_KEY', 'it is absent, and only the demo makes its own', EXPECTED);
  const file = join(dataDir, 'secret-key');
  try {
    mkdirSync(dataDir, { recursive: true });
    // `wx`: API and worker may start at once, and only one may make the key.
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new SettingsError(
        'DATA_DIR',
        `"${file}" cannot be written (${(error as Error).message})`,
        'a writable folder',
      );
  }
  return checked(file, readFileSync(file, 'utf8').trim());
}

export function previousSecretKeys(keys: readonly string[]): string[] {
  return keys.map((key) => checked('SECRET_KEY_PREVIOUS', key));
}
