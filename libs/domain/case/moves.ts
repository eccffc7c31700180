import { accountablePost, resumeClock, startClock, stopClock, timesOf, topLevel } from './clock.js';
import type { Draft } from './draft.js';
import type { Outcome } from './names.js';
import type { CaseState, DecisionContext } from './types.js';

/** Ends a pause, if there is one: the clock runs on with what was left. */
export function running(state: CaseState, ctx: DecisionContext): Partial<CaseState> {
  if (state.clock.runningSince !== null) return { waiting: null };
  const clock = resumeClock(state.clock, ctx.now);
  return { waiting: null, clock, ...timesOf({ ...state, clock }, ctx.calendar) };
}

/** Stops the clock: paused, answered or closed. */
export function standing(state: CaseState, ctx: DecisionContext): Partial<CaseState> {
  return { clock: stopClock(state.clock, state.rules, ctx), dueAt: null, reminderAt: null, digestAt: null };
}

/** Puts the work into the hands of a post of the same department. */
export function handTo(
  state: CaseState,
  ctx: DecisionContext,
  owner: string,
  directedBy: string | null = null,
): Partial<CaseState> {
  return {
    ...running(state, ctx),
    state: 'assigned',
    owner,
    accountable: accountablePost(state.rules, state.level, owner),
    directedBy,
    request: null,
  };
}

/** Persons who are asked to rate: the filer and the followers. */
export function askedToRate(state: CaseState): string[] {
  return [...(state.filer === null ? [] : [state.filer]), ...state.followers];
}

/** Those of them whose rating of the present answer is still out. */
export function ratingsOut(state: CaseState): string[] {
  const rated = new Set(state.answer?.ratings.map((rating) => rating.person));
  return askedToRate(state).filter((person) => !rated.has(person));
}

export function close(draft: Draft, outcome: Outcome): void {
  const { state, ctx } = draft;
  draft
    .append('closed', {
      patch: {
        ...standing(state, ctx),
        state: 'closed',
        outcome,
        closedAt: ctx.now,
        waiting: null,
        request: null,
      },
      data: { outcome },
    })
    .tell('closed', 'citizens', { data: { outcome } });
}

function barredAfter(state: CaseState): CaseState['barred'] {
  const officers = [state.rules.gro, ...state.rules.levels.map((level) => level.position)];
  const by = state.answer?.by;
  const gave = by?.role === 'lme' ? { post: by.post, person: by.id } : null;
  const owned = state.owner !== null && !officers.includes(state.owner) ? state.owner : null;
  return [
    ...state.barred,
    ...(gave ? [gave] : []),
    ...(owned !== null && owned !== gave?.post ? [{ post: owned, person: null }] : []),
  ];
}

/** To the Escalation Officer, one level higher the second time; never back to the LME who had it. */
export function reopen(draft: Draft, text: string | null, data: Readonly<Record<string, unknown>>): void {
  const { state, ctx } = draft;
  const wished = state.reopens === 0 ? Math.max(state.level, 1) : state.level + 1;
  const level = Math.min(wished, topLevel(state.rules));
  const officer = accountablePost(state.rules, level, null);
  const clock = startClock(state.rules, level, ctx.now);
  draft
    .append('reopened', {
      patch: {
        state: 'reopened',
        reopens: state.reopens + 1,
        level,
        owner: officer,
        accountable: officer,
        barred: barredAfter(state),
        directedBy: null,
        answer: null,
        resolvedAt: null,
        clock,
        ...timesOf({ clock, rules: state.rules, level, reminded: state.reminded }, ctx.calendar),
      },
      text,
      data,
    })
    .tell('reopened', 'citizens')
    .tell('work_reopened', 'owner');
}
