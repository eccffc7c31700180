import { addCalendarDays, addWorkingDay, addWorkingMs, workingMsBetween } from '../calendar/calendar.js';
import type { OfficeCalendar } from '../calendar/types.js';
import type { CaseRules, CaseState, DecisionContext, SlaClock } from './types.js';

const HOUR_MS = 3_600_000;
/** Share of the SLA hours after which the owner is reminded. */
export const REMINDER_SHARE = 0.75;

/** Highest level of the case's matrix; 0 when it has none. */
export function topLevel(rules: CaseRules): number {
  return rules.levels.length;
}

/** The post that answers at a level; below level 1 the owner does, and ownerless the GRO. */
export function accountablePost(rules: CaseRules, level: number, owner: string | null): string {
  return rules.levels[level - 1]?.position ?? owner ?? rules.gro;
}

/** Working milliseconds allowed at a level (0 = the SLA itself), the demo's scale applied. */
export function budgetMs(rules: CaseRules, level: number): number {
  const hours = rules.levels[level - 1]?.hours ?? rules.slaHours;
  return Math.round((hours * HOUR_MS) / rules.clockScale);
}

/** A fresh clock of a level, running from `from` (epoch ms). */
export function startClock(rules: CaseRules, level: number, from: number): SlaClock {
  return { budgetMs: budgetMs(rules, level), consumedMs: 0, spans: [], runningSince: from };
}

/** Counts the finished spans anew, because the calendar or its kind has changed. */
export function recountClock(clock: SlaClock, rules: CaseRules, calendar: OfficeCalendar): SlaClock {
  const consumedMs = clock.spans.reduce(
    (sum, span) => sum + workingMsBetween(calendar, rules.calendar, span.from, span.to),
    0,
  );
  return { ...clock, consumedMs };
}

export function stopClock(clock: SlaClock, rules: CaseRules, ctx: DecisionContext): SlaClock {
  if (clock.runningSince === null) return clock;
  const span = { from: clock.runningSince, to: ctx.now };
  const used = workingMsBetween(ctx.calendar, rules.calendar, span.from, span.to);
  return { ...clock, consumedMs: clock.consumedMs + used, spans: [...clock.spans, span], runningSince: null };
}

export function resumeClock(clock: SlaClock, now: number): SlaClock {
  return clock.runningSince === null ? { ...clock, runningSince: now } : clock;
}

/** What follows from the clock: the level's deadline and the owner's reminder. */
export function timesOf(
  state: Pick<CaseState, 'clock' | 'rules' | 'level' | 'reminded'>,
  calendar: OfficeCalendar,
): { dueAt: number | null; reminderAt: number | null } {
  const { clock, rules } = state;
  const since = clock.runningSince;
  if (since === null) return { dueAt: null, reminderAt: null };
  const after = (ms: number): number => addWorkingMs(calendar, rules.calendar, since, ms);
  const reminds = state.level === 0 && !state.reminded;
  return {
    dueAt: after(clock.budgetMs - clock.consumedMs),
    reminderAt: reminds ? after(Math.round(clock.budgetMs * REMINDER_SHARE) - clock.consumedMs) : null,
  };
}

/** `days` calendar days later, as epoch ms. */
export function daysLater(rules: CaseRules, calendar: OfficeCalendar, from: number, days: number): number {
  return addCalendarDays(calendar, from, days, rules.clockScale);
}

/** One working day later, as epoch ms: the clock of a decision on a reassignment. */
export function workingDayLater(rules: CaseRules, calendar: OfficeCalendar, from: number): number {
  return addWorkingDay(calendar, from, rules.clockScale);
}
