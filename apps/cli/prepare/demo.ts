import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '#libs/config/settings';
import { TenantEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import type { DataSources } from '#libs/persistence/data-sources';
import { randomPassword } from '../accounts/password.command.js';
import { OperatorError } from '../context.js';
import { print } from '../output.js';

const SEED = fileURLToPath(new URL('../../../../deploy/seed/kolkata', import.meta.url));

/** Masters and accounts of the demo, as far as they are missing: nearly always nothing, so the importer waits to be needed. */
export async function prepareDemo(settings: Settings, sources: DataSources): Promise<void> {
  const unitOfWork = new UnitOfWork(sources);
  const file = join(settings.dataDir, 'demo-accounts.txt');
  // The accounts are the last thing made: without them an earlier start was ended in the middle, and goes on here.
  if (!existsSync(file) || (await sources.read.manager.countBy(TenantEntity, { kind: 'ulb' })) === 0) {
    print('Importing the masters of Kolkata');
    const { importSeed } = await import('#libs/masters/index');
    await importSeed(unitOfWork, SEED).catch((error: unknown) => {
      throw error instanceof Error && error.name === 'SeedError' ? new OperatorError(error.message) : error;
    });
  }
  const known = passwordIn(file);
  if (known !== null && (settings.demoPassword ?? known) === known) return;
  print('Making the demo accounts');
  const { createDemoAccounts } = await import('#libs/masters/index');
  const cities = await sources.read.manager.findBy(TenantEntity, { kind: 'ulb' });
  const codes = cities.map((city) => city.code);
  const lines = await createDemoAccounts(unitOfWork, codes, settings.demoPassword ?? randomPassword());
  // Whole or not at all: an interrupted start must not leave a file that looks finished.
  writeFileSync(`${file}.tmp`, `${lines.join('\n')}\n`, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

function passwordIn(file: string): string | null {
  if (!existsSync(file)) return null;
  const [heading = '', first = ''] = readFileSync(file, 'utf8').split('\n');
  return first.split('\t')[heading.split('\t').indexOf('password')] ?? null;
}
