/** In which the desk tells every time, and takes every time that is typed. */
export const ZONE = 'Asia/Kolkata';

const clocks = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: ZONE });

/** What the city's clocks show at a moment, as if it were UTC; epoch ms. */
function shownAt(ms: number): number {
  return Date.parse(`${clocks.format(ms).replace(' ', 'T')}Z`);
}

/** ISO time of what somebody typed in `datetime-local` (`2026-11-24T18:00`), whatever the zone of their device. */
export function fromCityTime(typed: string): string {
  const shown = Date.parse(`${typed}Z`);
  return new Date(shown - (shownAt(shown) - shown)).toISOString();
}

/** The month in the city, `2026-12`, or one so many before it. */
export function cityMonth(now: number, monthsBefore = 0): string {
  const today = new Date(shownAt(now));
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - monthsBefore, 1)).toISOString().slice(0, 7);
}
