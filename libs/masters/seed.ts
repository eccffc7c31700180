import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImportReport } from '#libs/contracts/api/masters';
import { CsvSource } from './import/csv-source.js';
import { importMaster } from './import/import-master.js';
import type { MasterName } from './import/masters.js';
import type { Writer } from './import/report.js';

/** Files of a seed folder in the order in which one builds on the other. */
const FILES: readonly (readonly [MasterName, string])[] = [
  ['boroughs', 'boroughs.csv'],
  ['wards', 'wards.csv'],
  ['wards', 'wards.geojson'],
  ['departments', 'departments.csv'],
  ['category-names', 'category-names.csv'],
  ['categories', 'categories.csv'],
  ['questions', 'questions.csv'],
  ['users', 'users.csv'],
  ['positions', 'positions.csv'],
  ['staff', 'staff.csv'],
  ['escalation', 'escalation.csv'],
  ['working-week', 'working-week.csv'],
  ['holidays', 'holidays.csv'],
  ['reasons', 'reasons.csv'],
  ['templates', 'templates.csv'],
  ['legacy', 'legacy.csv'],
];

/** A file of the seed has mistakes; nothing of that file was imported. */
export class SeedError extends Error {
  override readonly name = 'SeedError';

  constructor(
    file: string,
    readonly report: ImportReport,
  ) {
    const [first] = report.errors;
    super(
      `${basename(file)}: ${report.errorCount} mistakes, first in row ${first?.row} (${first?.column} "${first?.value}": ${first?.problem}, expected ${first?.expected})`,
    );
  }
}

/**
 * Imports a city's whole folder of masters: `tenants.csv`, whose last row is the city that the other files are about,
 * then those that are there. Importing it again changes nothing.
 * @param base folder that stands in for files which the folder itself does not have
 * @returns the city's code and what each file did
 * @throws SeedError if a file has mistakes
 */
export async function importSeed(
  uow: Writer,
  folder: string,
  base?: string,
): Promise<{ tenant: string; reports: ImportReport[] }> {
  const tenants = join(folder, 'tenants.csv');
  const tenant = await lastTenant(tenants);
  const reports = [await importFile(uow, null, 'tenants', tenants)];
  for (const [master, name] of FILES) {
    const file = await firstExisting([folder, ...(base === undefined ? [] : [base])].map((each) => join(each, name)));
    if (file !== null) reports.push(await importFile(uow, tenant, master, file));
  }
  return { tenant, reports };
}

async function importFile(uow: Writer, tenant: string | null, master: MasterName, file: string): Promise<ImportReport> {
  const input = file.endsWith('.geojson') ? await readFile(file) : createReadStream(file);
  const report = await importMaster(uow, tenant, master, input, { apply: true });
  if (report.errorCount > 0) throw new SeedError(file, report);
  return report;
}

async function lastTenant(file: string): Promise<string> {
  const source = await CsvSource.from(createReadStream(file));
  try {
    let code = '';
    for await (const { cells } of source.records()) code = (cells[0] ?? '').trim().toUpperCase();
    return code;
  } finally {
    await source.close();
  }
}

async function firstExisting(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there) return file;
  }
  return null;
}
