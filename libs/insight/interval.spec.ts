import { classOf, fromBytes, noDurations, quantile, toBytes } from './durations.js';
import { DEFINED } from '#libs/contracts/api/insight';
import { DEFINITIONS } from './definitions.js';
import { isPoorlyRated, ratingInterval, wilson } from './interval.js';
import { Months, monthsBetween, monthsLater } from './months.js';

describe('an interval', () => {
  it('is the one of Wilson, as published for 8 of 10', () => {
    expect(wilson(8, 10)?.low).toBeCloseTo(0.4902, 4);
    expect(wilson(8, 10)?.high).toBeCloseTo(0.9433, 4);
    expect(wilson(0, 0)).toBeNull();
  });

  it('stays within the scale, holds the average, and narrows with every answer', () => {
    let width = 5;
    for (const answers of [1, 2, 5, 20, 100, 10_000]) {
      for (const average of [1, 1.7, 3, 4.4, 5]) {
        const { low, high } = ratingInterval(average, answers) ?? { low: 0, high: 0 };
        expect(low).toBeGreaterThanOrEqual(1);
        expect(high).toBeLessThanOrEqual(5);
        expect(low).toBeLessThanOrEqual(average);
        expect(high).toBeGreaterThanOrEqual(average);
      }
      const { low, high } = ratingInterval(3, answers) ?? { low: 0, high: 9 };
      expect(high - low).toBeLessThan(width);
      width = high - low;
    }
  });

  it('damns no service for two bad ratings, nor for a few middling ones', () => {
    expect(isPoorlyRated(1, 2)).toBe(false);
    expect(isPoorlyRated(1, 4)).toBe(false);
    expect(isPoorlyRated(2.4, 8)).toBe(false);
  });

  it('names a service once the bad ratings leave no doubt', () => {
    expect(isPoorlyRated(1, 5)).toBe(true);
    expect(isPoorlyRated(2.4, 80)).toBe(true);
    expect(isPoorlyRated(3.1, 100_000)).toBe(false);
  });
});

describe('times to resolve', () => {
  it('give quantiles to within 7 % from ten seconds to a year', () => {
    for (const middle of [12_000, 3_600_000, 86_400_000, 2_000_000_000, 12_000_000_000]) {
      const durations = noDurations();
      for (const factor of [0.5, 0.9, 1, 1.5, 3]) {
        const index = classOf(middle * factor);
        durations[index] = (durations[index] ?? 0) + 1;
      }
      expect(Math.abs((quantile(durations, 0.5) ?? 0) / middle - 1)).toBeLessThan(0.07);
      expect(Math.abs((quantile(durations, 0.9) ?? 0) / (3 * middle) - 1)).toBeLessThan(0.07);
    }
    expect(quantile(noDurations(), 0.5)).toBeNull();
  });

  it('come back from storage as they went in', () => {
    const durations = noDurations();
    durations[0] = 7;
    durations[127] = 4_000_000_000;
    expect(fromBytes(toBytes(durations))).toEqual(durations);
  });
});

describe('months', () => {
  it('begin at midnight in the city, not in Greenwich', () => {
    const months = new Months('Asia/Kolkata');
    expect(months.of(Date.parse('2026-10-31T18:29:59Z'))).toBe('2026-10');
    expect(months.of(Date.parse('2026-10-31T18:30:00Z'))).toBe('2026-11');
    expect(months.begins('2026-11')).toBe(Date.parse('2026-10-31T18:30:00Z'));
    expect(months.ends('2026-12')).toBe(Date.parse('2026-12-31T18:30:00Z'));
  });

  it('are counted across years', () => {
    expect(monthsLater('2026-11', 3)).toBe('2027-02');
    expect(monthsBetween('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  });
});

test('every definition is told in three languages, each in its own script', () => {
  for (const name of DEFINED) {
    expect(DEFINITIONS.bn[name]).toMatch(/\p{Script=Bengali}/u);
    expect(DEFINITIONS.hi[name]).toMatch(/\p{Script=Devanagari}/u);
    expect(DEFINITIONS.en[name]).toMatch(/^[A-Z].*\.$/u);
  }
});
