import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addCalendarDays,
  addWorkingDay,
  addWorkingMs,
  CalendarError,
  isOpen,
  nextAllowed,
  withinQuietHours,
  workingMsBetween,
} from './calendar.js';
import type { OfficeCalendar } from './types.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const day = { from: 600, to: 1080 };
const kolkata: OfficeCalendar = {
  version: 1,
  zone: 'Asia/Kolkata',
  week: { 1: [day], 2: [day], 3: [day], 4: [day], 5: [day], 6: [{ from: 600, to: 840 }] },
  holidays: ['2026-10-18', '2026-10-19', '2026-10-20', '2026-10-21'],
};
const at = (text: string, zone = kolkata.zone): number => DateTime.fromISO(text, { zone }).toMillis();
const add = (from: string, hours: number): string =>
  DateTime.fromMillis(addWorkingMs(kolkata, 'office', at(from), hours * HOUR), { zone: kolkata.zone }).toFormat(
    "yyyy-MM-dd'T'HH:mm",
  );

const isoDate = (utc: number): string => new Date(utc).toISOString().slice(0, 10);

const hoursOfDay = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 }).map((quarters) => {
  const edges = quarters.sort((a, b) => a - b).map((quarter) => quarter * 15);
  return edges.slice(0, edges.length - (edges.length % 2)).flatMap((from, index, all) => {
    const to = all[index + 1];
    return index % 2 === 0 && to !== undefined ? [{ from, to }] : [];
  });
});
const anyCalendar: fc.Arbitrary<OfficeCalendar> = fc.record({
  version: fc.constant(1),
  zone: fc.constantFrom('Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'UTC', 'Asia/Kathmandu'),
  week: fc
    .uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 6, 7), { minLength: 1, maxLength: 7 })
    .chain((days) => fc.tuple(...days.map((weekday) => hoursOfDay.map((hours) => [weekday, hours] as const))))
    .map((entries) => Object.fromEntries(entries) as OfficeCalendar['week']),
  holidays: fc
    .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
    .map((days) => days.map((offset) => isoDate(Date.UTC(2026, 0, 1 + offset)))),
});
const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
const duration = fc.integer({ min: 0, max: 90 * HOUR });

