import type {
  CaseStateName,
  CommandName,
  DeadlineKind,
  EventName,
  Outcome,
  Role,
  Source,
  TemplateId,
} from './names.js';
import type { OfficeCalendar } from '../calendar/types.js';

/** A post as the rules see it. Who holds it is looked up when it is needed, never stored in a case. */
export interface PostRef {
  position: string;
  designation: string;
  role: Role;
  department: string;
  /** `user:<username>` of whoever holds it now, where the server looked it up; a barred person is refused by it. */
  holder?: string;
}

/** Who gives a command, as established by the server from the credential and the masters. */
export interface Actor {
  /** Stable id: `user:<username>`, `citizen:<id>`, `system`. */
  id: string;
  roles: readonly (Role | 'system')[];
  /** Posts this person acts for now: held, delegated to them, or vacant and covered as the department's GRO. */
  posts: readonly PostRef[];
  name?: string;
}

export interface MatrixLevel {
  /** 1..n */
  level: number;
  position: string;
  /** Working hours of the sub-category's calendar that run from the moment the level becomes accountable. */
  hours: number;
}

/** The rules of one case: frozen at registration, taken anew on transfer. */
export interface CaseRules {
  slaHours: number;
  calendar: 'office' | 'round_the_clock';
  /** Levels 1..n in order, the fall-back to `*` already applied and placeholders filled. */
  levels: readonly MatrixLevel[];
  /** The department's GRO post. */
  gro: string;
  /** LME posts for this category and ward, best first. Empty: the case awaits assignment by the GRO. */
  candidates: readonly PostRef[];
  evidencePhoto: boolean;
  /** Metres from the complaint within which the evidence must have been taken; absent: no such rule. */
  evidenceWithinMetres?: number;
  hideComplainant: boolean;
  maxReopens: number;
  ratingWindowDays: number;
  /** Days after the answer at which the one reminder goes out. */
  ratingReminderDays: number;
  silenceDays: number;
  ownerPauses: number;
  extraPauses: number;
  rejectReasons: readonly string[];
  /** Demo only (`PLAY`): every duration is divided by this. 1 everywhere else. */
  clockScale: number;
}

export interface GeoPoint {
  lat: number;
  lon: number;
}

/** Time already used of the present level's hours; survives pauses and a changed calendar. */
export interface SlaClock {
  budgetMs: number;
  /** Working milliseconds of the finished spans. */
  consumedMs: number;
  /** Finished spans between pauses: a changed calendar counts them anew. */
  spans: readonly { from: number; to: number }[];
  /** Epoch ms since when it runs; null while it is paused or stopped. */
  runningSince: number | null;
}

/** The answer (resolution or rejection) that the citizen is asked to rate. */
export interface CaseAnswer {
  kind: 'resolved' | 'rejected';
  /** Sequence number of the event; names the answer, as ratings are one per person and answer. */
  seq: number;
  at: number;
  by: { id: string; post: string | null; role: Role };
  remarks: string;
  reasonCode?: string;
  windowEndsAt: number;
  remindAt: number | null;
  /** Persons who have rated this answer, with what they gave. */
  ratings: readonly { person: string; rating: number; at: number }[];
  /** What `undo` returns to. */
  before: BeforeAnswer;
}

/** What a command replaced and `undo`, `recall` or an answer brings back. */
export interface BeforeAnswer {
  state: CaseStateName;
  owner: string | null;
  accountable: string;
  level: number;
  clock: SlaClock;
  waiting: CaseState['waiting'];
  request: CaseState['request'];
  directedBy: string | null;
  digestAt: number | null;
}

/** The whole process state of one case: what the workflow carries and the record keeps as its snapshot. JSON only. */
export interface CaseState {
  number: string;
  tenant: string;
  type: 'grievance' | 'suggestion';
  state: CaseStateName;
  outcome: Outcome | null;
  subCategory: string;
  department: string;
  ward: string;
  borough: string;
  source: Source;
  location: (GeoPoint & { landmark?: string }) | { landmark: string } | null;
  /** Post that must act; null while none does. */
  owner: string | null;
  /** Post that answers for the case; only this moves up the matrix. At level 0 the owner, ownerless the GRO. */
  accountable: string;
  /** 0 = owner's own time; 1..n = level of the escalation matrix. */
  level: number;
  registeredAt: number;
  /** Deadline of the present level, epoch ms; null while paused or answered. */
  dueAt: number | null;
  resolvedAt: number | null;
  closedAt: number | null;
  reopens: number;
  /** The latest rating and its remarks. */
  rating: number | null;
  remarks: string | null;
  /** `citizen:<id>` of the filer; absent when nobody can be asked. */
  filer: string | null;
  followers: readonly string[];
  /** Sequence of the last event: the version of the view. */
  version: number;
  rules: CaseRules;
  clock: SlaClock;
  /** Posts and persons that owned the case when it was answered or reopened; they do not get it back but by `direct`. */
  barred: readonly { post: string | null; person: string | null }[];
  /** Post of the officer who directed the present owner. */
  directedBy: string | null;
  /** While awaiting the citizen: the state to return to and when silence ends the wait. */
  waiting: { from: CaseStateName; owner: string | null; until: number; askedBy: string; question: string } | null;
  ownerPauses: number;
  extraPauses: number;
  /** While a reassignment is requested: who may decide, by when the next level may too. */
  request: {
    by: string;
    reason: string;
    deciders: readonly string[];
    decideBy: number | null;
    level: number;
    since: number;
  } | null;
  answer: CaseAnswer | null;
  /** Set once the citizen let a question go unanswered: `no_answer` may then be a reason to reject. */
  silent: boolean;
  directive: { text: string; dueAt: number; told: boolean } | null;
  reminded: boolean;
  /** When the owner is reminded (75 % of the SLA hours); null once told, paused or escalated. */
  reminderAt: number | null;
  /** Next daily digest while the case is overdue at the top level. */
  digestAt: number | null;
  duplicateOf: string | null;
}

