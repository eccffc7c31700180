import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { LessThan } from 'typeorm';
import { AuditLog } from '#libs/casework/audit-log';
import type { Settings } from '#libs/config/settings';
import type { ImportReport } from '#libs/contracts/api/masters';
import {
  CALENDAR_MASTERS,
  importMaster,
  importSeed,
  MASTER_NAMES,
  SeedError,
  UnknownMasterError,
} from '#libs/masters/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { GrievanceEntity, STAGE } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { fromCallersFolder, OperatorError, withDatabase, withTemporal } from '../context.js';
import { print, printJson, table } from '../output.js';
import { cityOf } from './city.js';

interface ImportOptions {
  apply?: boolean;
  takeGoodRows?: boolean;
  tenant?: string;
  base?: string;
  json?: boolean;
}

const SHOWN = 20;
const BY = 'user:operator';

export function addImport(program: Command): void {
  program
    .command('import')
    .argument('<master>', `${MASTER_NAMES.join(', ')}; or seed: a folder with all of them`)
    .argument('<file>', 'CSV file (wards: also GeoJSON); with seed: the folder')
    .description('imports a master; without --apply it only tells what would happen; exit code 1 if rows are bad')
    .option('--apply', 'writes it: all rows or, if any is bad, none')
    .option('--take-good-rows', 'writes the good rows although others are bad')
    .option('--tenant <code>', 'the city, where there are several')
    .option('--base <folder>', 'with seed: stands in for files which the folder does not have')
    .option('--json', 'the report as JSON')
    .action((master: string, file: string, options: ImportOptions) => importFile(master, file, options));
}

async function importFile(master: string, given: string, options: ImportOptions): Promise<void> {
  const path = fromCallersFolder(given);
  if (!existsSync(path)) throw new OperatorError(`There is no file ${path}.`);
  await withDatabase(async ({ settings, sources }) => {
    const reports = await reportsOf(sources, master, path, options);
    if (options.json) printJson(master === 'seed' ? reports : reports[0]);
    else for (const report of reports) print(reportLines(report, options));
    if (reports.some((report) => report.errorCount > 0)) process.exitCode = 1;
    for (const city of await citiesToTell(sources, reports)) await tellOpenCases(settings, sources, city, options);
  });
}

/** Cities whose calendar was written while cases are open: also unchanged, so that an order that failed can be repeated. */
async function citiesToTell({ read }: DataSources, reports: readonly ImportReport[]): Promise<string[]> {
  const written = reports.filter(({ applied, master }) => applied && CALENDAR_MASTERS.has(master));
  const cities = new Set(written.flatMap(({ tenant }) => (tenant === null ? [] : [tenant])));
  const open = [...cities].map(async (tenant) => {
    const found = await read.manager.existsBy(GrievanceEntity, { tenant, stage: LessThan(STAGE.closed) });
    return found ? [tenant] : [];
  });
  return (await Promise.all(open)).flat();
}

async function tellOpenCases(
  settings: Settings,
  sources: DataSources,
  city: string,
  { json = false }: ImportOptions,
): Promise<void> {
  // It brings the Temporal client, for which an import of anything else does not wait.
  const { orderRecompute } = await import('#libs/casework/orders');
  const unitOfWork = new UnitOfWork(sources);
  const audit = new AuditLog(unitOfWork);
  try {
    const { id } = await withTemporal(settings, ({ client }) =>
      orderRecompute({ unitOfWork, temporal: client, audit }, BY, city),
    );
    if (!json) print(`The open cases of ${city} are put on this calendar: order ${id}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(
      `The calendar is in, but the open cases of ${city} keep the old one: ${reason} Then import it once more.`,
    );
  }
}

async function reportsOf(
  sources: DataSources,
  master: string,
  path: string,
  { apply = false, takeGoodRows = false, base, tenant }: ImportOptions,
): Promise<ImportReport[]> {
  const unitOfWork = new UnitOfWork(sources);
  try {
    if (master === 'seed') {
      if (!apply) throw new OperatorError('A seed builds file upon file and cannot be tried out: give --apply.');
      return (await importSeed(unitOfWork, path, base === undefined ? undefined : fromCallersFolder(base))).reports;
    }
    const city = master === 'tenants' ? null : await cityOf(sources, tenant);
    const input = path.endsWith('json') ? await readFile(path) : createReadStream(path);
    return [await importMaster(unitOfWork, city, master, input, { apply, takeGoodRows, by: BY })];
  } catch (error) {
    if (error instanceof UnknownMasterError || error instanceof SeedError) throw new OperatorError(error.message);
    throw error;
  }
}

function reportLines(report: ImportReport, { apply = false }: ImportOptions): string {
  const { master, tenant, rows, good, bad, created, updated, unchanged } = report;
  const verb = report.applied ? 'imported' : apply ? 'not imported' : 'tried out; --apply writes it';
  const lines = [
    `${master}${tenant ? ` of ${tenant}` : ''}: ${verb}. ${rows} rows, ${good} good, ${bad} bad: ` +
      `${created} new, ${updated} changed, ${unchanged} as they were`,
  ];
  const say = (what: string, found: ImportReport['errors'], count: number): void => {
    if (count === 0) return;
    const cells = found
      .slice(0, SHOWN)
      .map(({ row, column, value, problem, expected }) => [
        `  row ${row}`,
        column,
        `"${value}"`,
        `${problem}; expected ${expected}`,
      ]);
    lines.push(`${count} ${what}${count > SHOWN ? `, the first ${SHOWN}` : ''}:`, table(cells));
  };
  say('mistakes', report.errors, report.errorCount);
  say('doubts', report.warnings, report.warningCount);
  return lines.join('\n');
}
