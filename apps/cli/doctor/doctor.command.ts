import { mkdirSync } from 'node:fs';
import type { Command } from 'commander';
import { loadSettings, type Settings } from '#libs/config/settings';
import { createDataSources } from '#libs/persistence/data-sources';
import { withTemporal } from '../context.js';
import { print, printJson, table } from '../output.js';
import { apiFinding, databaseFindings, diskFinding, temporalFindings, type Finding } from './checks.js';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('checks every part and says what is wrong; exit code 1 if anything is')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => doctor(options));
}

async function doctor({ json = false }: { json?: boolean }): Promise<void> {
  const findings = await examine();
  const ok = findings.every((finding) => finding.ok);
  if (json) printJson({ ok, findings });
  else print(table(findings.map((finding) => [finding.ok ? 'ok' : 'WRONG', finding.part, finding.detail])));
  process.exitCode = ok ? 0 : 1;
}

async function examine(): Promise<Finding[]> {
  let settings: Settings;
  try {
    settings = loadSettings();
  } catch (error) {
    return [{ part: 'settings', ok: false, detail: messageOf(error) }];
  }
  mkdirSync(settings.dataDir, { recursive: true });
  const first: Finding = {
    part: 'settings',
    ok: true,
    detail: [settings.demo ? 'demo' : 'no demo', ...settings.warnings].join('; '),
  };
  const [disk, database, temporal, api] = await Promise.all([
    attempt('disk', async () => [await diskFinding(settings)]),
    attempt('database', async () => {
      const sources = await createDataSources(settings);
      return databaseFindings(sources).finally(() => sources.close());
    }),
    attempt('temporal', () =>
      withTemporal(settings, ({ connection }) => temporalFindings(connection, settings.temporal)),
    ),
    attempt('api', async () => [await apiFinding(settings)]),
  ]);
  return [first, ...disk, ...database, ...temporal, ...api];
}

async function attempt(part: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [{ part, ok: false, detail: messageOf(error) }];
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
