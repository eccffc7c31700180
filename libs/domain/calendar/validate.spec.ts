import { DateTime } from 'luxon';
import type { OfficeCalendar } from './types.js';
import { MAX_CLOSED_DAYS, validateCalendar } from './validate.js';

const good: OfficeCalendar = {
  version: 1,
  zone: 'Asia/Kolkata',
  week: {
    1: [{ from: 600, to: 1080 }],
    3: [
      { from: 600, to: 780 },
      { from: 840, to: 1080 },
    ],
  },
  holidays: ['2026-01-26'],
};
const days = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => DateTime.fromISO(from, { zone: 'utc' }).plus({ days: n }).toISODate() ?? '');
const fields = (change: Partial<OfficeCalendar>): string[] =>
  validateCalendar({ ...good, ...change }).map(({ field, problem }) => `${field} ${problem}`);

describe('validating a calendar', () => {
  it('accepts a week with a break and a holiday', () => {
    expect(validateCalendar(good)).toEqual([]);
  });

  it.each<[string, Partial<OfficeCalendar>, string]>([
    ['a week without hours', { week: {} }, 'week required'],
    ['days without a minute', { week: { 1: [] } }, 'week required'],
    ['closing before opening', { week: { 1: [{ from: 600, to: 540 }] } }, 'week.1 out_of_range'],
    ['closing after midnight', { week: { 1: [{ from: 600, to: 1500 }] } }, 'week.1 out_of_range'],
    [
      'overlapping hours',
      {
        week: {
          2: [
            { from: 600, to: 700 },
            { from: 690, to: 800 },
          ],
        },
      },
      'week.2 overlapping',
    ],
    ['an unknown zone', { zone: 'Asia/Nowhere' }, 'zone unknown'],
    ['a date that does not exist', { holidays: ['2026-02-30'] }, 'holidays.2026-02-30 unknown'],
    ['the same holiday twice', { holidays: ['2026-01-26', '2026-01-26'] }, 'holidays.2026-01-26 duplicate'],
  ])('refuses %s', (_what, change, expected) => {
    expect(fields(change)).toContain(expected);
  });

  it('refuses a holiday on every day, at the day on which it gets too long', () => {
    const problems = fields({ holidays: days('2026-01-01', 365) });
    expect(problems).toEqual([`holidays.${days('2026-01-01', MAX_CLOSED_DAYS + 1).at(-1)} never_open`]);
  });

  it('sees through holidays only on the days that would be open', () => {
    const holidays = days('2026-01-01', 365).filter((date) => [1, 3].includes(DateTime.fromISO(date).weekday));
    expect(fields({ holidays })).toHaveLength(1);
  });

  it('accepts several weeks of closure', () => {
    expect(fields({ holidays: days('2026-10-01', 28) })).toEqual([]);
  });
});
