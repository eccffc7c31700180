import { setTimeout as sleep } from 'node:timers/promises';
import {
  AttachmentEntity,
  GrievanceEntity,
  GrievanceEventEntity,
  NotificationEntity,
} from '#libs/persistence/entities/index';
import { examineDeeply } from '../doctor/deep/deep.js';
import { replayBundle } from '../doctor/deep/replayer.js';
import type { Life } from './lives.js';
import type { World } from './world.js';

/** One line of the table. */
export interface Check {
  what: string;
  good: number;
  of: number;
  /** The first of those that are not good. */
  examples: string[];
}

const DELIVERY_MS = 180_000;
const MOST_EXAMPLES = 5;
const MOST_REOPENS = 2;

/** What was promised against what the record, the gateway and the workflows have. */
export async function judge(world: World, promises: readonly Life[]): Promise<Check[]> {
  await everythingSaid(world, DELIVERY_MS);
  const { manager } = world.sources.read;
  const rows = await manager.find(GrievanceEntity);
  const events = await manager.find(GrievanceEventEntity, { order: { number: 'ASC', seq: 'ASC' } });
  const notifications = await manager.find(NotificationEntity);
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const byMark = new Map<string, GrievanceEntity[]>();
  for (const row of rows) {
    const mark = /chaos\d{5}/.exec(row.description)?.[0] ?? '';
    byMark.set(mark, [...(byMark.get(mark) ?? []), row]);
  }
  const eventsOf = new Map<string, GrievanceEventEntity[]>();
  for (const event of events) eventsOf.set(event.number, [...(eventsOf.get(event.number) ?? []), event]);
  const acknowledged = promises.filter(({ number }) => number !== null);
  const rowOf = ({ number }: Life): GrievanceEntity | undefined => byNumber.get(number ?? '');
  const rated = acknowledged.filter(({ withdrawn }) => !withdrawn);
  const checks = [
    check(
      'lives that came to their end',
      promises,
      (each) => each.ended,
      (each) => `${each.mark}: ${each.failure ?? 'still running'}`,
    ),
    check('acknowledged registrations in the record', acknowledged, (each) => rowOf(each) !== undefined, nameOf),
    check('of them closed', acknowledged, (each) => rowOf(each)?.state === 'closed', nameOf),
    check(
      'complaints recorded once',
      promises,
      (each) => (byMark.get(each.mark)?.length ?? 0) === 1,
      (each) => `${each.mark}: ${(byMark.get(each.mark) ?? []).map(({ number }) => number).join(', ') || 'not at all'}`,
    ),
    check('ratings as sent', rated, (each) => sameRatings(each, eventsOf.get(each.number ?? '') ?? []), nameOf),
    check('reopen counts as sent', rated, (each) => rowOf(each)?.reopens === reopensOf(each), nameOf),
    check(
      'cases with gapless events',
      rows,
      (row) => gapless(row, eventsOf.get(row.number) ?? []),
      ({ number }) => number,
    ),
    check('messages sent, or failed with a reason', notifications, settled, ({ id, status }) => `${id}: ${status}`),
    check(
      'sent messages known to the gateway',
      notifications.filter(bySms),
      ({ id }) => world.standIns.sent.has(id),
      ({ id }) => id,
    ),
    await picturesThere(world, promises, byNumber),
  ];
  const { refused, taken } = world.caller;
  checks.push({
    what: 'webhook calls taken in the end',
    good: taken,
    of: taken + refused.length,
    examples: [...new Set(refused)].slice(0, MOST_EXAMPLES),
  });
  const { settings, sources, temporalClient } = world;
  const report = await examineDeeply({
    settings,
    sources,
    client: temporalClient.client,
    bundle: await replayBundle(),
    mend: false,
  });
  checks.push({
    what: 'cases equal in record and workflow',
    good: report.equal,
    of: rows.length,
    examples: report.differences
      .slice(0, MOST_EXAMPLES)
      .map(({ number, problems }) => `${number}: ${problems.join('; ')}`),
  });
  return checks;
}

/** Until every message has gone or was given up, and every report of it has come; not longer than the time given, ms. */
export async function everythingSaid(world: World, patienceMs: number): Promise<void> {
  for (const giveUp = Date.now() + patienceMs; Date.now() < giveUp; await sleep(500)) {
    const queued = await world.sources.read.manager.countBy(NotificationEntity, { status: 'queued' });
    if (queued === 0 && world.caller.pending === 0) return;
  }
}

async function picturesThere(
  world: World,
  promises: readonly Life[],
  rows: ReadonlyMap<string, GrievanceEntity>,
): Promise<Check> {
  const numbers = new Set((await world.sources.read.manager.find(AttachmentEntity)).map(({ number }) => number));
  const wanted = promises.filter(({ photo, number }) => photo && rows.has(number ?? ''));
  return check('cases with their picture', wanted, ({ number }) => numbers.has(number), nameOf);
}

function check<T>(what: string, all: readonly T[], good: (each: T) => boolean, told: (each: T) => string): Check {
  const bad = all.filter((each) => !good(each));
  return { what, good: all.length - bad.length, of: all.length, examples: bad.slice(0, MOST_EXAMPLES).map(told) };
}

function nameOf({ mark, number }: Life): string {
  return `${mark} ${number ?? ''}`;
}

function sameRatings({ ratings }: Life, events: readonly GrievanceEventEntity[]): boolean {
  const recorded = events.filter(({ event }) => event === 'rated').map(({ data }) => data['rating']);
  return JSON.stringify(recorded) === JSON.stringify(ratings);
}

function reopensOf({ ratings }: Life): number {
  return Math.min(ratings.filter((rating) => rating <= 2).length, MOST_REOPENS);
}

function gapless({ version }: GrievanceEntity, events: readonly GrievanceEventEntity[]): boolean {
  return events.length === version && events.every(({ seq }, index) => seq === index + 1);
}

function settled({ status, error }: NotificationEntity): boolean {
  return status === 'failed' ? error !== null : status !== 'queued';
}

function bySms({ channel, status }: NotificationEntity): boolean {
  return channel === 'sms' && ['sent', 'delivered', 'read'].includes(status);
}
