import type { Locale } from '../domain/case/names.js';
import { ZONE } from './city-time.js';

const TAGS: Record<Locale, string> = { bn: 'bn-IN', hi: 'hi-IN', en: 'en-IN' };

const dates = new Map<string, Intl.DateTimeFormat>();
function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = dates.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(TAGS[locale], { timeZone: ZONE, ...options });
    dates.set(key, found);
  }
  return found;
}

/** A date with its hour, in which Bengali and Hindi name the part of the day: বিকাল ৫:৩২ rather than ৫:৩২ PM. */
function moment(iso: string, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  const spoken: Intl.DateTimeFormatOptions = locale === 'en' ? {} : { dayPeriod: 'short' };
  const parts = formatter(locale, { ...options, ...spoken, hour: 'numeric', minute: '2-digit' }).formatToParts(
    new Date(iso),
  );
  if (locale !== 'bn') return parts.map(({ value }) => value).join('');
  const period = parts.find(({ type }) => type === 'dayPeriod')?.value ?? '';
  const hour = parts.findIndex(({ type }) => type === 'hour');
  const rest = parts.filter(({ type }) => type !== 'dayPeriod');
  const date = rest.slice(0, hour).map(({ value }) => value);
  const time = rest.slice(hour).map(({ value }) => value);
  // Its own joiner is the English "at", word for word.
  return `${date.join('').replace(/ এ $/, ', ')}${period} ${time.join('').trim()}`;
}

/** "Tue 24 Nov 2026, 6:00 pm", in the city's own time whatever the reader's device says. */
export function formatDateTime(iso: string, locale: Locale): string {
  return moment(iso, locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
}

/** "Tuesday 24 November, 6:00 pm": for sentences. */
export function formatDateLong(iso: string, locale: Locale): string {
  return moment(iso, locale, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** "24 Nov, 6:00 pm": for table cells. */
export function formatDateShort(iso: string, locale: Locale): string {
  return moment(iso, locale, { day: 'numeric', month: 'short' });
}

/** "24 November 2026". */
export function formatDay(iso: string, locale: Locale): string {
  return formatter(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(iso));
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function largest(ms: number): [Intl.RelativeTimeFormatUnit, number] {
  for (const [unit, size] of UNITS) if (Math.abs(ms) >= size) return [unit, Math.trunc(ms / size)];
  return ['minute', 0];
}

/** "in 3 hours", "2 days ago"; always shown with the exact time beside or behind it. */
export function formatRelative(iso: string, locale: Locale, now: number): string {
  const [unit, value] = largest(Date.parse(iso) - now);
  return new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'auto' }).format(value, unit);
}

/** "3 days", "5 hr": how old something is. */
export function formatAge(iso: string, locale: Locale, now: number): string {
  const [unit, value] = largest(now - Date.parse(iso));
  return new Intl.NumberFormat(TAGS[locale], { style: 'unit', unit, unitDisplay: 'short' }).format(Math.max(0, value));
}

export function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(TAGS[locale]).format(value);
}

/** Groups a case number so that it can be read out: `KMC-26-0001234-5` → `KMC 26 000 1234 5`. */
export function speakableNumber(number: string): string {
  const match = /^([A-Z]+)-(\d{2})-(\d{3})(\d{4})-(\d)$/.exec(number);
  return match ? match.slice(1).join(' ') : number;
}

export type DueTone = 'overdue' | 'soon' | 'in_time' | 'paused' | 'answered' | 'closed';

/** A case is "due soon" in the last quarter of its time, and in its last four hours in any case. */
export function dueTone(view: { state: string; dueAt: string | null; registeredAt: string }, now: number): DueTone {
  if (view.state === 'closed') return 'closed';
  if (view.state === 'resolved' || view.state === 'rejected') return 'answered';
  if (view.dueAt === null) return 'paused';
  const due = Date.parse(view.dueAt);
  if (due <= now) return 'overdue';
  const left = due - now;
  return left < 4 * 3_600_000 || left < (due - Date.parse(view.registeredAt)) / 4 ? 'soon' : 'in_time';
}
