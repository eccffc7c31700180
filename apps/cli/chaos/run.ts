import { setTimeout as sleep } from 'node:timers/promises';
import { AppUserEntity, HoldingEntity } from '#libs/persistence/entities/index';
import { Random } from '../demo/random.js';
import { duration } from '../output.js';
import { ChaosClient } from './client.js';
import { breakThings, type FaultCounts } from './faults.js';
import { Lives, type Citizen } from './lives.js';
import { registerWithoutDatabase, withdrawAll, type OutageResult } from './outage.js';
import { restartInTurn } from './rolling.js';
import { everythingSaid, judge, type Check } from './verdict.js';
import { World } from './world.js';

export interface ChaosOptions {
  seed: string;
  cases: number;
  minutes: number;
  short: boolean;
  keep: boolean;
}

export interface ChaosReport {
  seed: string;
  ok: boolean;
  seconds: number;
  outage: Omit<OutageResult, 'lodged'>;
  faults: Record<string, number>;
  tries: number;
  repeated: number;
  webhooks: { taken: number; repeated: number };
  smsTwice: number;
  checks: Check[];
}

const CITIZENS = 12;
const MOST_AT_ONCE = 60;
/** What is left of the time for the last lives and the verdict. */
const CALM_MS = 60_000;
/** A restart is to be judged for itself, and not for what an outage left to be done. */
const LEFT_OVER_MS = 60_000;
/** Registrations without a database, at each of the two processes. */
const LONG_OUTAGE = [100, 100];
const SHORT_OUTAGE = [100, 20];

/** Plays lives while things break, and compares what was promised with what is there. */
export async function runChaos(options: ChaosOptions, tell: (line: string) => void): Promise<ChaosReport> {
  const begin = Date.now();
  const told = (line: string): void => tell(`${duration(Date.now() - begin).padEnd(12)} ${line}`);
  const random = new Random(options.seed);
  const world = new World(new Random(`${options.seed}/webhooks`));
  try {
    told('Starting two APIs, two workers, MariaDB and Temporal');
    await world.start();
    const client = new ChaosClient(() => world.urls, new Random(`${options.seed}/client`));
    const lives = new Lives(world, client, new Random(`${options.seed}/lives`), await accountsOf(world));
    const citizens: Citizen[] = [];
    for (let n = 0; n < CITIZENS; n++) citizens.push(await lives.citizen(`+9198300${String(10_000 + n)}`));
    told('Registering while the database is down');
    const wanted = options.short ? SHORT_OUTAGE : LONG_OUTAGE;
    const outage = await registerWithoutDatabase(world, client, lives, citizens, wanted);
    const { taken, doubled } = outage;
    told('Waiting until what that left over is done, then restarting every process in turn under load');
    await everythingSaid(world, LEFT_OVER_MS);
    const rolling = await restartInTurn(world, client, lives, citizens);
    told(`Playing ${options.cases} lives while parts die`);
    const until = begin + options.minutes * 60_000 - CALM_MS;
    const extent = options.short ? { kills: 1, freezes: 0, breakages: 1 } : { kills: 3, freezes: 2, breakages: 2 };
    const breaking = breakThings(world, random, { ...extent, until }, (name) => told(`  ${name}`));
    const withdrawn = withdrawAll(client, outage);
    const counts = await playAll(lives, citizens, options, breaking, until);
    await withdrawn;
    told('Waiting for the last messages, then comparing what was promised with what is there');
    const checks = await judge(world, lives.all);
    checks.push(...rolling);
    const allTaken = taken.every((count, index) => count === wanted[index]) && doubled === 0;
    return {
      seed: options.seed,
      ok: allTaken && checks.every(({ good, of }) => good === of),
      seconds: Math.round((Date.now() - begin) / 1000),
      outage: { taken, wanted, doubled },
      faults: Object.fromEntries([...counts].sort()),
      tries: client.tries,
      repeated: client.repeated,
      webhooks: { taken: world.caller.taken, repeated: world.caller.repeated },
      smsTwice: [...world.standIns.sent.values()].filter(({ times }) => times > 1).length,
      checks,
    };
  } finally {
    await world.stop(options.keep);
    if (options.keep) told(`Everything is kept in ${world.where}`);
  }
}

/** The lives begin evenly over the time in which things break, so that each moment has some in their middle. */
async function playAll(
  lives: Lives,
  citizens: readonly Citizen[],
  { cases, short }: ChaosOptions,
  breaking: Promise<FaultCounts>,
  until: number,
): Promise<FaultCounts> {
  let broken = false;
  void breaking.then(
    () => (broken = true),
    () => (broken = true),
  );
  const expected = short ? 30_000 : Math.min(240_000, Math.max(30_000, until - Date.now()));
  const running = new Set<Promise<void>>();
  for (let n = 0; n < cases; n++) {
    const citizen = citizens[n % citizens.length];
    if (!citizen) break;
    const life = lives.live(citizen).finally(() => running.delete(life));
    running.add(life);
    while (running.size >= MOST_AT_ONCE) await Promise.race(running);
    if (!broken) await sleep(expected / cases);
  }
  const counts = await breaking;
  await Promise.all(running);
  return counts;
}

/** Position → user name of whoever holds it. */
async function accountsOf(world: World): Promise<Map<string, string>> {
  const { manager } = world.sources.read;
  const known = new Set(
    (await manager.find(AppUserEntity, { select: { username: true } })).map((user) => user.username),
  );
  const holdings = await manager.findBy(HoldingEntity, { kind: 'holder' });
  return new Map(
    holdings.flatMap(({ position, username }) =>
      username !== null && known.has(username) ? [[position, username]] : [],
    ),
  );
}
