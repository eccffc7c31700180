import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { temporal as proto } from '@temporalio/proto';
import { grievanceWorkflowId } from '#libs/contracts/temporal/names';
import { MastersService } from '#libs/masters/index';
import { connectTemporal } from '#libs/temporal/connection';
import { duration, print } from '../output.js';
import { Cast } from './cast.js';
import { castParts } from './casting.js';
import { contradictionsIn, figuresByState, historyCost, type HistoryCost } from './checks.js';
import { CITY, raiseCity, SAMPLE, setClock, type Account } from './city.js';
import { Client } from './client.js';
import { readComplaints } from './complaints.js';
import { Director } from './director.js';
import { missingFrom } from './expectations.js';
import { joinRunning, startOwn, type Installation } from './installation.js';
import { Mailbox } from './mailbox.js';
import { digestOf, readRecord, type PlayedCase, type RecordedCase } from './record.js';
import { figures } from './report.js';
import type { Stage } from './scene.js';
import { Tally } from './tally.js';
import { tellCase } from './telling.js';
import { Turns } from './turns.js';
import { Watcher } from './watcher.js';

export interface StoryOptions {
  seed: string;
  count: number;
  /** Seconds in which a day of the play city passes. */
  day: number;
  running: boolean;
  keep: boolean;
  run: string;
}

type HistoryEvent = proto.api.history.v1.IHistoryEvent;

const PARALLEL_REQUESTS = 8;
/** Cases that are worked on at the same time, not counting those that wait for a clock. */
const CASES_AT_ONCE = 10;
const PROBES = 200;
const PROBES_ON_A_QUIET_MACHINE_MS = 1_500;
const MOST_TIMES_SLOWER = 4;
/** API and worker look whether masters have changed at most every two seconds. */
const MASTERS_READ_AGAIN_MS = 2_500;
const PROGRESS_EVERY_MS = 5_000;
const MESSAGES_WITHIN_MS = 60_000;
/** From this many complaints on a story must bring everything there is. */
const WHOLE_STORY = 150;
/** Plots of which one case each is told in words. */
const SAMPLES = [
  'done and rated well',
  'reopened twice, closed as dissatisfied',
  'up two levels, then directed',
  'neighbours follow, and all of them rate',
  'work of another department',
];

/** Plays the story, prints what happened, and answers whether all of it was as it should be. */
export async function playStory(options: StoryOptions): Promise<boolean> {
  const begun = Date.now();
  print(`The play city: ${options.count} complaints, a day in ${options.day} s, seed “${options.seed}”`);
  const { installation, accounts } = await setUp(options);
  print(`  ${installation.url} is ready after ${duration(Date.now() - begun)}`);
  if (options.keep) print(`  Data: ${installation.settings.dataDir}`);
  const story = new Story(options, installation, accounts);
  try {
    return await story.tell(begun);
  } finally {
    await story.end();
    await installation.close();
  }
}

async function setUp({
  day,
  running,
  keep,
}: StoryOptions): Promise<{ installation: Installation; accounts: Account[] }> {
  let accounts: Account[] = [];
  if (running) {
    const installation = await joinRunning();
    accounts = await raiseCity(installation.settings, installation.sources, day);
    return { installation, accounts };
  }
  const installation = await startOwn(async (settings, sources) => {
    accounts = await raiseCity(settings, sources, day);
  }, keep);
  return { installation, accounts };
}

/** The record did not answer a local activity in time, or the worker not a workflow task. */
function tellsOfSlowness(event: HistoryEvent): boolean {
  return Boolean(event.activityTaskScheduledEventAttributes ?? event.workflowTaskTimedOutEventAttributes);
}

