import type { OfficeName } from '../template.js';

/** A moment in the tenant's zone, taken apart for speaking. */
export interface LocalMoment {
  year: number;
  month: number;
  day: number;
  /** ISO, 1 = Monday. */
  weekday: number;
  hour: number;
  minute: number;
  /** Whole local days from today; only 0, 1 and -1 have a word. */
  daysAway: number;
  /** The year is spoken only when it is not the present one. */
  otherYear: boolean;
}

/** How one language speaks of what templates contain. A new language is a file of this shape. */
export interface Wording {
  moment(moment: LocalMoment): string;
  day(moment: LocalMoment): string;
  deadline(moment: LocalMoment): string;
  asSoonAsPossible: string;
  noWords: string;
  ward(code: string): string;
  office(office: OfficeName): string;
  count(count: number): string;
}
