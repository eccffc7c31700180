import { Command, InvalidArgumentError } from 'commander';
import { benchCore, type CoreOptions } from './core.js';

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('expected a number above 0');
  return value;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

await new Command('bench')
  .description('Measures the product against baselines in the same run')
  .addCommand(
    new Command('core')
      .description('registrations and whole lives over HTTP beside bare Temporal')
      .option('--seconds <n>', 'length of each phase', positive, 5)
      .option('--rounds <n>', 'how often the phases alternate', positive, 3)
      .action((options: CoreOptions) => benchCore(options)),
    { isDefault: true },
  )
  .parseAsync();
