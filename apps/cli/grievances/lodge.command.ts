import { InvalidArgumentError, type Command } from 'commander';
import { LOCALES, SOURCES } from '#libs/domain/case/names';
import { print, printJson } from '../output.js';
import { caseLines } from './case-lines.js';
import { withCasework } from './operator.js';

interface LodgeOptions {
  tenant?: string;
  category: string;
  ward?: string;
  lat?: number;
  lon?: number;
  landmark?: string;
  mobile?: string;
  name?: string;
  locale?: string;
  source?: string;
  key?: string;
  json?: boolean;
}

export function addLodge(program: Command): void {
  program
    .command('lodge')
    .argument('<description>', 'the complaint in the words of whoever makes it')
    .description('lodges a complaint for a citizen; answers its number')
    .requiredOption('--category <code>', 'code of the sub-category')
    .option('--ward <code>', 'code or number of the ward; or give a place')
    .option('--lat <degrees>', 'latitude', degrees)
    .option('--lon <degrees>', 'longitude', degrees)
    .option('--landmark <text>', 'how to find the place')
    .option('--mobile <number>', "the citizen's mobile number; without one nobody can be told or asked")
    .option('--name <name>', "the citizen's name")
    .option('--locale <code>', `language to write to them in: ${LOCALES.join(', ')}`)
    .option('--source <source>', `how it came: ${SOURCES.join(', ')}`)
    .option('--tenant <code>', 'the city, where there are several')
    .option('--key <key>', 'idempotency key: the same command again is the same case')
    .option('--json', 'the case view as JSON')
    .action((description: string, options: LodgeOptions) => lodge(description, options));
}

async function lodge(description: string, options: LodgeOptions): Promise<void> {
  const { category, mobile, name, key, json = false, ...place } = options;
  const citizen = { ...(mobile ? { mobile } : {}), ...(name ? { name } : {}) };
  await withCasework(async ({ casework, operator, zoneOf }) => {
    const view = await casework.register(operator, { ...place, subCategory: category, description, citizen }, key);
    if (json) printJson(view);
    else print(caseLines(view, await zoneOf(view.tenant)));
  });
}

function degrees(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError('expected degrees, such as 22.5726');
  return value;
}
