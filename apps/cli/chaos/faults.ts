import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../demo/random.js';
import type { World } from './world.js';

/** Longer than the product's longest time-out on each part. */
const FROZEN_MS = { api: 12_000, worker: 14_000, mariadb: 13_000, temporal: 9_000 } as const;
const BROKEN_MS = 8_000;

interface Fault {
  name: string;
  happen(): Promise<void>;
}

/** How often each happened. */
export type FaultCounts = Map<string, number>;

/** Everything that breaks, in an order of chance; ends when all has happened or the time is over. */
export async function breakThings(
  world: World,
  random: Random,
  { kills, freezes, breakages, until }: { kills: number; freezes: number; breakages: number; until: number },
  told: (line: string) => void,
): Promise<FaultCounts> {
  const counts: FaultCounts = new Map();
  for (const { name, happen } of random.shuffled(faultsOf(world, random, kills, freezes, breakages))) {
    if (Date.now() > until) break;
    told(name);
    await happen();
    counts.set(name, (counts.get(name) ?? 0) + 1);
    await sleep(random.between(500, 2_500));
  }
  await world.calm();
  return counts;
}

function faultsOf(world: World, random: Random, kills: number, freezes: number, breakages: number): Fault[] {
  const { standIns, database, temporal } = world;
  const down = (): number => random.between(200, 2_500);
  const kill: Fault[] = [
    { name: 'kill -9 a worker', happen: () => random.pick(world.workers).kill(down()) },
    { name: 'kill -9 an API', happen: () => random.pick(world.apis).kill(down()) },
    { name: 'kill -9 MariaDB', happen: () => database.kill(down()) },
    { name: 'kill -9 Temporal', happen: () => temporal.kill(down()) },
  ];
  const both = async (parts: World['apis']): Promise<void> => {
    await Promise.all(parts.map((part) => part.kill(down())));
  };
  const freeze: Fault[] = [
    { name: 'freeze a worker', happen: () => random.pick(world.workers).freeze(FROZEN_MS.worker) },
    { name: 'freeze an API', happen: () => random.pick(world.apis).freeze(FROZEN_MS.api) },
    { name: 'freeze MariaDB', happen: () => database.freeze(FROZEN_MS.mariadb) },
    { name: 'freeze Temporal', happen: () => temporal.freeze(FROZEN_MS.temporal) },
  ];
  const broken: Fault[] = [
    {
      name: world.ownDisk ? 'fill the disk of the pictures' : 'take the folder of the pictures away',
      happen: async () => {
        const free = world.fillDisk();
        await sleep(BROKEN_MS);
        free();
      },
    },
    {
      name: 'break the SMS gateway',
      happen: async () => {
        standIns.sms = random.pick(['refuses', 'hangs'] as const);
        await sleep(BROKEN_MS);
        standIns.sms = 'fine';
      },
    },
    {
      name: 'break the Graph API',
      happen: async () => {
        standIns.graph = random.pick(['refuses', 'hangs'] as const);
        await sleep(BROKEN_MS);
        standIns.graph = 'fine';
      },
    },
  ];
  return [
    ...repeated(kill, kills),
    ...repeated(freeze, freezes),
    ...repeated(broken, breakages),
    ...(kills > 1
      ? [
          { name: 'kill -9 both workers', happen: () => both(world.workers) },
          { name: 'kill -9 both APIs', happen: () => both(world.apis) },
        ]
      : []),
  ];
}

function repeated(faults: readonly Fault[], times: number): Fault[] {
  return Array.from({ length: times }, () => faults).flat();
}
