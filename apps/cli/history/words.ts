import type { temporal } from '@temporalio/proto';
import { clock, duration } from '../output.js';
import type { PayloadReader } from './payloads.js';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** One line of a history in words. */
export interface HistoryLine {
  /** Epoch ms. */
  at: number;
  /** Id of Temporal's event, to find it again in its own UI. */
  event: number;
  text: string;
}

type Writer = (event: HistoryEvent) => Promise<string | null> | string | null;

/** Tells one run as a person would. Workflow tasks that went well are Temporal's own book-keeping and left out. */
export class HistoryWords {
  /** What later events refer to by the id of an earlier one. */
  private readonly activities = new Map<string, { name: string; attempt: number; scheduledAt: number }>();
  private readonly updates = new Map<string, string>();
  private readonly timers = new Map<string, string>();

  /** @param zone IANA zone in which times are told */
  constructor(
    private readonly payloads: PayloadReader,
    private readonly zone: string,
  ) {}

  async tell(events: readonly HistoryEvent[]): Promise<HistoryLine[]> {
    const lines: HistoryLine[] = [];
    for (const event of events) {
      const text = await this.line(event);
      if (text !== null) lines.push({ at: millis(event.eventTime), event: Number(event.eventId ?? 0), text });
    }
    return lines;
  }

  private line(event: HistoryEvent): Promise<string | null> | string | null {
    for (const [attribute, write] of Object.entries(this.writers)) {
      if (event[attribute as keyof HistoryEvent]) return write(event);
    }
    return null;
  }

  private readonly writers: Readonly<Record<string, Writer>> = {
    workflowExecutionStartedEventAttributes: ({ workflowExecutionStartedEventAttributes: a }) =>
      a?.continuedExecutionRunId
        ? 'Goes on from the run before'
        : `Started as ${a?.workflowType?.name ?? 'a workflow'}`,
    workflowExecutionCompletedEventAttributes: () => 'Ended: the case is closed',
    workflowExecutionFailedEventAttributes: async ({ workflowExecutionFailedEventAttributes: a }) =>
      `Ended by a failure: ${await this.payloads.reason(a?.failure)}`,
    workflowExecutionTerminatedEventAttributes: ({ workflowExecutionTerminatedEventAttributes: a }) =>
      `Terminated by ${a?.identity || 'an operator'}${a?.reason ? `: ${a.reason}` : ''}`,
    workflowExecutionCanceledEventAttributes: () => 'Cancelled',
    workflowExecutionTimedOutEventAttributes: () => 'Ended: its time was over',
    workflowExecutionContinuedAsNewEventAttributes: () => 'Continued in a new run, because this history had grown long',
    workflowTaskFailedEventAttributes: async ({ workflowTaskFailedEventAttributes: a }) =>
      `The worker could not go on and tries again: ${await this.payloads.reason(a?.failure)}`,
    workflowTaskTimedOutEventAttributes: () => 'The worker did not answer in time; another one takes over',
    workflowExecutionUpdateAcceptedEventAttributes: (event) => this.updateAccepted(event),
    workflowExecutionUpdateCompletedEventAttributes: async ({ workflowExecutionUpdateCompletedEventAttributes: a }) => {
      const failure = a?.outcome?.failure;
      return failure
        ? `${this.updates.get(String(a?.acceptedEventId)) ?? 'Command'} failed: ${await this.payloads.reason(failure)}`
        : null;
    },
    workflowExecutionSignaledEventAttributes: ({ workflowExecutionSignaledEventAttributes: a }) =>
      `Told "${a?.signalName ?? ''}"${a?.externalWorkflowExecution?.workflowId ? ` by ${a.externalWorkflowExecution.workflowId}` : ''}`,
    timerStartedEventAttributes: ({ timerStartedEventAttributes: a, eventTime }) => {
      const ms = millis(a?.startToFireTimeout);
      const until = clock(millis(eventTime) + ms, this.zone);
      this.timers.set(a?.timerId ?? '', until);
      return `Timer ${a?.timerId ?? ''} set for ${duration(ms)} (${until})`;
    },
    timerFiredEventAttributes: ({ timerFiredEventAttributes: a }) => `Timer ${a?.timerId ?? ''} fired`,
    timerCanceledEventAttributes: ({ timerCanceledEventAttributes: a }) =>
      `Timer ${a?.timerId ?? ''} no longer needed (was for ${this.timers.get(a?.timerId ?? '') ?? '?'})`,
    activityTaskScheduledEventAttributes: ({ activityTaskScheduledEventAttributes: a, eventId, eventTime }) => {
      const name = a?.activityType?.name ?? 'activity';
      this.activities.set(String(eventId), { name, attempt: 1, scheduledAt: millis(eventTime) });
      return null;
    },
    activityTaskStartedEventAttributes: async ({ activityTaskStartedEventAttributes: a }) => {
      const activity = this.activities.get(String(a?.scheduledEventId));
      if (!activity || !a?.attempt) return null;
      activity.attempt = a.attempt;
      return a.attempt > 1
        ? `${activity.name}: attempt ${a.attempt}; the one before failed: ${await this.payloads.reason(a.lastFailure)}`
        : null;
    },
    activityTaskCompletedEventAttributes: ({ activityTaskCompletedEventAttributes: a, eventTime }) =>
      this.activityEnd(a?.scheduledEventId, 'done', eventTime),
    activityTaskFailedEventAttributes: async ({ activityTaskFailedEventAttributes: a, eventTime }) =>
      this.activityEnd(a?.scheduledEventId, `failed for good: ${await this.payloads.reason(a?.failure)}`, eventTime),
    activityTaskTimedOutEventAttributes: async ({ activityTaskTimedOutEventAttributes: a, eventTime }) =>
      this.activityEnd(
        a?.scheduledEventId,
        `gave no answer in time: ${await this.payloads.reason(a?.failure)}`,
        eventTime,
      ),
    markerRecordedEventAttributes: (event) => this.marker(event),
  };

