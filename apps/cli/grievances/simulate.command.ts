import type { Command } from 'commander';
import { print, printJson, table } from '../output.js';
import { withCasework } from './operator.js';

interface SimulateOptions {
  ward?: string;
  lat?: string;
  lon?: string;
  at?: string;
  tenant?: string;
  json?: boolean;
}

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .argument('<category>', 'code of the sub-category')
    .description('tells who would get such a complaint, when it would be due, and who is next if nobody answers')
    .option('--ward <code>', 'code or number of the ward; or give a place')
    .option('--lat <degrees>', 'latitude')
    .option('--lon <degrees>', 'longitude')
    .option('--at <time>', 'time of registration, ISO 8601; now if absent')
    .option('--tenant <code>', 'the city, where there are several')
    .option('--json', 'as JSON')
    .action((category: string, options: SimulateOptions) => simulate(category, options));
}

async function simulate(subCategory: string, { json = false, lat, lon, ...rest }: SimulateOptions): Promise<void> {
  const point = {
    ...(lat === undefined ? {} : { lat: Number(lat) }),
    ...(lon === undefined ? {} : { lon: Number(lon) }),
  };
  await withCasework(async ({ casework, operator }) => {
    const found = await casework.simulate(operator, { subCategory, ...rest, ...point });
    if (json) return printJson(found);
    const named = ({ designation, position, name }: { designation: string; position: string; name?: string }): string =>
      `${designation} (${[position, name].filter(Boolean).join(', ')})`;
    const rows = [
      ['Registered', found.registeredAt, `${found.subCategory}, ${found.department}, ward ${found.ward}`],
      ['Owner', '', found.owner ? named(found.owner) : `none: ${named(found.gro)} assigns it`],
      ['Due', found.dueAt, ''],
      ...found.levels.map((level) => [`Level ${level.level}`, level.from, `${named(level)}, until ${level.dueAt}`]),
    ];
    print(table(rows));
  });
}
