import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { grievanceWorkflowId } from '#libs/contracts/temporal/names';
import { GrievanceEntity, HistoryArchiveEntity, HistoryChunkEntity, STAGE } from '#libs/persistence/entities/index';
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
      .leftJoin(HistoryArchiveEntity, 'h', 'h.number = g.number')
      .where('g.stage = :closed', { closed: STAGE.closed })
      .andWhere('h.number IS NULL')
      .orderBy('g.closedAt', 'ASC');
    const cases = await waiting.limit(limit).getMany();
    let archived = 0;
    for (const { number, tenant } of cases) if (await archive(number, tenant)) archived += 1;
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
  try {
    const { raw, status } = await client.workflow.getHandle(workflowId).describe();
    if (status.name === 'RUNNING') return null;
    const runs: ArchivedRun[] = [];
    const info = raw.workflowExecutionInfo;
    let run: string | undefined = info?.firstRunId || info?.execution?.runId || undefined;
    while (run) {
      const history = await client.workflow.getHandle(workflowId, run).fetchHistory();
      const json = historyToJSON(history);
      runs.push({ run, events: history.events?.length ?? 0, compressed: await compress(json) });
      const last = history.events?.at(-1);
      run = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId || undefined;
    }
    return runs;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}
