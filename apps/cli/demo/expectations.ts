import {
  CASE_STATES,
  COMMANDS,
  DEADLINES,
  EVENTS,
  OUTCOMES,
  type DeadlineKind,
  type EventName,
  type TemplateId,
} from '#libs/domain/case/names';
import type { RecordedCase } from './record.js';
import type { Tally } from './tally.js';

/** Ways of being refused that the whole story meets. */
const REFUSALS = [
  '401 unauthenticated',
  '401 wrong_code',
  '401 wrong_credentials',
  '403 forbidden',
  '404 invalid_number',
  '404 not_found',
  '404 unknown_command',
  '409 already_following',
  '409 already_rated',
  '409 limit_reached',
  '409 not_followable',
  '409 not_following',
  '409 state_conflict',
  '422 idempotency_mismatch',
  '422 validation/barred',
  '422 validation/contradiction',
  '422 validation/invalid_mobile',
  '422 validation/not_allowed',
  '422 validation/out_of_range',
  '422 validation/required',
  '422 validation/too_far',
  '422 validation/too_long',
  '422 validation/unchanged',
  '422 validation/unknown',
  '422 validation/ward_needed',
  '422 validation/wrong_type',
] as const;

/** What each deadline leaves in the log. */
const LEAVES: Readonly<Record<DeadlineKind, EventName>> = {
  sla_reminder: 'sla_reminded',
  level_deadline: 'escalated',
  decision_deadline: 'decision_overdue',
  citizen_silence: 'citizen_silent',
  rating_reminder: 'rating_reminded',
  window_end: 'closed',
  directive_due: 'directive_overdue',
  daily_digest: 'digest_due',
};

/** What a case has its people told; other templates belong to the login and to conversations. */
const MESSAGES: readonly TemplateId[] = [
  'registered',
  'assigned_to_citizen',
  'work_assigned',
  'resolved',
  'rejected',
  'reopened',
  'closed',
  'citizen_asked',
  'rating_reminder',
  'answer_undone',
  'transferred',
  'escalated_to_citizen',
  'work_escalated',
  'work_reopened',
  'work_directed',
  'work_withdrawn',
  'sla_reminder',
  'reassignment_requested',
  'reassignment_declined',
  'decision_overdue',
  'citizen_answered',
  'directive_given',
  'directive_overdue',
  'daily_digest',
  'comment_public',
];

/** Everything that a whole story must bring and this one did not. */
export function missingFrom(cases: readonly RecordedCase[], tally: Tally): string[] {
  const events = cases.flatMap((each) => each.events);
  const bySystem = new Set(events.filter(({ actorRole }) => actorRole === 'system').map(({ event }) => event));
  const happened = new Set(events.map(({ event }) => event));
  const states = new Set<string>([...tally.states, ...events.map(({ data }) => String(data['state']))]);
  const outcomes = new Set(cases.map(({ row }) => row.outcome));
  const sent = new Set<string>(cases.flatMap(({ messages }) => messages.map(({ template }) => template)));
  const refused = new Set(tally.refusals.entries().map(([kind]) => kind));
  const levels = new Set(cases.map(({ row }) => row.level));
  return [
    ...CASE_STATES.filter((state) => !states.has(state)).map((state) => `state ${state}`),
    ...OUTCOMES.filter((outcome) => !outcomes.has(outcome)).map((outcome) => `outcome ${outcome}`),
    ...COMMANDS.filter((command) => tally.commands.of(command) === 0).map((command) => `command ${command}`),
    ...DEADLINES.filter((kind) => !bySystem.has(LEAVES[kind])).map((kind) => `deadline ${kind}`),
    ...EVENTS.filter((event) => !happened.has(event)).map((event) => `event ${event}`),
    ...MESSAGES.filter((id) => !sent.has(id)).map((id) => `message ${id}`),
    ...REFUSALS.filter((kind) => !refused.has(kind)).map((kind) => `refusal ${kind}`),
    ...[1, 2, 3].filter((level) => !levels.has(level)).map((level) => `escalation level ${level}`),
  ];
}
