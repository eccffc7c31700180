import { Command } from 'commander';
import { positiveNumber } from '../option-values.js';
import { benchCore, type CoreOptions } from './core.js';
import { benchFiles, type FileOptions } from './files.js';
import { benchInsight, type InsightOptions } from './insight.js';
import { benchLists, inFolder, type ListOptions } from './lists.js';
import { benchMemory, type MemoryOptions } from './memory.js';
import { reportResults } from './reach.js';
import { benchWebhook, type WebhookOptions } from './webhook.js';

const SECONDS = 5;
const ROUNDS = 3;
const OPEN = 10_000;
const CASES = 1_000_000;
const TIMES = 300;
const LOOKS = 20;

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** One after the other, on databases that are filled once. */
async function benchAll(): Promise<void> {
  const phases = { seconds: SECONDS, rounds: ROUNDS };
  reportResults('core', await benchCore(phases));
  reportResults('webhook', await benchWebhook(phases));
  reportResults('memory', await benchMemory({ open: OPEN }));
  await inFolder(undefined, async (keep) => {
    reportResults('lists', await benchLists({ cases: CASES, times: TIMES, keep }));
    reportResults('insight', await benchInsight({ cases: CASES, times: LOOKS, keep }));
    reportResults('files', await benchFiles({ cases: CASES, keep }));
  });
}

await new Command('bench')
  .description('Measures the product against baselines in the same run; without a name all of it')
  .action(benchAll)
  .addCommand(
    new Command('core')
      .description('registrations and whole lives over HTTP beside bare Temporal')
      .option('--seconds <n>', 'length of each phase', positiveNumber, SECONDS)
      .option('--rounds <n>', 'how often the phases alternate', positiveNumber, ROUNDS)
      .action(async (options: CoreOptions) => reportResults('core', await benchCore(options))),
  )
  .addCommand(
    new Command('lists')
      .description('the lists people live by, beside hand-written SQL for the same rows')
      .option('--cases <n>', 'cases on MariaDB; a tenth of them on SQLite', positiveNumber, CASES)
      .option('--times <n>', 'how often each list is asked for', positiveNumber, TIMES)
      .option('--keep <folder>', 'keeps the filled databases there for the next run')
      .action(async (options: ListOptions) => reportResults('lists', await benchLists(options))),
  )
  .addCommand(
    new Command('insight')
      .description('the insight dashboard with many cases beside itself with ten thousand')
      .option('--cases <n>', 'how many', positiveNumber, CASES)
      .option('--times <n>', 'how often it is looked at', positiveNumber, LOOKS)
      .option('--keep <folder>', 'keeps the filled databases there for the next run')
      .action(async (options: InsightOptions) => reportResults('insight', await benchInsight(options))),
  )
  .addCommand(
    new Command('memory')
      .description('memory of API and worker with many open grievances beside a hundred')
      .option('--open <n>', 'how many', positiveNumber, OPEN)
      .action(async (options: MemoryOptions) => reportResults('memory', await benchMemory(options))),
  )
  .addCommand(
    new Command('files')
      .description('memory of a large export and a large import')
      .option('--cases <n>', 'rows of the export; a tenth of them are imported', positiveNumber, CASES)
      .option('--keep <folder>', 'keeps the filled databases there for the next run')
      .action(async (options: FileOptions) => reportResults('files', await benchFiles(options))),
  )
  .addCommand(
    new Command('webhook')
      .description('messages taken by the WhatsApp webhook beside bare signal-with-start')
      .option('--seconds <n>', 'length of each phase', positiveNumber, SECONDS)
      .option('--rounds <n>', 'how often the phases alternate', positiveNumber, ROUNDS)
      .action(async (options: WebhookOptions) => reportResults('webhook', await benchWebhook(options))),
  )
  .parseAsync();
