import type { Locale } from '../../domain/case/names.js';
import type { ViewNames } from './views.js';

/** Parameters of `GET /api/v1/grievances` that list the cases behind a figure. */
export type CaseQuery = Readonly<Record<string, string>>;

/** A number of cases and the list of them. */
export interface Counted {
  count: number;
  query: CaseQuery;
}

/** A share of cases with its 95 % interval; null where nothing could be counted yet. */
export interface Share extends Counted {
  share: number | null;
  low: number | null;
  high: number | null;
  of: Counted;
}

export interface RatingFigure extends Counted {
  average: number | null;
  low: number | null;
  high: number | null;
  /** From one star to five. */
  distribution: (Counted & { rating: number })[];
  poor: boolean;
}

/** Milliseconds from registration to the resolution that stands. */
export interface TimeFigure extends Counted {
  median: number | null;
  p90: number | null;
}

export interface Figures {
  registered: Counted;
  open: Counted;
  answered: Counted;
  rating: RatingFigure;
  sla: Share & { missed: Counted };
  reopened: Share;
  timeToResolve: TimeFigure;
  dissatisfied: Counted;
}

export interface ItemFigures extends Figures {
  tenant: string;
  item: string;
  names: ViewNames;
  query: CaseQuery;
}

export interface TrendPoint extends RatingFigure {
  month: string;
}

export interface ServiceFigures extends ItemFigures {
  /** Each month of the range that has answers. */
  trend: TrendPoint[];
  /** Average of the last month with answers, less that of the one before. */
  change: number | null;
}

export const DEFINED = [
  'cohort',
  'registered',
  'open',
  'answered',
  'rating',
  'poor',
  'sla',
  'reopened',
  'timeToResolve',
  'dissatisfied',
  'officer',
  'trend',
] as const;
export type Defined = (typeof DEFINED)[number];
/** What each figure means, in one language. */
export type Definitions = Readonly<Record<Defined, string>>;

/** What goes with all figures. */
export interface InsightHeading {
  /** When they were last brought up to date; null before the first time. */
  asOf: string | null;
  /** Months of registration, first and last included. */
  from: string;
  to: string;
  /** Those that count; null: all. */
  departments: readonly string[] | null;
  definitions: Readonly<Record<Locale, Definitions>>;
}

export interface GroupedFigures extends InsightHeading {
  by: string;
  items: ItemFigures[];
  /** Of each city. */
  total: ItemFigures[];
  next: null;
}

export interface ServicesAnswer extends InsightHeading {
  by: string;
  items: ServiceFigures[];
  /** Of each city. */
  total: ItemFigures[];
  poor: { tenant: string; item: string; names: ViewNames }[];
  remarks: { tenant: string; item: string; items: { number: string; rating: number; at: string; text: string }[] }[];
  next: null;
}

/** A case closed although its citizen was not satisfied. */
export interface RegisterItem {
  number: string;
  tenant: string;
  subCategory: string;
  department: string;
  ward: string;
  /** Post that had the work at the first answer. */
  officer: string | null;
  registeredAt: string;
  closedAt: string | null;
  rating: number | null;
  remarks: string | null;
  closingOrder: string | null;
}

export interface RegisterAnswer extends InsightHeading {
  items: RegisterItem[];
  next: string | null;
}

export const CALL_OUTCOMES = ['reached', 'no_answer', 'call_back', 'wrong_number', 'refused'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** A citizen to be called. */
export interface CallItem {
  number: string;
  tenant: string;
  subCategory: string;
  department: string;
  ward: string;
  rating: number;
  ratedAt: string | null;
  remarks: string | null;
  locale: Locale;
  /** Masked for everybody; null where the caller may not learn who complained. */
  citizen: { name: string | null; mobile: string | null } | null;
  /** Whether `POST /api/v1/grievances/{number}/reveal` would tell the caller the number. */
  mayReveal: boolean;
  calls: { at: string; outcome: CallOutcome; note: string | null; by: string }[];
}

export interface CallListAnswer extends InsightHeading {
  items: CallItem[];
  next: string | null;
}
