import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DataSource } from 'typeorm';
import type { HistoryRun } from '../contracts/api/operation.js';
import { grievanceWorkflowId } from '../contracts/temporal/names.js';
import { HistoryArchiveEntity, HistoryChunkEntity } from '../persistence/entities/index.js';
import { deadlineFor, temporalProblem } from './temporal-calls.js';

type Event = temporal.api.history.v1.IHistoryEvent;

/** One run of a case's workflow with Temporal's own events; a long life is a chain of runs. */
export interface RawRun {
  runId: string;
  /** From the archive beside the case, because Temporal has forgotten it. */
  archived: boolean;
  events: readonly Event[];
}

const decompress = promisify(gunzip);

/** What Temporal knows of a case, in short: every run of its workflow, first to last; payloads stay closed. */
export async function historyOf(
  client: Client,
  read: DataSource,
  tenant: string,
  number: string,
): Promise<HistoryRun[]> {
  const runs = await runsOf(client, read, tenant, number);
  return runs.map(({ events, ...run }) => ({ ...run, events: events.map(eventLine) }));
}

/** Every run of a case, first to last: from Temporal as long as it knows them, then from the archive. */
export async function runsOf(client: Client, read: DataSource, tenant: string, number: string): Promise<RawRun[]> {
  const running = await fromTemporal(client, grievanceWorkflowId(tenant, number));
  return running.length > 0 ? running : fromArchive(read, number);
}

async function fromTemporal(client: Client, workflowId: string): Promise<RawRun[]> {
  const runs: RawRun[] = [];
  try {
    await client.withDeadline(deadlineFor('read'), async () => {
      const { raw } = await client.workflow.getHandle(workflowId).describe();
      let runId: string | null | undefined =
        raw.workflowExecutionInfo?.firstRunId || raw.workflowExecutionInfo?.execution?.runId;
      while (runId) {
        const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
        runs.push({ runId, archived: false, events: events ?? [] });
        runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
      }
    });
  } catch (error) {
    // The first runs of a long life may be gone while the last one is still there.
    if (!(error instanceof WorkflowNotFoundError)) throw temporalProblem(error);
  }
  return runs;
}

async function fromArchive(read: DataSource, number: string): Promise<RawRun[]> {
  const rows = await read.manager.find(HistoryArchiveEntity, { where: { number }, order: { position: 'ASC' } });
  const runs: RawRun[] = [];
  for (const { run } of rows.filter((row) => row.events > 0)) {
    const chunks = await read.manager.find(HistoryChunkEntity, { where: { number, run }, order: { part: 'ASC' } });
    const json = await decompress(Buffer.concat(chunks.map((chunk) => chunk.bytes)));
    const { events } = historyFromJSON(JSON.parse(json.toString()));
    runs.push({ runId: run, archived: true, events: events ?? [] });
  }
  return runs;
}

function eventLine(event: Event): HistoryRun['events'][number] {
  const name = nameOf(event);
  const seconds = Number(event.eventTime?.seconds ?? 0);
  return {
    id: Number(event.eventId ?? 0),
    at: new Date(seconds * 1000 + Math.floor((event.eventTime?.nanos ?? 0) / 1e6)).toISOString(),
    type: typeOf(event),
    ...(name ? { name } : {}),
  };
}

function typeOf({ eventType }: Event): string {
  const name = proto.temporal.api.enums.v1.EventType[eventType ?? 0] ?? 'EVENT_TYPE_UNSPECIFIED';
  return name.replace(/^EVENT_TYPE_/, '').toLowerCase();
}

function nameOf(event: Event): string | null | undefined {
  return (
    event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name ??
    event.activityTaskScheduledEventAttributes?.activityType?.name ??
    event.workflowExecutionSignaledEventAttributes?.signalName ??
    event.timerStartedEventAttributes?.timerId ??
    event.timerFiredEventAttributes?.timerId ??
    event.timerCanceledEventAttributes?.timerId ??
    event.workflowExecutionStartedEventAttributes?.workflowType?.name ??
    event.markerRecordedEventAttributes?.markerName
  );
}
