import { accountablePost, daysLater, recountClock, startClock, timesOf, topLevel, workingDayLater } from './clock.js';
import { afterWaiting } from './commands/asking.js';
import { nextDeadlines } from './deadlines.js';
import { Draft } from './draft.js';
import { close, ratingsOut } from './moves.js';
import type { DeadlineKind } from './names.js';
import { route } from './route.js';
import type { CaseState, DecisionContext, SystemCommand } from './types.js';

function routed(draft: Draft): void {
  const { state } = draft;
  const patch = route(state);
  draft
    .append(patch.state === 'assigned' ? 'assigned' : 'unassigned', { patch })
    // One message for registration and assignment: it says who has it.
    .tell('registered', 'citizens')
    .tell('work_assigned', patch.owner === null ? 'gro' : 'owner');
}

function digest(draft: Draft): void {
  const { state, ctx } = draft;
  draft
    .append('digest_due', { patch: { digestAt: daysLater(state.rules, ctx.calendar, ctx.now, 1) } })
    .tell('daily_digest', 'accountable');
}

/** The accountable post moves up; the owner keeps the work, an ownerless case passes to the accountable officer. */
function escalate(draft: Draft): void {
  const { state, ctx } = draft;
  if (state.level >= topLevel(state.rules)) return digest(draft);
  const level = state.level + 1;
  const accountable = accountablePost(state.rules, level, state.owner);
  const ownerless = state.owner === null || state.state === 'awaiting_assignment';
  // From the breach itself, so that a late worker gives nobody more time than the simulator foretold.
  const clock = startClock(state.rules, level, state.dueAt ?? ctx.now);
  draft
    .append('escalated', {
      patch: {
        level,
        accountable,
        owner: ownerless ? accountable : state.owner,
        clock,
        ...timesOf({ clock, rules: state.rules, level, reminded: state.reminded }, ctx.calendar),
      },
    })
    .tell('work_escalated', 'accountable')
    .tell('escalated_to_citizen', 'citizens', { quietHours: true });
}

/** The next level may decide as well; above the top nobody is added and no clock runs on. */
function decisionOverdue(draft: Draft): void {
  const { state, ctx } = draft;
  const { request, rules } = state;
  if (!request) return;
  const top = topLevel(rules);
  const level = Math.min(Math.max(request.level, state.level) + 1, top);
  const added = rules.levels[level - 1]?.position;
  const deciders =
    added === undefined || request.deciders.includes(added) ? request.deciders : [...request.deciders, added];
  const since = request.decideBy ?? ctx.now;
  const decideBy = level < top ? workingDayLater(rules, ctx.calendar, since) : null;
  draft
    .append('decision_overdue', {
      patch: { request: { ...request, deciders, level, since, decideBy } },
      data: { deciders },
    })
    .tell('decision_overdue', 'deciders', { to: added === undefined ? deciders : [added] });
}

const ON_DEADLINE: Readonly<Record<DeadlineKind, (draft: Draft) => void>> = {
  sla_reminder: (draft) => {
    const owner = draft.state.owner === null ? 'gro' : 'owner';
    draft.append('sla_reminded', { patch: { reminded: true, reminderAt: null } }).tell('sla_reminder', owner);
  },
  level_deadline: escalate,
  daily_digest: digest,
  decision_deadline: decisionOverdue,
  citizen_silence: (draft) => {
    draft
      .append('citizen_silent', { patch: { ...afterWaiting(draft.state, draft.ctx), silent: true } })
      .tell('citizen_answered', draft.state.owner === null ? 'gro' : 'owner');
  },
  rating_reminder: (draft) => {
    const { answer } = draft.state;
    if (!answer) return;
    const to = ratingsOut(draft.state);
    draft.append('rating_reminded', { patch: { answer: { ...answer, remindAt: null } } });
    if (to.length > 0) draft.tell('rating_reminder', 'citizens', { to, quietHours: true });
  },
  window_end: (draft) => {
    const { answer } = draft.state;
    const rated = answer !== null && answer.ratings.length > 0;
    close(draft, answer?.kind === 'rejected' ? 'rejected' : rated ? 'satisfied' : 'unrated');
  },
  directive_due: (draft) => {
    const { directive } = draft.state;
    if (!directive) return;
    draft
      .append('directive_overdue', { patch: { directive: { ...directive, told: true } }, text: directive.text })
      .tell('directive_overdue', 'mayors_office');
  },
};

/** A changed calendar: what is left of each running clock is counted anew; escalations that happened stand. */
function recomputed(draft: Draft, order: string): void {
  const { state, ctx } = draft;
  const { rules, request, answer } = state;
  const clock = recountClock(state.clock, rules, ctx.calendar);
  const times = timesOf({ ...state, clock }, ctx.calendar);
  const early = times.dueAt !== null && times.dueAt > ctx.now;
  draft.append('recomputed', {
    patch: {
      clock,
      ...times,
      digestAt: early ? null : state.digestAt,
      request: request && {
        ...request,
        decideBy: request.decideBy === null ? null : workingDayLater(rules, ctx.calendar, request.since),
      },
      answer: answer && {
        ...answer,
        before: { ...answer.before, clock: recountClock(answer.before.clock, rules, ctx.calendar) },
      },
    },
    data: { order, calendarVersion: ctx.calendar.version },
  });
}

function adopt(draft: Draft, persons: readonly string[], from: string): void {
  const { state } = draft;
  const followers = [...state.followers, ...persons];
  draft.append('followed', { patch: { followers }, data: { persons, from } });
}

/** Why a command of the system itself cannot be carried out; null when it can. */
export function systemConflict(state: CaseState, command: SystemCommand, ctx: DecisionContext): string | null {
  switch (command.name) {
    case 'route':
      return state.state === 'registered' ? null : 'the case has been routed';
    case 'deadline': {
      const due = nextDeadlines(state).find((deadline) => deadline.kind === command.kind);
      if (!due) return `no ${command.kind} is running`;
      return due.at <= ctx.now ? null : `${command.kind} is not due yet`;
    }
    case 'recompute':
      return state.state === 'closed' ? 'the case is closed' : null;
    case 'adopt':
      if (state.state === 'closed') return 'the case is closed';
      return newFollowers(state, command.persons).length > 0 ? null : 'all of them are told of the case already';
  }
}

function newFollowers(state: CaseState, persons: readonly string[]): string[] {
  return [...new Set(persons)].filter((person) => person !== state.filer && !state.followers.includes(person));
}

/** Carries out a command of the system that systemConflict() lets through. */
export function carryOut(draft: Draft, command: SystemCommand): void {
  switch (command.name) {
    case 'route':
      return routed(draft);
    case 'deadline':
      return ON_DEADLINE[command.kind](draft);
    case 'recompute':
      return recomputed(draft, command.order);
    case 'adopt':
      return adopt(draft, newFollowers(draft.state, command.persons), command.from);
  }
}
