import type { EventName } from '#libs/domain/case/names';
import type { GrievanceEventEntity } from '#libs/persistence/entities/index';
import type { RecordedCase } from './record.js';

const HOUR_MS = 3_600_000;
const LONGEST_TEXT = 70;

type Teller = (event: GrievanceEventEntity) => string;

const to = (event: GrievanceEventEntity, field: string): string =>
  String((event.data['to'] as Record<string, unknown> | undefined)?.[field] ?? event.data[field] ?? '');

const IN_WORDS: Readonly<Record<EventName, Teller>> = {
  registered: (event) =>
    `lodged through ${String(event.data['source'])}, ${String(event.data['subCategory'])} in ward ${String(event.data['ward'])}`,
  assigned: (event) => `goes to ${to(event, 'owner')}`,
  unassigned: () => 'nobody has this work: the GRO must assign it',
  reassigned: (event) => `given to ${to(event, 'owner')}`,
  transferred: (event) => `transferred: now with ${to(event, 'owner') || to(event, 'department')}`,
  reassignment_requested: () => 'the owner asks to be relieved',
  reassignment_declined: () => 'the request is declined',
  resolved: () => 'resolved',
  rejected: (event) => `rejected (${String(event.data['reasonCode'])})`,
  rated: (event) => `rated ${String(event.data['rating'])} of 5`,
  reopened: (event) => `reopened, now with ${to(event, 'owner')}`,
  closed: (event) => `closed as ${String(event.data['outcome'])}`,
  directed: (event) => `the officer directs ${to(event, 'owner')}`,
  citizen_asked: () => 'the citizen is asked; the clock pauses',
  citizen_answered: () => 'the citizen answers',
  citizen_silent: () => 'no answer came; the clock runs on',
  recalled: () => 'the question is taken back',
  answer_undone: () => 'the answer was a mistake and is undone',
  withdrawn: () => 'withdrawn',
  marked_duplicate: (event) => `the same as ${String(event.data['of'])}`,
  commented: (event) => (event.public ? 'a word for all' : 'an internal note'),
  attached: () => 'a picture is added',
  followed: () => 'a neighbour follows',
  unfollowed: () => 'a neighbour follows no more',
  directive_given: () => 'the mayor’s office gives a directive',
  directive_overdue: () => 'the directive’s day has passed',
  sla_reminded: () => 'three quarters of the time are used: the owner is reminded',
  escalated: (event) => `overdue: ${to(event, 'accountable')} answers for it now (level ${to(event, 'level')})`,
  decision_overdue: () => 'nobody decided: the next level may too',
  rating_reminded: () => 'the citizen is reminded to rate',
  digest_due: () => 'in the daily digest of what is overdue',
  recomputed: () => 'a holiday was published: its deadlines are counted anew',
};

/** One case as a person would tell it, its times in days of the play city. */
export function tellCase({ row, plot, events, messages }: RecordedCase): string {
  const heading = `${row.number}, “${plot}”: “${shortened(row.description)}”`;
  const lines = events.map((event) => {
    const told = messages.filter(({ seq, channel }) => seq === event.seq && channel !== 'desk');
    const text = event.text ? ` “${shortened(event.text)}”` : '';
    const post = event.actorPost ?? (event.actorRole === 'system' ? 'clock' : event.actorRole);
    const who = event.onBehalf ? `${post} for the citizen` : post;
    const sent = told.length > 0 ? `   [${told.length} ${told.length === 1 ? 'message' : 'messages'}]` : '';
    return `      ${when(event.at - row.registeredAt, row.snapshot.rules.clockScale)}  ${who.padEnd(26)} ${IN_WORDS[event.event](event)}${text}${sent}`;
  });
  return [`    ${heading}`, ...lines].join('\n');
}

function when(ms: number, scale: number): string {
  const hours = (ms * scale) / HOUR_MS;
  const day = Math.floor(hours / 24);
  return `day ${String(day).padStart(2)} ${String(Math.floor(hours % 24)).padStart(2, '0')} h`;
}

function shortened(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ')];
  return letters.length > LONGEST_TEXT ? `${letters.slice(0, LONGEST_TEXT - 1).join('')}…` : letters.join('');
}
