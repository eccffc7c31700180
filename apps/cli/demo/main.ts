import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { SettingsError } from '#libs/config/settings';
import { OperatorError } from '../context.js';
import { positiveNumber } from '../option-values.js';
import { print } from '../output.js';
import { playStory, type StoryOptions } from './story.js';

const program = new Command('npm run demo --')
  .description('Plays the story of 300 complaints in a city of its own and checks that all of it fits together')
  .option('--seed <text>', 'the same seed tells the same story', 'hooghly')
  .option('--count <number>', 'how many complaints of the sample are played', positiveNumber, 300)
  .option('--day <seconds>', 'in how many seconds a day of the play city passes', positiveNumber, 6)
  .option('--running', 'plays in the demo installation that runs here, beside its own city', false)
  .option('--keep', 'keeps the data folder and says where it is', false)
  .action(async (options: Omit<StoryOptions, 'run'>) => {
    const good = await playStory({ ...options, run: randomUUID() });
    process.exitCode = good ? 0 : 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  const expected = error instanceof OperatorError || error instanceof SettingsError;
  print(
    expected || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : `${error.stack}`,
  );
  process.exitCode = 1;
}
// Connections that are kept alive would hold the process for seconds.
process.exit();
