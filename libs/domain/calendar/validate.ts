import { DateTime, IANAZone } from 'luxon';
import { hasOpeningHours } from './calendar.js';
import type { OfficeCalendar } from './types.js';

/** A city that is closed for longer than this without a break has a mistake in its masters. */
export const MAX_CLOSED_DAYS = 30;

export interface CalendarProblem {
  /** `zone`, `week.<day>`, `week`, or `holidays.<date>`. */
  field: string;
  problem: 'unknown' | 'out_of_range' | 'overlapping' | 'required' | 'duplicate' | 'never_open';
  expected: string;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Everything that makes a calendar unusable; empty if it may be published. */
export function validateCalendar(calendar: OfficeCalendar): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  if (!IANAZone.isValidZone(calendar.zone)) {
    problems.push({ field: 'zone', problem: 'unknown', expected: 'an IANA zone such as Asia/Kolkata' });
  }
  problems.push(...WEEKDAYS.flatMap((day) => dayProblems(day, calendar.week[day] ?? [])));
  if (!hasOpeningHours(calendar)) {
    problems.push({ field: 'week', problem: 'required', expected: 'at least one day with opening hours' });
  }
  problems.push(...holidayProblems(calendar.holidays));
  if (problems.length === 0) problems.push(...closureProblems(calendar));
  return problems;
}

function dayProblems(day: number, hours: readonly { from: number; to: number }[]): CalendarProblem[] {
  const field = `week.${day}`;
  let previous = 0;
  for (const { from, to } of hours) {
    const whole = Number.isInteger(from) && Number.isInteger(to);
    if (!whole || from < 0 || to > 24 * 60 || from >= to) {
      return [{ field, problem: 'out_of_range', expected: 'opening before closing, both between 00:00 and 24:00' }];
    }
    if (from < previous) {
      return [{ field, problem: 'overlapping', expected: 'opening hours in order that do not overlap' }];
    }
    previous = to;
  }
  return [];
}

function holidayProblems(holidays: readonly string[]): CalendarProblem[] {
  const seen = new Set<string>();
  return holidays.flatMap((date): CalendarProblem[] => {
    const field = `holidays.${date}`;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !DateTime.fromISO(date).isValid) {
      return [{ field, problem: 'unknown', expected: 'a date as YYYY-MM-DD' }];
    }
    if (seen.has(date)) return [{ field, problem: 'duplicate', expected: 'each date once' }];
    seen.add(date);
    return [];
  });
}

/** Looks for the first holiday by which the office has been closed for too long without a break. */
function closureProblems(calendar: OfficeCalendar): CalendarProblem[] {
  const holidays = new Set(calendar.holidays);
  const closedDay = (day: DateTime<true>): boolean =>
    holidays.has(day.toISODate()) || !(calendar.week[day.weekday] ?? []).some(({ from, to }) => to > from);
  const sorted = [...holidays].sort();
  let last: DateTime<true> | null = null;
  let closed = 0;
  for (const date of sorted) {
    const holiday = DateTime.fromISO(date, { zone: 'utc' });
    if (!holiday.isValid) continue;
    if (last === null || gapOpens(last, holiday, closedDay)) closed = 0;
    closed = last === null || closed === 0 ? 1 : closed + holiday.diff(last, 'days').days;
    if (closed > MAX_CLOSED_DAYS) {
      const expected = `no more than ${MAX_CLOSED_DAYS} days in a row without opening hours`;
      return [{ field: `holidays.${date}`, problem: 'never_open', expected }];
    }
    last = holiday;
  }
  return [];
}

function gapOpens(from: DateTime<true>, to: DateTime<true>, closedDay: (day: DateTime<true>) => boolean): boolean {
  for (let day = from.plus({ days: 1 }); day < to; day = day.plus({ days: 1 })) if (!closedDay(day)) return true;
  return false;
}
