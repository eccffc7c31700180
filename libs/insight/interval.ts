/** Where the true value lies with 95 % confidence. */
export interface Interval {
  low: number;
  high: number;
}

/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.959964;
/** Fewer answers than this never name a service as poorly rated. */
export const LEAST_ANSWERS = 5;
/** A service is poorly rated when even the upper end of its interval is below this. */
export const POOR_BELOW = 3;

/** Wilson score interval of a share; null without observations. `successes` may be a sum of fractions. */
export function wilson(successes: number, of: number): Interval | null {
  if (of <= 0) return null;
  const share = successes / of;
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * Interval of an average rating from 1 to 5. The average is taken as a share of the way from 1 to 5; no ratings between
 * the ends vary more than such a share does, so the interval is never too narrow.
 */
export function ratingInterval(average: number, answers: number): Interval | null {
  const interval = wilson(((average - 1) / 4) * answers, answers);
  return interval && { low: 1 + 4 * interval.low, high: 1 + 4 * interval.high };
}

/** Poor beyond doubt, by the upper end of the interval and a least number of answers: two ratings damn nobody. */
export function isPoorlyRated(average: number, answers: number): boolean {
  const interval = ratingInterval(average, answers);
  return interval !== null && answers >= LEAST_ANSWERS && interval.high < POOR_BELOW;
}
