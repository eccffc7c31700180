import type { Command } from 'commander';
import { pendingMigrations, runMigrations } from '#libs/persistence/migrate';
import { withDatabase } from './context.js';
import { print } from './output.js';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('brings the database to the schema of this version')
    .option('--check', 'only tells what would run; exit code 1 if anything')
    .action((options: { check?: boolean }) => migrate(options));
}

async function migrate({ check = false }: { check?: boolean }): Promise<void> {
  await withDatabase(async ({ sources }) => {
    const names = check ? await pendingMigrations(sources) : await runMigrations(sources);
    if (check && names.length > 0) process.exitCode = 1;
    print(names.length > 0 ? `${check ? 'To run' : 'Ran'}: ${names.join(', ')}` : 'The schema is up to date.');
  });
}