class Story {
  private readonly mailbox: Mailbox;
  private readonly watcher: Watcher;
  private readonly client: Client;
  private readonly tally = new Tally();
  private readonly untold = new Set(SAMPLES);
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: StoryOptions,
    private readonly installation: Installation,
    accounts: readonly Account[],
  ) {
    this.mailbox = new Mailbox(installation.settings.dataDir);
    this.watcher = new Watcher(installation.sources.read, CITY);
    const passwords = new Map(accounts.map(({ username, password }) => [username, password]));
    this.client = new Client(installation.url, passwords, this.mailbox, PARALLEL_REQUESTS);
  }

  async tell(begun: number): Promise<boolean> {
    const { options, installation, tally } = this;
    const masters = await new MastersService(installation.sources, { demo: installation.settings.demo }).snapshot(CITY);
    const parts = castParts(await readComplaints(SAMPLE), masters, options.seed, options.count);
    const stage: Stage = {
      seed: options.seed,
      run: options.run,
      client: this.client,
      watcher: this.watcher,
      cast: new Cast(masters),
      tally,
      turns: new Turns(CASES_AT_ONCE),
      dayMs: options.day * 1_000,
    };
    const director = new Director(stage, {
      begun: ({ number }) => this.pace(stage, number),
      ended: (played) => this.sample(played),
    });
    this.watcher.start();
    const progress = setInterval(() => this.progress(begun, director, parts.length), PROGRESS_EVERY_MS);
    await director.play(parts).finally(() => clearInterval(progress));
    this.progress(begun, director, parts.length);
    await this.telling;
    const cases = await this.settled(director.played);
    return this.judge(cases, begun);
  }

  async end(): Promise<void> {
    await this.watcher.stop();
    await this.mailbox.close();
  }

  /** Gives the city a slower clock where commands would come after deadlines they are meant to be ahead of. */
  private async pace(stage: Stage, number: string): Promise<void> {
    const auditor = { kind: 'staff', username: 'auditor' } as const;
    const path = `/api/v1/grievances/${number}`;
    await this.client.get(auditor, path);
    const begin = Date.now();
    await Promise.all(Array.from({ length: PROBES }, () => this.client.get(auditor, path)));
    const tookMs = Date.now() - begin;
    const slower = Math.min(MOST_TIMES_SLOWER, tookMs / PROBES_ON_A_QUIET_MACHINE_MS);
    if (slower <= 1) return;
    const day = this.options.day * slower;
    print(
      `  This machine is busy (${PROBES} questions took ${duration(tookMs)}): a day passes in ${day.toFixed(1)} s instead`,
    );
    await setClock(this.installation.sources, day);
    stage.dayMs = day * 1_000;
    await sleep(MASTERS_READ_AGAIN_MS);
  }

  private progress(begun: number, { running, done }: Director, parts: number): void {
    const { tally } = this;
    print(
      `  ${duration(Date.now() - begun).padEnd(11)} ${tally.lodged} lodged, ${running} plots running, ${done} of ${parts} ended; ` +
        `${tally.commands.total} commands, ${tally.refusals.total} refusals, ${tally.troubles.length} troubles`,
    );
  }

  private sample(played: PlayedCase): void {
    if (!this.untold.delete(played.plot)) return;
    this.telling = this.telling.then(async () => {
      const [found] = await readRecord(this.installation.sources.read, [played]);
      if (found) print(`\n${tellCase(found)}\n`);
    });
  }

  /** The record once the last messages are out, but for those that wait for the morning. */
  private async settled(played: readonly PlayedCase[]): Promise<RecordedCase[]> {
    const giveUp = Date.now() + MESSAGES_WITHIN_MS;
    for (;;) {
      const cases = await readRecord(this.installation.sources.read, played);
      const now = Date.now();
      const waiting = cases.flatMap(({ messages }) =>
        messages.filter(({ status, notBefore }) => status === 'queued' && notBefore <= now),
      );
      if (waiting.length === 0) return cases;
      if (now > giveUp) {
        this.tally.troubles.push(`${waiting.length} messages were not sent, such as ${waiting[0]?.id ?? ''}`);
        return cases;
      }
      await sleep(300);
    }
  }

  private async judge(cases: readonly RecordedCase[], begun: number): Promise<boolean> {
    const { tally, options, client } = this;
    const { cost, slow } = await this.cost(cases);
    const faults = [
      ...tally.troubles,
      ...cases.flatMap(contradictionsIn),
      ...cost.faults.map(({ number, text }) => `${number}: ${text}`),
      ...(await this.counted(cases)),
    ];
    const missing = options.count >= WHOLE_STORY ? missingFrom(cases, tally) : [];
    print(`\n${figures(cases, tally, cost)}\n`);
    const repeats = client.repeats > 0 ? `, ${client.repeats} of them repeats under the same key` : '';
    print(
      `  ${client.requests} requests${repeats}; the closest command came ${Math.round(tally.closestMs)} ms before a deadline (${tally.closestIn})`,
    );
    if (slow > 0) {
      print(`  ${slow} cases cost more history, because record or worker did not answer in time on this machine`);
    }
    if (tally.late > 0) {
      print(
        `  ${tally.late} commands came after a deadline they were meant to be ahead of: this machine was too busy for the same story twice`,
      );
    }
    print(`  Story ${digestOf(cases)} (seed “${options.seed}”), told in ${duration(Date.now() - begun)}`);
    for (const fault of faults) print(`  WRONG    ${fault}`);
    for (const what of missing) print(`  MISSING  ${what} did not occur`);
    const good = faults.length + missing.length === 0 && cases.length > 0;
    print(
      good
        ? `  All ${cases.length} cases are as they should be`
        : `  ${faults.length} faults, ${missing.length} missing`,
    );
    return good;
  }

  /** History lengths; a case that cost more because the machine was too slow for it is counted, not blamed. */
  private async cost(cases: readonly RecordedCase[]): Promise<{ cost: HistoryCost; slow: number }> {
    const temporal = await connectTemporal(this.installation.settings);
    const handleOf = (number: string): WorkflowHandle =>
      temporal.client.workflow.getHandle(grievanceWorkflowId(CITY, number));
    try {
      const lengths = new Map<string, number>();
      for (const { row } of cases) lengths.set(row.number, (await handleOf(row.number).describe()).historyLength);
      const cost = historyCost(cases, lengths);
      const faults: HistoryCost['faults'] = [];
      for (const fault of cost.faults) {
        const { events } = await handleOf(fault.number).fetchHistory();
        if (!events?.some(tellsOfSlowness)) faults.push(fault);
      }
      return { cost: { ...cost, faults }, slow: cost.faults.length - faults.length };
    } finally {
      await temporal.close();
    }
  }

  /** Figures from the log against those of the rows, and where the city has no other cases against those of the API. */
  private async counted(cases: readonly RecordedCase[]): Promise<string[]> {
    const { log, rows } = figuresByState(cases);
    const faults = [...rows].filter(([name, count]) => log.get(name) !== count);
    const told = faults.map(([name, count]) => `${count} cases are ${name}, the log says ${log.get(name) ?? 0}`);
    if (this.options.running) return told;
    const auditor = { kind: 'staff', username: 'auditor' } as const;
    const { body } = await this.client.get<{ total: number }>(auditor, '/api/v1/grievances/count?state=closed');
    const closed = cases.filter(({ row }) => row.state === 'closed').length;
    return body.total === closed ? told : [...told, `the API counts ${body.total} closed cases, the record ${closed}`];
  }
}
