import type { OfficeCalendar, CalendarKind } from '../../domain/calendar/types.js';
import type { Role } from '../../domain/case/names.js';
import type { ViewNames } from './views.js';

export interface NamedCode {
  code: string;
  names: ViewNames;
}

/** A question that nobody has to answer. */
export interface QuestionView {
  code: string;
  kind: 'text' | 'number' | 'choice';
  names: ViewNames;
  /** Of a choice; empty otherwise. */
  choices: readonly NamedCode[];
}

export interface SubCategoryView {
  code: string;
  category: string;
  names: ViewNames;
  department: string;
  slaHours: number;
  calendar: CalendarKind;
  evidencePhoto: boolean;
  hideComplainant: boolean;
  /** What may be asked of whoever complains; nobody has to answer. */
  questions: readonly QuestionView[];
}

/** A post and who holds it. */
export interface HeldPost {
  position: string;
  designation: string;
  role: Role;
  department: string;
  wards: readonly string[];
  holder: string | null;
}

/** The words behind the codes of one city. */
export interface MastersView {
  tenant: string;
  names: ViewNames;
  boroughs: NamedCode[];
  departments: NamedCode[];
  /** Those that have names; the others are known by their codes. */
  categories: NamedCode[];
  subCategories: SubCategoryView[];
  wards: { code: string; borough: string; name: string; names: ViewNames }[];
  /** For staff alone. */
  posts: HeldPost[];
  rejectReasons: NamedCode[];
}

export interface CalendarView {
  /** IANA zone. */
  zone: string;
  week: OfficeCalendar['week'];
  holidays: { date: string; name: string }[];
}

export interface SimulatedPost {
  position: string;
  designation: string;
  /** Who acts for it at that time; absent: the post is vacant. */
  name?: string;
  vacant: boolean;
}

/** What would happen to a complaint that nobody answers. */
export interface Simulation {
  tenant: string;
  subCategory: string;
  category: string;
  department: string;
  ward: string;
  borough: string;
  calendar: CalendarKind;
  slaHours: number;
  registeredAt: string;
  state: 'assigned' | 'awaiting_assignment';
  /** The post that gets it; null: it awaits assignment by the GRO. */
  owner: SimulatedPost | null;
  gro: SimulatedPost;
  /** All posts it could have gone to, best first. */
  candidates: string[];
  reminderAt: string;
  dueAt: string;
  /** `from`: when it becomes accountable; `dueAt`: when its own hours are over. */
  levels: (SimulatedPost & { level: number; hours: number; from: string; dueAt: string })[];
}

/** What is wrong with one cell; `row` as a spreadsheet counts: the heading is row 1. */
export interface RowProblem {
  row: number;
  /** As headed in the file; empty if it concerns the whole row or file. */
  column: string;
  value: string;
  /**
   * `required`, `unknown`, `ambiguous`, `duplicate`, `formula`, `too_long`, `out_of_range`, `wrong_type`, `encoding`,
   * `unreadable`, `too_many_cells`, `gap`, `loop`, `points_nowhere`, `never_open`, `overlapping`, `not_allowed` …
   */
  problem: string;
  /** What was expected, in English. */
  expected: string;
}

/** What an import did, or would do. */
export interface ImportReport {
  master: string;
  tenant: string | null;
  /** `utf-8`, or what it was decoded from. */
  encoding: string;
  /** Whether anything was written. */
  applied: boolean;
  /** Rows with content. */
  rows: number;
  good: number;
  bad: number;
  created: number;
  updated: number;
  unchanged: number;
  /** The first ones; `errorCount` tells how many there were. */
  errors: RowProblem[];
  errorCount: number;
  warnings: RowProblem[];
  warningCount: number;
}

/** An account of a member of staff. */
export interface UserView {
  username: string;
  tenant: string;
  name: string;
  roles: string[];
  disabled: boolean;
  /** Too many wrong passwords; null: it is not locked. */
  lockedUntil: string | null;
}
