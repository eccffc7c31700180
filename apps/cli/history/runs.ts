import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import type { temporal } from '@temporalio/proto';
import type { DataSource } from 'typeorm';
import { HistoryArchiveEntity, HistoryChunkEntity } from '#libs/persistence/entities/index';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** One run of a workflow; a long life is a chain of them. */
export interface Run {
  id: string;
  events: readonly HistoryEvent[];
  /** From the archive beside the case, because Temporal has forgotten it. */
  archived: boolean;
}

const decompress = promisify(gunzip);

/** All runs of a case, first to last: from Temporal as long as it knows them, then from the archive. */
export async function runsOf(client: Client, read: DataSource, number: string, workflowId: string): Promise<Run[]> {
  return (await liveRuns(client, workflowId)) ?? (await archivedRuns(read, number));
}

async function liveRuns(client: Client, workflowId: string): Promise<Run[] | null> {
  const runs: Run[] = [];
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    const info = raw.workflowExecutionInfo;
    let id = info?.firstRunId || info?.execution?.runId;
    while (id) {
      const { events } = await client.workflow.getHandle(workflowId, id).fetchHistory();
      runs.push({ id, events: events ?? [], archived: false });
      id = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    }
    return runs;
  } catch (error) {
    // The first runs of a long life may be gone while the last one is still there.
    if (error instanceof WorkflowNotFoundError) return runs.length > 0 ? runs : null;
    throw error;
  }
}

async function archivedRuns(read: DataSource, number: string): Promise<Run[]> {
  const rows = await read.manager.find(HistoryArchiveEntity, { where: { number }, order: { position: 'ASC' } });
  const runs: Run[] = [];
  for (const { run } of rows.filter((row) => row.events > 0)) {
    const chunks = await read.manager.find(HistoryChunkEntity, { where: { number, run }, order: { part: 'ASC' } });
    const json = await decompress(Buffer.concat(chunks.map((chunk) => chunk.bytes)));
    const { events } = historyFromJSON(JSON.parse(json.toString()));
    runs.push({ id: run, events: events ?? [], archived: true });
  }
  return runs;
}
