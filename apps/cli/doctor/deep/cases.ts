import type { Client } from '@temporalio/client';
import { In, MoreThan, type DataSource } from 'typeorm';
import { runsOf, type RawRun } from '#libs/casework/history';
import { WORKFLOW_TYPES } from '#libs/contracts/temporal/names';
import { GrievanceEntity, GrievanceEventEntity } from '#libs/persistence/entities/index';
import type { Recorded } from './compare.js';

/** Cases looked at together: bounds the memory however many there are. */
const PAGE = 400;
/** Histories read at once. */
const AT_ONCE = 16;

export interface CaseName {
  number: string;
  tenant: string;
}

/** Every case that the record, Temporal or the archive knows, page by page, each once. */
export async function* allCases(client: Client, read: DataSource): AsyncGenerator<CaseName[]> {
  const unseen = await casesInTemporal(client);
  for (let after = ''; ;) {
    const page = await read.manager.find(GrievanceEntity, {
      select: { number: true, tenant: true },
      where: { number: MoreThan(after) },
      order: { number: 'ASC' },
      take: PAGE,
    });
    for (const { number } of page) unseen.delete(number);
    if (page.length > 0) yield page.map(({ number, tenant }) => ({ number, tenant }));
    if (page.length < PAGE) break;
    after = page.at(-1)?.number ?? '';
  }
  const lost = [...(await archivedAlone(read)).filter(({ number }) => !unseen.has(number))];
  lost.push(...[...unseen].map(([number, tenant]) => ({ number, tenant })));
  for (let from = 0; from < lost.length; from += PAGE) yield lost.slice(from, from + PAGE);
}

async function casesInTemporal(client: Client): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const query = `WorkflowType = '${WORKFLOW_TYPES.grievance}'`;
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 })) {
    const [, tenant, number] = workflowId.split('/');
    if (tenant !== undefined && number !== undefined) found.set(number, tenant);
  }
  return found;
}

async function archivedAlone(read: DataSource): Promise<CaseName[]> {
  return read.manager.query<CaseName[]>(
    `SELECT DISTINCT a.number AS number, a.tenant AS tenant FROM history_archive a
     LEFT JOIN grievance g ON g.number = a.number WHERE g.number IS NULL AND a.events > 0`,
  );
}

export async function recordOf(read: DataSource, numbers: readonly string[]): Promise<Map<string, Recorded>> {
  const where = { number: In([...numbers]) };
  const [rows, events] = await Promise.all([
    read.manager.find(GrievanceEntity, { where }),
    read.manager.find(GrievanceEventEntity, { where, order: { number: 'ASC', seq: 'ASC' } }),
  ]);
  const found = new Map<string, { row: GrievanceEntity | null; events: GrievanceEventEntity[] }>(
    numbers.map((number) => [number, { row: null, events: [] }]),
  );
  for (const row of rows) found.set(row.number, { row, events: [] });
  for (const event of events) found.get(event.number)?.events.push(event);
  return found;
}

/** From Temporal, else from the archive. */
export async function historiesOf(
  client: Client,
  read: DataSource,
  cases: readonly CaseName[],
): Promise<Map<string, RawRun[]>> {
  const found = new Map<string, RawRun[]>();
  const queue = [...cases];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift())
      found.set(next.number, await runsOf(client, read, next.tenant, next.number));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}
