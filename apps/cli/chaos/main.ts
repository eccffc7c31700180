import 'reflect-metadata';
import { Command } from 'commander';
import { OperatorError } from '../context.js';
import { positiveNumber } from '../option-values.js';
import { duration, print, printJson, table } from '../output.js';
import { runChaos, type ChaosOptions, type ChaosReport } from './run.js';

const SHORT_CASES = 24;

function inWords({
  seed,
  ok,
  seconds,
  outage,
  faults,
  tries,
  repeated,
  webhooks,
  smsTwice,
  checks,
}: ChaosReport): string {
  const happened = Object.entries(faults).map(([name, times]) => [`  ${name}`, String(times)]);
  const taken = outage.taken.map((count, index) => `${count} of ${outage.wanted[index] ?? 0}`).join(' and ');
  const rows = checks.map(({ what, good, of, examples }) => [
    good === of ? 'ok  ' : 'LOST',
    what,
    `${good} of ${of}`,
    examples.join(' | '),
  ]);
  return [
    '',
    `Seed ${seed}, ${duration(seconds * 1000)}`,
    'What broke',
    table(happened),
    'What was asked',
    table([
      ['  requests', `${tries}, of them ${repeated} had to be repeated`],
      ['  webhook calls', `${webhooks.taken} taken, ${webhooks.repeated} had to be repeated`],
      ['  SMS that came twice', `${smsTwice} (a time-out leaves open whether it went)`],
      ['  registrations with the database down', `${taken}; ${outage.doubled} doubled by a repeat elsewhere`],
    ]),
    'What is there',
    table(rows),
    '',
    ok ? 'Nothing is lost.' : 'Something is lost.',
  ].join('\n');
}

const program = new Command('npm run chaos --')
  .description('Kills, freezes and breaks the parts of an installation of its own while cases live in it')
  .option('--seed <text>', 'the same seed breaks the same things in the same order', 'hooghly')
  .option('--cases <number>', 'how many cases live meanwhile', positiveNumber)
  .option('--minutes <number>', 'after this time nothing more is broken', positiveNumber, 10)
  .option('--short', 'a minute or so: each part dies once', false)
  .option('--keep', 'keeps data and logs and says where they are', false)
  .option('--json', 'the report as JSON', false)
  .action(async ({ json, ...given }: Omit<ChaosOptions, 'cases'> & { cases?: number; json: boolean }) => {
    const options = { ...given, cases: given.cases ?? (given.short ? SHORT_CASES : 500) };
    const report = await runChaos(options, (line) => void (json ? process.stderr.write(`${line}\n`) : print(line)));
    if (json) printJson(report);
    else print(inWords(report));
    process.exitCode = report.ok ? 0 : 1;
  });

// Interrupted, it ends what it started: their guard is the exit of this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

try {
  await program.parseAsync();
} catch (error) {
  print(error instanceof OperatorError ? error.message : error instanceof Error ? `${error.stack}` : String(error));
  process.exitCode = 1;
}
// Connections that are kept alive would hold the process for seconds.
process.exit();
