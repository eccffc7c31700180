import { mkdirSync } from 'node:fs';
import type { Command } from 'commander';
import type { Settings } from '#libs/config/settings';
import type { DataSources } from '#libs/persistence/data-sources';
import { runMigrations } from '#libs/persistence/migrate';
import { ensureNamespace, ensureSearchAttributes } from '#libs/temporal/cluster';
import { withDatabase, withTemporal } from '../context.js';
import { print } from '../output.js';
import { prepareDemo } from './demo.js';

/** What must stand before API and worker start; run by `npm start`, and by whoever deploys without it. */
export function addPrepare(program: Command): void {
  program
    .command('prepare')
    .description('migrates the database, imports the demo masters on a first start, prepares the Temporal namespace')
    .action(prepare);
}

async function prepare(): Promise<void> {
  await withDatabase(async ({ settings, sources }) => {
    for (const warning of settings.warnings) print(warning);
    if (settings.media.kind === 'folder') mkdirSync(settings.media.path, { recursive: true });
    await Promise.all([prepareRecord(settings, sources), prepareCluster(settings)]);
  });
}

async function prepareRecord(settings: Settings, sources: DataSources): Promise<void> {
  const ran = await runMigrations(sources);
  if (ran.length > 0) print(`Database prepared (${ran.join(', ')})`);
  if (settings.demo) await prepareDemo(settings, sources);
}

async function prepareCluster(settings: Settings): Promise<void> {
  const { namespace, embedded } = settings.temporal;
  await withTemporal(settings, async ({ connection }) => {
    const reports = [
      await ensureNamespace(connection, namespace, { own: embedded }),
      await ensureSearchAttributes(connection, namespace),
    ];
    for (const report of reports) if (!report.ok) print(report.message);
  });
}
