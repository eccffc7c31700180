import { DateTime } from 'luxon';
import type { CalendarKind, OfficeCalendar } from './types.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Reminders to citizens go out between these local times (minutes from midnight). */
const WAKING = { from: 8 * 60, to: 21 * 60 };

/** A calendar that never opens, or an instant that is no number: nothing can be counted with it. */
export class CalendarError extends RangeError {
  override readonly name = 'CalendarError';
}

interface Opening {
  from: number;
  to: number;
}

/** Whether the week has any opening hour at all; holidays are finite and cannot change that for ever. */
export function hasOpeningHours(calendar: OfficeCalendar): boolean {
  return Object.values(calendar.week).some((hours) => hours.some(({ from, to }) => to > from));
}

/**
 * The opening hours from the local day of `from` on, in order and without end, as epoch ms. A week has an open day,
 * so a run of closed days is at most seven times as long as the list of holidays: the generator always gets further.
 * Days are counted as numbers, because a date object per day is what made a month's deadline cost milliseconds.
 */
function* openings(calendar: OfficeCalendar, from: number): Generator<Opening, never> {
  if (!Number.isFinite(from)) throw new CalendarError(`not an instant: ${from}`);
  if (!hasOpeningHours(calendar)) throw new CalendarError('the calendar has no opening hours');
  const local = localTime(from, calendar.zone);
  const offsetAt = (instant: number): number => local.zone.offset(instant) * MINUTE;
  const holidays = new Set(calendar.holidays.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY));
  let offset = local.offset * MINUTE;
  for (let day = Math.floor((from + offset) / DAY); ; day += 1) {
    const hours = hoursOn(calendar, weekdayOf(day));
    if (hours.length === 0 || holidays.has(day)) continue;
    const start = day * DAY - offset;
    const plain = offsetAt(start) === offset && offsetAt(start + DAY) === offset;
    for (const { from: opens, to: closes } of hours) {
      if (closes <= opens) continue;
      const opening = plain
        ? { from: start + opens * MINUTE, to: start + closes * MINUTE }
        : { from: wallClock(day, opens, calendar.zone), to: wallClock(day, closes, calendar.zone) };
      // Hours that the clock leaps over are none, or they would count below zero.
      if (opening.to > opening.from) yield opening;
    }
    if (!plain) offset = offsetAt(wallClock(day + 1, 0, calendar.zone));
  }
}

/** Day 0 is 1 January 1970, a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function hoursOn(calendar: OfficeCalendar, weekday: number): readonly Opening[] {
  return calendar.week[weekday as keyof OfficeCalendar['week']] ?? [];
}

function localTime(at: number, zone: string): DateTime<true> {
  const local = DateTime.fromMillis(at, { zone });
  if (!local.isValid) throw new CalendarError(`unknown zone ${zone} or no instant: ${at}`);
  return local;
}

/** Minutes from midnight as the clock on the wall shows them, which on a day of clock change is not elapsed time. */
function wallClock(day: number, minutes: number, zone: string): number {
  const date = new Date((minutes >= 24 * 60 ? day + 1 : day) * DAY);
  const minute = minutes % (24 * 60);
  return DateTime.fromObject(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: Math.floor(minute / 60),
      minute: minute % 60,
    },
    { zone },
  ).toMillis();
}

function scaled(ms: number, scale: number): number {
  return scale === 1 ? ms : Math.round(ms / scale);
}

/**
 * The instant at which `ms` of working time have passed since `from`: always within opening hours, the closing
 * instant included. With nothing to add it is `from` itself or the next opening.
 * @param scale the demo divides every duration by it
 * @throws CalendarError if the calendar never opens
 */
export function addWorkingMs(
  calendar: OfficeCalendar,
  kind: CalendarKind,
  from: number,
  ms: number,
  scale = 1,
): number {
  let left = Math.max(0, scaled(ms, scale));
  if (kind === 'round_the_clock') return from + left;
  if (!Number.isFinite(left)) throw new CalendarError(`not a duration: ${ms}`);
  for (const opening of openings(calendar, from)) {
    if (opening.to < from) continue;
    const start = Math.max(opening.from, from);
    const available = opening.to - start;
    if (left <= available) return start + left;
    left -= available;
  }
  throw new CalendarError('the calendar has no opening hours');
}

