import { ANSWERED_STATES, WORKING_STATES, type DeadlineKind } from './names.js';
import type { CaseState } from './types.js';

export interface Deadline {
  kind: DeadlineKind;
  /** Epoch ms; one in the past is due at once. */
  at: number;
}

/** Every deadline of a case, the nearest first; none once it is closed. Deadlines at one moment keep this order. */
export function nextDeadlines(state: CaseState): Deadline[] {
  const { answer, request, waiting, directive } = state;
  const answered = ANSWERED_STATES.some((name) => name === state.state);
  const working = WORKING_STATES.some((name) => name === state.state);
  const running = working && state.state !== 'awaiting_citizen';
  const list: (Deadline | null)[] = [
    at('sla_reminder', running && state.reminderAt),
    at('level_deadline', running && state.digestAt === null && state.dueAt),
    at('daily_digest', running && state.digestAt),
    at('decision_deadline', state.state === 'reassignment_requested' && request && request.decideBy),
    at('citizen_silence', state.state === 'awaiting_citizen' && waiting && waiting.until),
    at('window_end', answered && answer && answer.windowEndsAt),
    at('rating_reminder', answered && answer && answer.remindAt),
    at('directive_due', (working || answered) && directive && !directive.told && directive.dueAt),
  ];
  return list.filter((deadline) => deadline !== null).sort((a, b) => a.at - b.at);
}

function at(kind: DeadlineKind, when: number | null | false): Deadline | null {
  return typeof when === 'number' ? { kind, at: when } : null;
}
