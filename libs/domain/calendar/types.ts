/** A tenant's working time. Travels with a case, but not frozen: published holidays recompute open cases. */
export interface OfficeCalendar {
  /** Grows with each published change. */
  version: number;
  /** IANA zone, `Asia/Kolkata`. */
  zone: string;
  /** ISO weekday (1 = Monday) → opening hours as minutes from local midnight, in order, not overlapping. */
  week: Readonly<Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, readonly { from: number; to: number }[]>>>;
  /** Local dates `YYYY-MM-DD`. */
  holidays: readonly string[];
}

export type CalendarKind = 'office' | 'round_the_clock';
