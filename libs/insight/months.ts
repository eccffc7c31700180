import { DateTime } from 'luxon';

const FORMAT = 'yyyy-MM';
const QUARTER_HOUR_MS = 900_000;
const REMEMBERED = 50_000;

/** Months of a city's own time, `2026-11`. */
export class Months {
  private readonly known = new Map<number, string>();
  private readonly beginnings = new Map<string, number>();

  constructor(readonly zone: string) {}

  /** Month of a moment. Zones differ by whole quarters of an hour, so that each quarter lies in one month. */
  of(at: number): string {
    const quarter = Math.floor(at / QUARTER_HOUR_MS);
    let month = this.known.get(quarter);
    if (month === undefined) {
      month = DateTime.fromMillis(at, { zone: this.zone }).toFormat(FORMAT);
      if (this.known.size >= REMEMBERED) this.known.clear();
      this.known.set(quarter, month);
    }
    return month;
  }

  /** First moment of a month. */
  begins(month: string): number {
    let begins = this.beginnings.get(month);
    if (begins === undefined) {
      begins = DateTime.fromFormat(month, FORMAT, { zone: this.zone }).toMillis();
      this.beginnings.set(month, begins);
    }
    return begins;
  }

  /** First moment after a month. */
  ends(month: string): number {
    return this.begins(monthsLater(month, 1));
  }
}

/** Whether a text names a month. */
export function isMonth(text: string): boolean {
  return /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text);
}

/** The month so many months later. */
export function monthsLater(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** All months from the first to the last. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = monthsLater(month, 1)) months.push(month);
  return months;
}