describe('working time', () => {
  it.each([
    ['within one day', '2026-11-24T10:00', 5, '2026-11-24T15:00'],
    ['to the closing instant', '2026-11-24T10:00', 8, '2026-11-24T18:00'],
    ['over the night', '2026-11-24T16:00', 4, '2026-11-25T12:00'],
    ['over a short Saturday and Sunday', '2026-11-27T17:00', 6, '2026-11-30T11:00'],
    ['from the night before', '2026-11-24T03:00', 1, '2026-11-24T11:00'],
    ['over Durga Puja', '2026-10-17T13:00', 2, '2026-10-22T11:00'],
    ['eighteen hours over two days and a bit', '2026-11-23T10:00', 18, '2026-11-25T12:00'],
  ])('counts %s', (_what, from, hours, expected) => {
    expect(add(from, hours)).toBe(expected);
  });

  it('counts every hour round the clock, holidays included', () => {
    const from = at('2026-10-18T23:00');
    expect(addWorkingMs(kolkata, 'round_the_clock', from, 4 * HOUR)).toBe(from + 4 * HOUR);
    expect(workingMsBetween(kolkata, 'round_the_clock', from, from + 4 * HOUR)).toBe(4 * HOUR);
  });

  it('crosses several weeks of closure', () => {
    const holidays = Array.from({ length: 28 }, (_, n) => isoDate(Date.UTC(2026, 10, 24 + n)));
    const closed: OfficeCalendar = { ...kolkata, holidays };
    expect(addWorkingMs(closed, 'office', at('2026-11-23T17:00'), 2 * HOUR)).toBe(at('2026-12-22T11:00'));
    expect(workingMsBetween(closed, 'office', at('2026-11-23T18:00'), at('2026-12-22T10:00'))).toBe(0);
  });

  it('counts nothing for hours that the clock leaps over in spring', () => {
    const early = { from: 0, to: 15 };
    const days = Object.fromEntries([1, 2, 3, 4, 5, 6].map((day) => [day, [early]]));
    const week = { ...days, 7: [{ from: 135, to: 180 }] } as OfficeCalendar['week'];
    const newYork: OfficeCalendar = { version: 1, zone: 'America/New_York', week, holidays: [] };
    const saturday = Date.parse('2026-03-07T05:00:00Z');
    expect(addWorkingMs(newYork, 'office', saturday, 16 * MINUTE)).toBe(Date.parse('2026-03-09T04:01:00Z'));
    expect(workingMsBetween(newYork, 'office', saturday, Date.parse('2026-03-09T04:01:00Z'))).toBe(16 * MINUTE);
  });

  it('measures exactly what it added', () => {
    fc.assert(
      fc.property(anyCalendar, instant, duration, (calendar, from, ms) => {
        const to = addWorkingMs(calendar, 'office', from, ms);
        expect(workingMsBetween(calendar, 'office', from, to)).toBe(ms);
      }),
    );
  });

  it('never lands where the office is closed', () => {
    fc.assert(
      fc.property(anyCalendar, instant, duration, (calendar, from, ms) => {
        const to = addWorkingMs(calendar, 'office', from, ms);
        expect(isOpen(calendar, to) || isOpen(calendar, to - 1)).toBe(true);
      }),
    );
  });

  it('is later for a later start and for a longer time', () => {
    fc.assert(
      fc.property(anyCalendar, instant, duration, duration, duration, (calendar, from, wait, ms, more) => {
        const due = addWorkingMs(calendar, 'office', from, ms);
        expect(addWorkingMs(calendar, 'office', from + wait, ms)).toBeGreaterThanOrEqual(due);
        expect(addWorkingMs(calendar, 'office', from, ms + more)).toBeGreaterThanOrEqual(due);
      }),
    );
  });

  it('adds in two steps what it adds in one', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        instant,
        duration,
        fc.integer({ min: 1, max: 90 * HOUR }),
        (calendar, from, first, then) => {
          const between = addWorkingMs(calendar, 'office', from, first);
          expect(addWorkingMs(calendar, 'office', between, then)).toBe(
            addWorkingMs(calendar, 'office', from, first + then),
          );
        },
      ),
    );
  });

  it('moves a deadline later, never earlier, when a holiday is published', () => {
    fc.assert(
      fc.property(anyCalendar, instant, duration, fc.integer({ min: 0, max: 30 }), (calendar, from, ms, offset) => {
        const due = addWorkingMs(calendar, 'office', from, ms);
        const holiday = DateTime.fromMillis(from, { zone: calendar.zone }).plus({ days: offset }).toISODate() ?? '';
        const shifted = addWorkingMs({ ...calendar, holidays: [...calendar.holidays, holiday] }, 'office', from, ms);
        expect(shifted).toBeGreaterThanOrEqual(due);
        const dueDate = DateTime.fromMillis(due, { zone: calendar.zone }).toISODate() ?? '';
        if (holiday > dueDate) expect(shifted).toBe(due);
      }),
    );
  });

  it('divides durations by the scale of the demo and measures them back', () => {
    expect(addWorkingMs(kolkata, 'round_the_clock', 0, 18 * HOUR, 3600)).toBe(18_000);
    const from = at('2026-11-24T11:00');
    const due = addWorkingMs(kolkata, 'office', from, 18 * HOUR, 3600);
    expect(due - from).toBe(18_000);
    expect(workingMsBetween(kolkata, 'office', from, due, 3600)).toBe(18 * HOUR);
  });

  it('opens by the clock on the wall when summer time begins or ends', () => {
    const berlin: OfficeCalendar = {
      version: 1,
      zone: 'Europe/Berlin',
      week: { 7: [{ from: 60, to: 600 }] },
      holidays: [],
    };
    const spring = at('2026-03-29T00:00', berlin.zone);
    expect(workingMsBetween(berlin, 'office', spring, spring + 23 * HOUR)).toBe(8 * HOUR);
    const autumn = at('2026-10-25T00:00', berlin.zone);
    expect(workingMsBetween(berlin, 'office', autumn, autumn + 25 * HOUR)).toBe(10 * HOUR);
  });

  it.each([
    ['no week', {}],
    ['empty days', { 1: [], 2: [] }],
    ['opening hours without a minute', { 1: [{ from: 600, to: 600 }] }],
  ])('refuses to count with %s instead of searching for ever', (_what, week) => {
    const shut: OfficeCalendar = { ...kolkata, week };
    expect(() => addWorkingMs(shut, 'office', 0, HOUR)).toThrow(CalendarError);
    expect(() => workingMsBetween(shut, 'office', 0, HOUR)).toThrow(CalendarError);
    expect(() => addWorkingDay(shut, 0)).toThrow(CalendarError);
  });

  it('refuses instants and durations that are no numbers', () => {
    expect(() => addWorkingMs(kolkata, 'office', Number.NaN, HOUR)).toThrow(CalendarError);
    expect(() => addWorkingMs(kolkata, 'office', 0, Number.POSITIVE_INFINITY)).toThrow(CalendarError);
    expect(() => workingMsBetween(kolkata, 'office', 0, Number.POSITIVE_INFINITY)).toThrow(CalendarError);
  });

  it('counts a thousand deadlines of three weeks in well under a second', () => {
    // Time of the processor, and the best of several: other work on the machine must not decide this.
    const batches = Array.from({ length: 20 }, (_, batch) => {
      const started = process.cpuUsage();
      for (let n = 0; n < 50; n += 1) addWorkingMs(kolkata, 'office', at('2026-11-24T10:00') + batch + n, 135 * HOUR);
      return process.cpuUsage(started).user / 1000;
    });
    expect(Math.min(...batches)).toBeLessThan(50);
  });
});

