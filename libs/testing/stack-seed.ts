import { join } from 'node:path';
import type { DataSources } from '#libs/persistence/data-sources';
import { createDemoAccounts, importSeed } from '#libs/masters/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';

/** Password of every member of staff in tests. */
export const STACK_PASSWORD = 'monsoon-tram-42';

/** Kolkata and a second, small city, with an account for every post. */
export async function seedStack(sources: DataSources): Promise<void> {
  const unitOfWork = new UnitOfWork(sources);
  const cities: string[] = [];
  for (const folder of ['kolkata', 'nadipur']) {
    const { tenant } = await importSeed(unitOfWork, join(process.cwd(), 'deploy', 'seed', folder));
    cities.push(tenant);
  }
  await createDemoAccounts(unitOfWork, cities, STACK_PASSWORD);
}