export interface CaseEvent {
  seq: number;
  at: number;
  event: EventName;
  actor: { id: string; role: Role | 'system'; name?: string; onBehalf?: boolean; post?: string };
  text: string | null;
  public: boolean;
  data: Readonly<Record<string, unknown>>;
}

/** Whom a message is for; persons and posts are turned into contacts when the step is recorded. */
export type Audience =
  'filer' | 'followers' | 'citizens' | 'owner' | 'accountable' | 'gro' | 'requester' | 'mayors_office' | 'deciders';

export interface Notice {
  template: TemplateId;
  audience: Audience;
  /** Event that caused it. */
  seq: number;
  /** Post(s) or person(s) when the audience no longer follows from the new state. */
  to?: readonly string[];
  /** Reminders keep to 08:00–21:00 local time; answers and requests go at once. */
  quietHours?: boolean;
  data?: Readonly<Record<string, string | number>>;
}

export interface FieldProblem {
  field: string;
  /** Stable code: `required`, `unknown`, `too_long`, `out_of_range`, `wrong_type`, `not_allowed` … */
  problem: string;
  /** What was expected, in English; citizens get it in their language by code. */
  expected: string;
}

/** Bodies after the server has looked up what they name; what could not be resolved stands in `problems`. */
export interface CommandBodies {
  assign: { position?: string; target?: PostRef };
  reassign: { position?: string; target?: PostRef; reason?: string };
  transfer: {
    department?: string;
    subCategory?: string;
    ward?: string;
    reason?: string;
    /** Where it goes, resolved from the masters. */
    target?: { department: string; subCategory: string; ward: string; borough: string; rules: CaseRules };
  };
  'request-reassignment': { reason?: string };
  'decline-reassignment': { reason?: string };
  resolve: { remarks?: string; attachments?: readonly AttachmentRef[]; lat?: number; lon?: number };
  direct: { position?: string; target?: PostRef; instruction?: string };
  'ask-citizen': { question?: string };
  answer: { text?: string; attachments?: readonly AttachmentRef[] };
  recall: Record<string, never>;
  rate: { rating?: unknown; remarks?: string };
  reopen: { reason?: string };
  undo: { reason?: string };
  withdraw: { reason?: string };
  reject: { reasonCode?: string; remarks?: string };
  'mark-duplicate': { of?: string; other?: { number: string; tenant: string; open: boolean } };
  comment: { text?: string; public?: boolean };
  attach: { attachments?: readonly AttachmentRef[] };
  follow: { person?: string };
  unfollow: { person?: string };
  directive: { text?: string; dueAt?: number };
}

export interface AttachmentRef {
  id: string;
  mime: string;
  lat?: number;
  lon?: number;
}

export type CaseCommand = {
  [N in CommandName]: {
    name: N;
    actor: Actor;
    body: CommandBodies[N];
    /** What is wrong with the body; judged last, after state and relation (fine print 11). */
    problems?: readonly FieldProblem[];
  };
}[CommandName];

export type SystemCommand =
  | { name: 'route'; actor: Actor }
  | { name: 'deadline'; kind: DeadlineKind; actor: Actor }
  | { name: 'recompute'; actor: Actor; order: string }
  /** Filer and followers of a duplicate (`from`) follow this case from now on. */
  | { name: 'adopt'; actor: Actor; persons: readonly string[]; from: string };

export interface Refusal {
  status: 403 | 404 | 409 | 422;
  /** `forbidden`, `state_conflict`, `already_rated`, `limit_reached`, `validation` … */
  code: string;
  /** One sentence in English for the log and for staff. */
  reason: string;
  problems?: readonly FieldProblem[];
  state: CaseStateName;
  allowed: readonly CommandName[];
}

export type Decision =
  | { ok: true; next: CaseState; events: readonly CaseEvent[]; notices: readonly Notice[] }
  | { ok: false; refusal: Refusal };

/** What decide() needs beside state and command. */
export interface DecisionContext {
  /** Epoch ms; in the workflow the workflow's own clock. */
  now: number;
  calendar: OfficeCalendar;
}
