import type { Locale } from '#libs/domain/case/names';
import type { Names } from '../masters/types.js';
import { API, api, type Query } from './client.js';

/** A number of cases and the parameters of the list that shows them. */
export interface Counted {
  count: number;
  query: Readonly<Record<string, string>>;
}

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
  distribution: (Counted & { rating: number })[];
  poor: boolean;
}

export interface ItemFigures {
  tenant: string;
  item: string;
  names: Names;
  query: Readonly<Record<string, string>>;
  registered: Counted;
  open: Counted;
  answered: Counted;
  rating: RatingFigure;
  sla: Share & { missed: Counted };
  reopened: Share;
  timeToResolve: Counted & { median: number | null; p90: number | null };
  dissatisfied: Counted;
}

export interface ServiceFigures extends ItemFigures {
  trend: (RatingFigure & { month: string })[];
  change: number | null;
}

export type Defined =
  | 'cohort'
  | 'registered'
  | 'open'
  | 'answered'
  | 'rating'
  | 'poor'
  | 'sla'
  | 'reopened'
  | 'timeToResolve'
  | 'dissatisfied'
  | 'officer'
  | 'trend';
export type Definitions = Record<Locale, Record<Defined, string>>;

interface Heading {
  asOf: string | null;
  from: string;
  to: string;
  definitions: Definitions;
}

export interface Grouped<T extends ItemFigures> extends Heading {
  items: T[];
  total: ItemFigures[];
}

export interface ServicesAnswer extends Grouped<ServiceFigures> {
  remarks: { tenant: string; item: string; items: { number: string; rating: number; at: string; text: string }[] }[];
}

export interface RegisterItem {
  number: string;
  subCategory: string;
  ward: string;
  officer: string | null;
  closedAt: string | null;
  rating: number | null;
  remarks: string | null;
  closingOrder: string | null;
}

export const CALL_OUTCOMES = ['reached', 'no_answer', 'call_back', 'wrong_number', 'refused'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export interface CallItem {
  number: string;
  subCategory: string;
  ward: string;
  rating: number;
  ratedAt: string | null;
  remarks: string | null;
  locale: Locale;
  citizen: { name: string | null; mobile: string | null } | null;
  mayReveal: boolean;
  calls: { at: string; outcome: CallOutcome; note: string | null; by: string }[];
}

export interface Rows<T> extends Heading {
  items: T[];
  next: string | null;
}

export function fetchServices(query: Query): Promise<ServicesAnswer> {
  return api.get('/api/v1/insight/services', { query });
}

export function fetchPerformance(query: Query): Promise<Grouped<ItemFigures>> {
  return api.get('/api/v1/insight/performance', { query });
}

export function fetchWardFigures(query: Query): Promise<Grouped<ItemFigures>> {
  return api.get('/api/v1/insight/ward-map', { query });
}

export function fetchRegister(query: Query): Promise<Rows<RegisterItem>> {
  return api.get('/api/v1/insight/register', { query });
}

export function fetchCallList(query: Query): Promise<Rows<CallItem>> {
  return api.get('/api/v1/insight/call-list', { query });
}

export function keepCallOutcome(number: string, body: { outcome: CallOutcome; note?: string }, key: string) {
  return api.post('/api/v1/insight/call-list/{number}/outcomes', { path: { number }, body, key });
}

/** Where the same figures are had as a file; the session's cookie goes along. */
export function fileAddress(path: string, query: Query, format: 'csv' | 'xlsx'): string {
  const given = Object.entries({ ...query, format }).filter(([, value]) => Boolean(value));
  return `${API}/insight/${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