describe('one working day later', () => {
  it.each([
    ['the same time tomorrow', '2026-11-24T15:00', '2026-11-25T15:00'],
    ['Saturday closes earlier', '2026-11-27T17:00', '2026-11-28T14:00'],
    ['over Sunday', '2026-11-28T12:00', '2026-11-30T12:00'],
    ['what comes at night counts from the morning', '2026-11-24T22:00', '2026-11-26T10:00'],
    ['what comes on Sunday counts from Monday', '2026-11-29T12:00', '2026-12-01T10:00'],
    ['over Durga Puja', '2026-10-17T11:00', '2026-10-22T11:00'],
  ])('%s', (_what, from, expected) => {
    expect(addWorkingDay(kolkata, at(from))).toBe(at(expected));
  });

  it('waits until the end of a lunch break', () => {
    const lunch: OfficeCalendar = {
      ...kolkata,
      week: {
        1: [{ from: 600, to: 1080 }],
        2: [
          { from: 600, to: 780 },
          { from: 840, to: 1080 },
        ],
      },
    };
    expect(addWorkingDay(lunch, at('2026-11-23T13:30'))).toBe(at('2026-11-24T14:00'));
  });
});

describe('calendar days and quiet hours', () => {
  it('keeps the local time over a change to summer time', () => {
    const berlin = { ...kolkata, zone: 'Europe/Berlin' };
    expect(addCalendarDays(berlin, at('2026-03-28T09:00', berlin.zone), 1)).toBe(at('2026-03-29T09:00', berlin.zone));
  });

  it('divides calendar days by the scale too', () => {
    expect(addCalendarDays(kolkata, 0, 15, 3600)).toBe(360_000);
  });

  it.each([
    ['07:59', true, '2026-11-24T08:00'],
    ['08:00', false, '2026-11-24T08:00'],
    ['20:59', false, '2026-11-24T20:59'],
    ['21:00', true, '2026-11-25T08:00'],
    ['23:30', true, '2026-11-25T08:00'],
  ])('a reminder at %s waits: %p', (time, quiet, allowed) => {
    const moment = at(`2026-11-24T${time}`);
    expect(withinQuietHours(kolkata, moment)).toBe(quiet);
    expect(nextAllowed(kolkata, moment)).toBe(at(allowed));
  });
});
