import { createHash } from 'node:crypto';
import { In, type DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { GrievanceEntity, GrievanceEventEntity, NotificationEntity } from '#libs/persistence/entities/index';

const AT_ONCE = 100;

/** A case as the record has it, with all that happened to it and all that was said about it. */
export interface RecordedCase {
  /** Number of the complaint in the sample. */
  complaint: number;
  plot: string;
  row: GrievanceEntity;
  events: GrievanceEventEntity[];
  messages: NotificationEntity[];
}

export interface PlayedCase {
  number: string;
  complaint: number;
  plot: string;
}

/** Reads cases in order of their complaints; one without a row is left out. */
export async function readRecord(read: DataSource, played: readonly PlayedCase[]): Promise<RecordedCase[]> {
  const numbers = played.map(({ number }) => number);
  const rows = new Map((await findAll(read, GrievanceEntity, numbers)).map((row) => [row.number, row]));
  const events = byNumber(await findAll(read, GrievanceEventEntity, numbers));
  const messages = byNumber(await findAll(read, NotificationEntity, numbers));
  return [...played]
    .sort((a, b) => a.complaint - b.complaint)
    .flatMap(({ number, complaint, plot }) => {
      const row = rows.get(number);
      if (!row) return [];
      const log = (events.get(number) ?? []).sort((a, b) => a.seq - b.seq);
      return [{ complaint, plot, row, events: log, messages: messages.get(number) ?? [] }];
    });
}

async function findAll<T extends ObjectLiteral & { number: string }>(
  read: DataSource,
  entity: EntityTarget<T>,
  numbers: readonly string[],
): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const where = { number: In(numbers.slice(at, at + AT_ONCE)) } as never;
    found.push(...(await read.manager.find(entity, { where })));
  }
  return found;
}

function byNumber<T extends { number: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.number);
    if (group) group.push(row);
    else groups.set(row.number, [row]);
  }
  return groups;
}

/** The story without its times: equal for equal stories, whatever numbers the cases got and whoever came first. */
export function digestOf(cases: readonly RecordedCase[]): string {
  const lines = cases.map(({ complaint, row, events }) => {
    const happened = events.map(({ event, actorRole }) => `${event}/${actorRole}`).join(' ');
    return `${complaint} ${happened} ${row.outcome ?? row.state}`;
  });
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}
