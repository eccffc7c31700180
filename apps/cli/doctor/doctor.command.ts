import { mkdirSync } from 'node:fs';
import type { Command } from 'commander';
import { loadSettings, type Settings } from '#libs/config/settings';
import { createDataSources } from '#libs/persistence/data-sources';
import { OperatorError, withDatabase, withTemporal } from '../context.js';
import { print, printJson, table } from '../output.js';
import {
  apiFinding,
  channelsFinding,
  databaseFindings,
  diskFinding,
  temporalFindings,
  type Finding,
} from './checks.js';
import { examineDeeply, type DeepReport } from './deep/deep.js';
import { replayBundle } from './deep/replayer.js';

interface DoctorOptions {
  json?: boolean;
  deep?: boolean;
  mend?: boolean;
}

/** Cases that are told one by one; the others are counted. */
const MOST_TOLD = 100;

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('checks every part and says what is wrong; exit code 1 if anything is')
    .option('--deep', 'compares the record of every case with its workflow, too')
    .option('--mend', 'with --deep: puts the record right where it differs')
    .option('--json', 'as JSON')
    .action((options: DoctorOptions) => doctor(options));
}

async function doctor({ json = false, deep = false, mend = false }: DoctorOptions): Promise<void> {
  if (mend && !deep) throw new OperatorError('--mend goes with --deep.');
  const findings = await examine();
  const reachable = findings.every(
    ({ ok, part }) => ok || !['settings', 'database', 'migrations', 'temporal'].includes(part),
  );
  const report = deep && reachable ? await compare(mend) : null;
  if (report) findings.push(recordFinding(report));
  const ok = findings.every((finding) => finding.ok);
  if (json) printJson({ ok, findings, ...(report ? { record: report } : {}) });
  else print(inWords(findings, report));
  process.exitCode = ok ? 0 : 1;
}

function compare(mend: boolean): Promise<DeepReport> {
  return withDatabase(({ settings, sources }) =>
    withTemporal(settings, async ({ client }) =>
      examineDeeply({ settings, sources, client, bundle: await replayBundle(), mend }),
    ),
  );
}

function recordFinding({ checked, equal, waiting, withoutHistory, differences }: DeepReport): Finding {
  const left = differences.filter(({ mended }) => !mended).length;
  const mended = differences.length - left;
  const detail = [
    `${checked} cases compared with their workflows: ${equal} equal`,
    ...(waiting > 0 ? [`${waiting} wait for a worker`] : []),
    ...(withoutHistory > 0 ? [`${withoutHistory} closed ones without a history`] : []),
    ...(mended > 0 ? [`${mended} mended`] : []),
    ...(left > 0 ? [`${left} differ: npx pratikar doctor --deep --mend`] : []),
  ].join(', ');
  return { part: 'record', ok: left === 0, detail };
}

function inWords(findings: readonly Finding[], report: DeepReport | null): string {
  const lines = [table(findings.map((finding) => [finding.ok ? 'ok' : 'WRONG', finding.part, finding.detail]))];
  const differences = report?.differences ?? [];
  for (const { number, problems, mended } of differences.slice(0, MOST_TOLD))
    lines.push(`${mended ? 'mended' : 'WRONG '}  ${number}  ${problems.join('; ')}`);
  if (differences.length > MOST_TOLD) lines.push(`… and ${differences.length - MOST_TOLD} more (--json tells all)`);
  return lines.join('\n');
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
  return [first, channelsFinding(settings), ...disk, ...database, ...temporal, ...api];
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
