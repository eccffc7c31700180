import type { Locale, TemplateId } from '../../domain/case/names.js';

/** `stuck`: its code does not get on. `failing`: something it asked for keeps failing and is tried again. */
export type Trouble = 'stuck' | 'failing';

/** A running workflow that an operator should look at. */
export interface TroubledWorkflow {
  workflowId: string;
  runId: string;
  type: string;
  /** Of the case, where it is one. */
  number: string | null;
  trouble: Trouble[];
  startedAt: string | null;
  /** What its code is waiting to be run for; null while it is not waiting. */
  task: { attempt: number; waitingSince: string | null } | null;
  activities: {
    name: string;
    attempt: number;
    lastFailure: string | null;
    lastTriedAt: string | null;
    nextTryAt: string | null;
  }[];
  /** Its page in Temporal's own UI; null where nobody said where that is. */
  ui: string | null;
}

export interface TroublePage {
  items: TroubledWorkflow[];
  /** Running workflows looked at for this page: each must be asked for itself, so that a page may well be empty. */
  examined: number;
  next: string | null;
}

/** One run of a case's workflow; payloads stay closed. */
export interface HistoryRun {
  runId: string;
  /** From the archive beside the case, because Temporal has forgotten it. */
  archived: boolean;
  events: HistoryEvent[];
}

/** What Temporal wrote down; `type` is its own name in small letters, such as `timer_started`. */
export interface HistoryEvent {
  id: number;
  at: string;
  type: string;
  /** Of the command, signal, activity or marker. */
  name?: string;
  /** Of a timer: when it rings. */
  until?: string;
  /** Of what was tried, from the second time on. */
  attempt?: number;
  /** Why it, or the attempt before it, failed. */
  failure?: string;
}

export interface HistoryAnswer {
  number: string;
  /** First to last, each with its page in Temporal's own UI; null where there is none. */
  runs: (HistoryRun & { ui: string | null })[];
}

/** One wording of a message in one language, filled with an example. */
export interface TemplateView {
  template: TemplateId;
  variant: string;
  locale: Locale;
  /** What its reader gets. */
  text: string;
  /** As registered with the telecom operators, `{#var#}` for each blank. */
  registered: string;
  encoding: 'gsm7' | 'unicode';
  segments: number;
  dltTemplateId: string;
  /** The city has registered it under its own id; else the id is an example. */
  ownId: boolean;
  header: string;
  whatsappTemplate: string;
}
