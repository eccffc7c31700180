import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { COMMANDS, type CommandName, type Locale } from '../../domain/case/names.js';
import type { AttachmentRef, CaseCommand, CaseEvent, CaseState, Notice } from '../../domain/case/types.js';
import type { OfficeCalendar } from '../../domain/calendar/types.js';

/** What a citizen gave at registration and the process itself does not need; recorded once, with the first step. */
export interface Registration {
  description: string;
  locale: Locale;
  /** The filer's contact as known; null when the case was lodged for someone without one. */
  citizen: {
    id: string;
    mobile?: string;
    name?: string;
    email?: string;
    externalId?: string;
    /** Channel to write by beside SMS: `whatsapp` when the citizen came by it or opted in. */
    channel: 'sms' | 'whatsapp';
  } | null;
  attachments: readonly AttachmentRef[];
  /** What was answered to the questions of the category, by their codes. */
  answers?: Readonly<Record<string, string>>;
  /** `user:<username>` of the staff member who lodged it for the citizen. */
  lodgedBy?: { id: string; role: string; name?: string };
  /** Hash of actor and Idempotency-Key, unique in the record. */
  key?: string;
  /** Hash of the body sent with that key. */
  keyBody?: string;
}

/** Input of the `grievance` workflow; also what continue-as-new carries on. */
export interface GrievanceStart {
  state: CaseState;
  calendar: OfficeCalendar;
  /** Absent in a continued run: it is in the record by then. */
  registration?: Registration;
  /**
   * The time of the case, epoch ms, when this run begins: of a new case that of its registration, at which it is routed,
   * however late or often its first task comes. Absent in histories from before it was given: there the clock of the
   * first task counts.
   */
  at?: number;
  /** Ids of commands already carried out, oldest first, with the hash of their body; bounded. */
  seen?: readonly SeenUpdate[];
}

export interface SeenUpdate {
  id: string;
  bodyHash: string;
  version: number;
}

/** Argument of every command update. */
export interface CommandRequest {
  command: CaseCommand;
  /** By which a repeated command is known, however often it is sent: hash of actor and Idempotency-Key; random without. */
  id: string;
  /** Hash of the body as sent; another body under the same key is refused by the caller of the update. */
  bodyHash: string;
  /**
   * When it was given, epoch ms by the clock of the process that sends it. The task in which a workflow hears a command
   * may be lost with the server's memory and come again at another time, so that a replay would see another clock than
   * the run did; this one stands in the history. Absent in histories from before it was sent.
   */
  at?: number;
}

export interface CommandResult {
  state: CaseState;
  bodyHash: string;
}

/** One update per command, named as in the routes, so that a history can be read. */
export const commandUpdates = Object.fromEntries(
  COMMANDS.map((name) => [name, defineUpdate<CommandResult, [CommandRequest]>(name)]),
) as Record<CommandName, ReturnType<typeof defineUpdate<CommandResult, [CommandRequest]>>>;

/** A changed calendar reaches the open cases (order `recompute`). */
export const recomputeSignal = defineSignal<[{ order: string; calendar: OfficeCalendar }]>('recompute');
/** Followers of a case that was closed as a duplicate of this one; sent once its step is recorded. */
export const adoptSignal = defineSignal<[{ from: string; persons: readonly string[] }]>('adopt');
/** The live state of one case. */
export const stateQuery = defineQuery<CaseState>('state');
/** Type of the ApplicationFailure by which a validator refuses; its first detail is a `Refusal`. */
export const REFUSED = 'Refused';

/** One step of a case as it is recorded: the events are new, the state is the one after them. */
export interface StepRecord {
  state: CaseState;
  events: readonly CaseEvent[];
  notices: readonly Notice[];
  registration?: Registration;
  /** The update that caused it, for idempotent answers after the workflow has ended. */
  update?: { id: string; bodyHash: string };
  /**
   * When the workflow took it by its own clock, epoch ms. Of a step that was lost with its task and what the case did in
   * its place the latter has the greater one, whatever times the commands themselves bear. Absent in histories from
   * before there was one.
   */
  takenAt?: number;
}

/** When the last event of these steps happened, epoch ms. */
export function timeOfSteps(steps: readonly StepRecord[]): number | undefined {
  return steps.at(-1)?.events.at(-1)?.at;
}

export interface CaseRecordActivities {
  /**
   * One idempotent transaction: row (only if newer), events, notifications; then wakes the conversations concerned.
   * Answers when the last event it was given happened, epoch ms.
   */
  recordSteps(steps: readonly StepRecord[]): Promise<number | undefined>;
}