  private async updateAccepted({
    eventId,
    workflowExecutionUpdateAcceptedEventAttributes: a,
  }: HistoryEvent): Promise<string> {
    const name = a?.acceptedRequest?.input?.name ?? 'command';
    this.updates.set(String(eventId), name);
    const [request] = await this.payloads.values(a?.acceptedRequest?.input?.args);
    return `${name} by ${whoGave(request)}`;
  }

  private activityEnd(scheduled: unknown, how: string, time: HistoryEvent['eventTime']): string {
    const activity = this.activities.get(String(scheduled));
    const attempts = activity && activity.attempt > 1 ? ` in ${activity.attempt} attempts` : '';
    const took = activity ? `, ${duration(millis(time) - activity.scheduledAt)}` : '';
    return `${activity?.name ?? 'Activity'} ${how}${attempts}${took}`;
  }

  private async marker({ markerRecordedEventAttributes: a }: HistoryEvent): Promise<string | null> {
    if (a?.markerName !== 'core_local_activity') return null;
    const data = await this.payloads.first(a.details?.['data']);
    const name = text(field(data, 'activity_type')) || 'local activity';
    const attempt = Number(field(data, 'attempt') ?? 1);
    const outcome = a.failure ? `failed: ${await this.payloads.reason(a.failure)}` : 'done';
    return `${name} ${outcome}${attempt > 1 ? ` in ${attempt} attempts` : ''}, within the worker`;
  }
}

/** `Gautam Sen (KMC-SWM-LME-001, lme)` from the command's actor. */
function whoGave(request: unknown): string {
  const actor = field(field(request, 'command'), 'actor');
  const id = text(field(actor, 'id'));
  if (!id) return 'somebody';
  const roles = field(actor, 'roles');
  const role = Array.isArray(roles) ? roles.map(text).filter(Boolean).join(', ') : '';
  const name = text(field(actor, 'name'));
  const person = id.startsWith('citizen:') ? 'a citizen' : id.replace(/^user:/, '');
  return `${name ? `${name}, ` : ''}${person}${role && role !== 'citizen' ? ` (${role})` : ''}`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Temporal's times and durations in ms. */
function millis(value: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(value?.seconds ?? 0) * 1_000 + Math.round((value?.nanos ?? 0) / 1e6);
}
