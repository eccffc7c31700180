import type { Command } from 'commander';
import { runsOf } from '#libs/casework/history';
import { deriveKeys } from '#libs/config/keys';
import { codecFor } from '#libs/temporal/data-converter';
import { findCase } from '../grievances/find-case.js';
import { OperatorError, withDatabase, withTemporal } from '../context.js';
import { clock, print, printJson, table } from '../output.js';
import { PayloadReader } from './payloads.js';
import { HistoryWords } from './words.js';

export function addHistory(program: Command): void {
  program
    .command('history')
    .argument('<number>', 'grievance number, such as KMC-26-0001234-5')
    .description("Temporal's history of a case in words: who did what, timers set and fired, retries")
    .option('--json', 'as JSON')
    .action((number: string, options: { json?: boolean }) => history(number, options));
}

async function history(given: string, { json = false }: { json?: boolean }): Promise<void> {
  await withDatabase(({ settings, sources }) =>
    withTemporal(settings, async ({ client }) => {
      const { number, tenant, zone } = await findCase(sources.read, given);
      const runs = await runsOf(client, sources.read, tenant, number);
      if (runs.length === 0) throw new OperatorError(`Neither Temporal nor the archive has a history of ${number}.`);
      const codec = codecFor(deriveKeys(settings.secretKey), ...settings.previousSecretKeys.map(deriveKeys));
      const told = [];
      for (const run of runs) {
        const lines = await new HistoryWords(new PayloadReader(codec), zone).tell(run.events);
        told.push({ run: run.runId, events: run.events.length, archived: run.archived, lines });
      }
      if (json) return printJson({ number, tenant, runs: told });
      for (const [index, { run, events, archived, lines }] of told.entries()) {
        const which = told.length > 1 ? `, run ${index + 1} of ${told.length}` : '';
        print(`${number}${which}: ${events} events${archived ? ', from the archive' : ''} (run ${run})`);
        print(table(lines.map((line) => [`  ${clock(line.at, zone)}`, String(line.event), line.text])));
      }
    }),
  );
}
