import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DataSource } from 'typeorm';
import { maskDigits } from '../config/log-masking.js';
import type { HistoryEvent, HistoryRun } from '../contracts/api/operation.js';
import { grievanceWorkflowId } from '../contracts/temporal/names.js';
import { HistoryArchiveEntity, HistoryChunkEntity } from '../persistence/entities/index.js';
import { causeOf } from '../temporal/failures.js';
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

/**
 * What Temporal knows of a case, in short: every run of its workflow, first to last. Of payloads only the causes of
 * failures are opened.
 */
export async function historyOf(
  client: Client,
  read: DataSource,
  tenant: string,
  number: string,
): Promise<HistoryRun[]> {
  const runs = await runsOf(client, read, tenant, number);
  const { payloadCodecs } = client.options.loadedDataConverter;
  return Promise.all(
    runs.map(async ({ events, ...run }) => ({ ...run, events: await linesOf(events, payloadCodecs) })),
  );
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

/** Tells the events of one run in order: the later ones name what they are about only by the number of an earlier one. */
async function linesOf(events: readonly Event[], codecs: readonly PayloadCodec[]): Promise<HistoryEvent[]> {
  const failures = await Promise.all(events.map((event) => causeOf(failureIn(event), codecs)));
  const names = new Map<string, string>();
  return events.map((event, place) => {
    const name = nameOf(event) ?? names.get(String(beginningOf(event)));
    if (name) names.set(String(event.eventId), name);
    const at = millis(event.eventTime);
    const ringsIn = event.timerStartedEventAttributes?.startToFireTimeout;
    const attempt = event.activityTaskStartedEventAttributes?.attempt ?? 1;
    const failure = failures[place];
    return {
      id: Number(event.eventId ?? 0),
      at: new Date(at).toISOString(),
      type: typeOf(event),
      ...(name ? { name } : {}),
      ...(ringsIn ? { until: new Date(at + millis(ringsIn)).toISOString() } : {}),
      ...(attempt > 1 ? { attempt } : {}),
      // Messages of databases and providers may quote what they were given.
      ...(failure ? { failure: maskDigits(failure) } : {}),
    };
  });
}

function beginningOf(event: Event) {
  return (
    event.activityTaskStartedEventAttributes?.scheduledEventId ??
    event.activityTaskCompletedEventAttributes?.scheduledEventId ??
    event.activityTaskFailedEventAttributes?.scheduledEventId ??
    event.activityTaskTimedOutEventAttributes?.scheduledEventId ??
    event.workflowExecutionUpdateCompletedEventAttributes?.acceptedEventId
  );
}

function failureIn(event: Event) {
  return (
    event.activityTaskStartedEventAttributes?.lastFailure ??
    event.activityTaskFailedEventAttributes?.failure ??
    event.activityTaskTimedOutEventAttributes?.failure ??
    event.workflowTaskFailedEventAttributes?.failure ??
    event.workflowExecutionFailedEventAttributes?.failure ??
    event.workflowExecutionUpdateCompletedEventAttributes?.outcome?.failure ??
    event.markerRecordedEventAttributes?.failure
  );
}

/** Temporal's times and durations in ms. */
function millis(value: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(value?.seconds ?? 0) * 1_000 + Math.floor((value?.nanos ?? 0) / 1e6);
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
