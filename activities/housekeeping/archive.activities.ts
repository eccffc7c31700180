import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { grievanceWorkflowId } from '#libs/contracts/temporal/names';
import { GrievanceEntity, HistoryArchiveEntity, HistoryChunkEntity } from '#libs/persistence/entities/index';
import type { DataSources } from '#libs/persistence/data-sources';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';

/** Bytes of one chunk: below the 64 kB of a blob column on every engine. */
export const CHUNK_BYTES = 60_000;
/** Stands for a case whose history Temporal no longer had; keeps it from being looked for each minute. */
export const FORGOTTEN_RUN = 'forgotten';

export interface ArchiveParts {
  sources: DataSources;
  unitOfWork: UnitOfWork;
  client: Client;
}

interface ArchivedRun {
  run: string;
  events: number;
  compressed: Buffer;
}

const compress = promisify(gzip);

/** Stores the histories of closed cases as Temporal gives them (payloads stay encrypted), gzip-compressed JSON. */
export function createArchiveActivity({ sources, unitOfWork, client }: ArchiveParts) {
  async function archive(number: string, tenant: string): Promise<boolean> {
    const runs = await closedRuns(client, grievanceWorkflowId(tenant, number));
    if (runs === null) return false;
    const rows = runs.length > 0 ? runs : [{ run: FORGOTTEN_RUN, events: 0, compressed: Buffer.alloc(0) }];
    const archivedAt = Date.now();
    await unitOfWork.run(async (em) => {
      await em.update(GrievanceEntity, { number }, { toArchive: null });
      if (await em.existsBy(HistoryArchiveEntity, { number })) return;
      for (const [position, { run, events, compressed }] of rows.entries()) {
        const chunks = chunksOf(compressed);
        const row = {
          number,
          run,
          tenant,
          position,
          events,
          bytes: compressed.length,
          parts: chunks.length,
          archivedAt,
        };
        await em.insert(HistoryArchiveEntity, row);
        for (const [part, bytes] of chunks.entries()) await em.insert(HistoryChunkEntity, { number, run, part, bytes });
      }
    });
    return true;
  }

  return async function archiveClosed(limit: number): Promise<{ archived: number; left: number }> {
    const waiting = sources.read.manager
      .createQueryBuilder(GrievanceEntity, 'g')
      .select(['g.number', 'g.tenant'])
      // A range, so that the index is used: it holds the waiting cases alone, however many are closed.
      .where('g.toArchive > 0')
      .orderBy('g.toArchive', 'ASC');
    const cases = await waiting.limit(limit).getMany();
    let archived = 0;
    const failures: unknown[] = [];
    for (const { number, tenant } of cases) {
      // One history that cannot be stored must not keep the others from it.
      const done = await archive(number, tenant).catch((error: unknown) => void failures.push(error));
      if (done) archived += 1;
    }
    if (archived === 0 && failures.length > 0) throw failures[0];
    const left = cases.length < limit ? cases.length - archived : await waiting.limit(undefined).getCount();
    return { archived, left };
  };
}

export function chunksOf(bytes: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) chunks.push(bytes.subarray(from, from + CHUNK_BYTES));
  return chunks;
}

/** All runs of a case, first to last. Null while the last one still runs; empty when Temporal knows none. */
async function closedRuns(client: Client, workflowId: string): Promise<ArchivedRun[] | null> {
  const description = await unlessForgotten(client.workflow.getHandle(workflowId).describe());
  if (!description) return [];
  if (description.status.name === 'RUNNING') return null;
  const info = description.raw.workflowExecutionInfo;
  const runs = await runsFrom(client, workflowId, info?.firstRunId);
  // The first runs of a long life may be forgotten while the last one is still there.
  return runs.length > 0 ? runs : runsFrom(client, workflowId, info?.execution?.runId);
}

async function runsFrom(client: Client, workflowId: string, first: string | null | undefined): Promise<ArchivedRun[]> {
  const runs: ArchivedRun[] = [];
  for (let run = first; run;) {
    const history = await unlessForgotten(client.workflow.getHandle(workflowId, run).fetchHistory());
    if (!history) break;
    runs.push({ run, events: history.events?.length ?? 0, compressed: await compress(historyToJSON(history)) });
    run = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return runs;
}

async function unlessForgotten<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
