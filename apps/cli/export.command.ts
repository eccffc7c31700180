import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { exportMaster, MASTER_NAMES, UnknownMasterError } from '#libs/masters/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { fromCallersFolder, OperatorError, withDatabase } from './context.js';
import { recordCsv } from './grievances/record-csv.js';
import { cityOf } from './masters/city.js';

interface ExportOptions {
  tenant?: string;
  personal?: boolean;
  out?: string;
}

export function addExport(program: Command): void {
  program
    .command('export')
    .argument(
      '<what>',
      `cases, events (the log from which every figure follows), or a master: ${MASTER_NAMES.join(', ')}`,
    )
    .description('writes the record or a master as CSV; of the record, without columns that tell of persons')
    .option('--tenant <code>', 'one city alone; a master: the city, where there are several')
    .option('--personal', 'with names, mobile numbers and texts')
    .option('--out <file>', 'to a file; absent: to the screen')
    .action((what: string, options: ExportOptions) => exportCsv(what, options));
}

async function exportCsv(what: string, options: ExportOptions): Promise<void> {
  await withDatabase(async ({ sources }) => {
    const csv = await source(sources, what, options);
    const out = options.out === undefined ? process.stdout : createWriteStream(fromCallersFolder(options.out));
    await pipeline(csv, out, { end: out !== process.stdout }).catch((error: unknown) => {
      if (error instanceof UnknownMasterError) throw new OperatorError(`${error.message}, cases, events.`);
      // Whoever reads our output may stop early, as `head` does.
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    });
  });
}

async function source(sources: DataSources, what: string, options: ExportOptions): Promise<Readable> {
  if (what === 'cases' || what === 'events') return recordCsv(sources.read, what, options.tenant, options.personal);
  const city = await cityOf(sources, options.tenant);
  return Readable.from(exportMaster(sources.read.manager, city, what), { objectMode: false });
}
