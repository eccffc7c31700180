import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '#libs/config/settings';
import { createDemoAccounts, importMaster, importSeed } from '#libs/masters/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { UnitOfWork } from '#libs/persistence/unit-of-work';

const SEED = fileURLToPath(new URL('../../../../deploy/seed', import.meta.url));
export const SAMPLE = join(SEED, 'kolkata/complaints-sample.csv');
const PLAY = join(SEED, 'play');
export const CITY = 'PLAY';
/** Whose officers must not know that the play city's cases exist. */
export const FOREIGN_CITY = 'NDP';
const DAY_MS = 86_400_000;

export interface Account {
  username: string;
  role: string;
  position: string;
  password: string;
}

/**
 * Imports the play city with its clock, and a second city where there is none, and makes accounts for their posts.
 * @param daySeconds seconds in which a day of the play city passes
 * @returns the accounts of the play city
 */
export async function raiseCity(settings: Settings, sources: DataSources, daySeconds: number): Promise<Account[]> {
  const unitOfWork = new UnitOfWork(sources);
  await importSeed(unitOfWork, join(SEED, 'nadipur'));
  await importSeed(unitOfWork, PLAY, join(SEED, 'kolkata'));
  await setClock(sources, daySeconds);
  const file = join(settings.dataDir, 'demo-accounts.txt');
  const password = passwordIn(file) ?? settings.demoPassword ?? 'tram-depot-at-noon';
  const accounts = new Map<string, Account[]>();
  for (const tenant of [CITY, FOREIGN_CITY]) {
    const lines = await createDemoAccounts(unitOfWork, [tenant], password);
    accounts.set(tenant, lines.slice(1).map(accountOf));
    addLines(file, lines);
  }
  return [...accounts.values()].flat();
}

/** Cases that are lodged from now on live by it. */
export async function setClock(sources: DataSources, daySeconds: number): Promise<void> {
  const tenants = await readFile(join(PLAY, 'tenants.csv'), 'utf8');
  const scale = DAY_MS / (daySeconds * 1_000);
  const paced = tenants.replace(/""clockScale"":[\d.]+/, `""clockScale"":${scale}`);
  const report = await importMaster(new UnitOfWork(sources), null, 'tenants', paced, { apply: true });
  if (report.errorCount > 0) throw new Error(`The play city’s clock cannot be set: ${JSON.stringify(report.errors)}`);
}

function accountOf(line: string): Account {
  const [username = '', role = '', position = '', , , password = ''] = line.split('\t');
  return { username, role, position, password };
}

function passwordIn(file: string): string | null {
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8').split('\n')[1]?.split('\t')[5] ?? null;
}

/** The operator finds the play city's accounts where all others are. */
function addLines(file: string, lines: readonly string[]): void {
  const known = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const all = [...known, ...lines.filter((line) => !known.includes(line))];
  writeFileSync(file, `${all.join('\n')}\n`, { mode: 0o600 });
}