/**
 * Working time between two instants, in ms; 0 if `to` is not after `from`. The inverse of {@link addWorkingMs}.
 * @param scale as in addWorkingMs: the answer is multiplied by it
 * @throws CalendarError if the calendar never opens
 */
export function workingMsBetween(
  calendar: OfficeCalendar,
  kind: CalendarKind,
  from: number,
  to: number,
  scale = 1,
): number {
  if (to <= from) return 0;
  if (kind === 'round_the_clock') return (to - from) * scale;
  if (!Number.isFinite(to)) throw new CalendarError(`not an instant: ${to}`);
  let total = 0;
  for (const opening of openings(calendar, from)) {
    if (opening.from >= to) break;
    total += Math.max(0, Math.min(opening.to, to) - Math.max(opening.from, from));
  }
  return total * scale;
}

/** Whether the office is open at that instant; the opening instant is, the closing instant is not. */
export function isOpen(calendar: OfficeCalendar, at: number): boolean {
  const local = localTime(at, calendar.zone);
  if (calendar.holidays.includes(local.toISODate())) return false;
  const minute = local.hour * 60 + local.minute;
  return hoursOn(calendar, local.weekday).some((hours) => minute >= hours.from && minute < hours.to);
}

/**
 * One working day later: the same local time on the next open day, or that day's closing if it closes earlier.
 * What comes in while the office is closed counts from the next opening.
 * @throws CalendarError if the calendar never opens
 */
export function addWorkingDay(calendar: OfficeCalendar, from: number, scale = 1): number {
  const start = isOpen(calendar, from) ? from : nextOpening(calendar, from);
  const local = localTime(start, calendar.zone);
  const tomorrow = local.startOf('day').plus({ days: 1 });
  const first = openings(calendar, tomorrow.toMillis()).next().value;
  const nextDay = localTime(first.from, calendar.zone);
  const wish = nextDay.set({
    hour: local.hour,
    minute: local.minute,
    second: local.second,
    millisecond: local.millisecond,
  });
  return from + scaled(withinDay(calendar, first.from, wish.toMillis()) - from, scale);
}

function nextOpening(calendar: OfficeCalendar, after: number): number {
  for (const opening of openings(calendar, after)) if (opening.from >= after) return opening.from;
  throw new CalendarError('the calendar has no opening hours');
}

/** The instant on an open day nearest to the wish: itself, a later opening after a break, or the last closing. */
function withinDay(calendar: OfficeCalendar, firstOpening: number, wish: number): number {
  const dayEnd = localTime(firstOpening, calendar.zone).startOf('day').plus({ days: 1 }).toMillis();
  let closing = firstOpening;
  for (const opening of openings(calendar, firstOpening)) {
    if (opening.from >= dayEnd) break;
    if (wish <= opening.to) return Math.max(wish, opening.from);
    closing = opening.to;
  }
  return closing;
}

/** The same local time that many calendar days later, open or not. */
export function addCalendarDays(calendar: OfficeCalendar, from: number, days: number, scale = 1): number {
  const to = localTime(from, calendar.zone).plus({ days }).toMillis();
  return from + scaled(to - from, scale);
}

/** Whether it is the time of day (21:00–08:00 local) in which a reminder to a citizen must wait. */
export function withinQuietHours(calendar: OfficeCalendar, at: number): boolean {
  const local = localTime(at, calendar.zone);
  const minute = local.hour * 60 + local.minute;
  return minute < WAKING.from || minute >= WAKING.to;
}

/** `at` itself, or the end of the quiet hours it falls into. */
export function nextAllowed(calendar: OfficeCalendar, at: number): number {
  if (!withinQuietHours(calendar, at)) return at;
  const local = localTime(at, calendar.zone);
  const evening = local.hour * 60 + local.minute >= WAKING.to;
  return local
    .startOf('day')
    .plus({ days: evening ? 1 : 0 })
    .set({ hour: WAKING.from / 60 })
    .toMillis();
}
