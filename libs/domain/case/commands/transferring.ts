import { keptText, textProblems } from '../body-checks.js';
import { budgetMs, recountClock, REMINDER_SHARE, resumeClock, stopClock, timesOf, topLevel } from '../clock.js';
import { route } from '../route.js';
import type { CaseRules, CaseState, CommandBodies, DecisionContext, FieldProblem } from '../types.js';
import type { Handlers } from './handler.js';

type Target = NonNullable<CommandBodies['transfer']['target']>;

function placeProblems(state: CaseState, body: CommandBodies['transfer']): FieldProblem[] {
  const fields = ['department', 'subCategory', 'ward'] as const;
  const wrong = fields.filter((field) => body[field] !== undefined && typeof body[field] !== 'string');
  if (wrong.length > 0) return wrong.map((field) => ({ field, problem: 'wrong_type', expected: 'a code' }));
  if (fields.every((field) => !body[field])) {
    return [{ field: 'subCategory', problem: 'required', expected: 'a department, a sub-category or a ward' }];
  }
  const { target } = body;
  if (!target) {
    const named = fields.find((field) => body[field]) ?? 'subCategory';
    return [{ field: named, problem: 'unknown', expected: 'a code of the masters' }];
  }
  if (body.department && body.department !== target.department) {
    const expected = `${target.department}, to which ${target.subCategory} belongs`;
    return [{ field: 'department', problem: 'contradiction', expected }];
  }
  return fields.every((field) => target[field] === state[field])
    ? [{ field: 'subCategory', problem: 'unchanged', expected: 'another department, sub-category or ward' }]
    : [];
}

/** The matrix and the posts are taken anew, hours and evidence with a new sub-category; the windows stay frozen. */
function rulesAfter(state: CaseState, target: Target): CaseRules {
  const { rules: old } = state;
  const kept = {
    maxReopens: old.maxReopens,
    ratingWindowDays: old.ratingWindowDays,
    ratingReminderDays: old.ratingReminderDays,
    silenceDays: old.silenceDays,
    ownerPauses: old.ownerPauses,
    extraPauses: old.extraPauses,
    clockScale: old.clockScale,
  };
  if (target.subCategory !== state.subCategory) return { ...target.rules, ...kept };
  const { levels, gro, candidates, rejectReasons } = target.rules;
  return { ...old, levels, gro, candidates, rejectReasons };
}

/** Level, reopens, pauses and elapsed time go along; the place, the matrix and the owner change. */
function moved(state: CaseState, target: Target, ctx: DecisionContext): Partial<CaseState> {
  const rules = rulesAfter(state, target);
  const level = Math.min(state.level, topLevel(rules));
  const recounted =
    rules.calendar === state.rules.calendar ? state.clock : recountClock(state.clock, rules, ctx.calendar);
  const clock = { ...resumeClock(recounted, ctx.now), budgetMs: budgetMs(rules, level) };
  const used = stopClock(clock, rules, ctx).consumedMs;
  const next: CaseState = {
    ...state,
    department: target.department,
    subCategory: target.subCategory,
    ward: target.ward,
    borough: target.borough,
    rules,
    level,
    clock,
    // Whoever gets it late is told by the assignment; a reminder in the same minute would say nothing new.
    reminded: used >= clock.budgetMs * REMINDER_SHARE,
    waiting: null,
    request: null,
    directedBy: null,
    digestAt: null,
  };
  return { ...next, ...timesOf(next, ctx.calendar), ...route(next) };
}

export const transferring: Handlers<'transfer'> = {
  transfer: {
    check: ({ state, body }) => [...placeProblems(state, body), ...textProblems('reason', body.reason)],
    apply: (draft, { state, body, ctx }) => {
      if (!body.target) return;
      draft
        .append('transferred', { patch: moved(state, body.target, ctx), text: keptText(body.reason) })
        .tell('transferred', 'citizens')
        .tell('work_assigned', draft.state.owner === null ? 'gro' : 'owner');
    },
  },
};
