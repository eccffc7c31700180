import { CASE_STATES, SOURCES } from '../domain/case/names.js';
import type { FieldProblem } from '../domain/case/types.js';
import { FieldReader, parseTime } from './fields.js';

export const SORTS = ['-registered', 'registered', 'due'] as const;
export type Sort = (typeof SORTS)[number];

export interface ListFilter {
  tenant?: string;
  states: readonly string[];
  wards: readonly string[];
  boroughs: readonly string[];
  departments: readonly string[];
  subCategories: readonly string[];
  sources: readonly string[];
  /** Posts; `me` has been replaced by the caller's. */
  owners: readonly string[];
  accountables: readonly string[];
  levels: readonly number[];
  ratings: readonly number[];
  overdue?: boolean;
  /** Citizens only: the cases they follow instead of those they lodged. */
  followed: boolean;
  q?: string;
  from?: number;
  to?: number;
  sort: Sort;
  limit: number;
  after?: { key: number; number: string };
}

export type ListQuery = Readonly<Record<string, unknown>>;

const MOST = 200;
const USUAL = 50;
const DAY_MS = 86_400_000;
/** Shorthands for groups of states. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  open: CASE_STATES.filter((state) => state !== 'closed'),
  working: CASE_STATES.filter((state) => !['closed', 'resolved', 'rejected'].includes(state)),
};

/** Reads the query of a list; values may be repeated or separated by commas. */
export function readListQuery(query: ListQuery, ownPosts: readonly string[]): ListFilter | FieldProblem[] {
  const reader = new FieldReader(query);
  const wrong = (field: string, expected: string): undefined => reader.wrong(field, 'unknown', expected);
  const posts = (field: string) => many(query[field]).flatMap((post) => (post === 'me' ? [...ownPosts, ''] : [post]));
  const states = many(query['state']).flatMap((state) => GROUPS[state] ?? [state]);
  if (states.some((state) => !(CASE_STATES as readonly string[]).includes(state))) {
    wrong('state', `open, working or one of ${CASE_STATES.join(', ')}`);
  }
  const sources = many(query['source']);
  if (sources.some((source) => !(SOURCES as readonly string[]).includes(source))) {
    wrong('source', `one of ${SOURCES.join(', ')}`);
  }
  const sort = many(query['sort'])[0] ?? '-registered';
  if (!(SORTS as readonly string[]).includes(sort)) wrong('sort', `one of ${SORTS.join(', ')}`);
  const after = cursor(many(query['cursor'])[0]);
  if (after === null) wrong('cursor', 'the `next` of the page before');
  const overdue = flag(reader, query, 'overdue');
  const [tenant] = many(query['tenant']);
  const [q] = many(query['q'], false);
  const from = moment(reader, query, 'from', 0);
  const to = moment(reader, query, 'to', DAY_MS);
  const filter: ListFilter = {
    ...(tenant === undefined ? {} : { tenant: tenant.toUpperCase() }),
    states,
    wards: many(query['ward']),
    boroughs: many(query['borough']),
    departments: many(query['department']),
    subCategories: many(query['subCategory']),
    sources,
    owners: posts('owner'),
    accountables: posts('accountable'),
    levels: whole(reader, query, 'level', 0, 99),
    ratings: whole(reader, query, 'rating', 1, 5),
    ...(overdue === undefined ? {} : { overdue }),
    followed: flag(reader, query, 'followed') ?? false,
    ...(q?.trim() ? { q: q.trim().slice(0, 200) } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    sort: sort as Sort,
    limit: whole(reader, query, 'limit', 1, MOST)[0] ?? USUAL,
    ...(after ? { after } : {}),
  };
  return reader.problems.length > 0 ? reader.problems : filter;
}

export function cursorOf(key: number, number: string): string {
  return Buffer.from(JSON.stringify([key, number])).toString('base64url');
}

/** null: it is no cursor of ours. */
function cursor(text: string | undefined): { key: number; number: string } | null | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(value) || value.length !== 2) return null;
    const [key, number] = value as unknown[];
    return typeof key === 'number' && Number.isFinite(key) && typeof number === 'string' ? { key, number } : null;
  } catch {
    return null;
  }
}

function many(value: unknown, split = true): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values
    .filter((item): item is string => typeof item === 'string')
    .flatMap((item) => (split ? item.split(',') : [item]))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function flag(reader: FieldReader, query: ListQuery, field: string): boolean | undefined {
  const [value] = many(query[field]);
  if (value === undefined) return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return reader.wrong(field, 'wrong_type', 'true or false');
}

function whole(reader: FieldReader, query: ListQuery, field: string, min: number, max: number): number[] {
  const values = many(query[field]).map(Number);
  if (values.every((value) => Number.isInteger(value) && value >= min && value <= max)) return values;
  reader.wrong(field, 'out_of_range', `a whole number from ${min} to ${max}`);
  return [];
}

/** A date alone means the whole day, so that `to` includes it. */
function moment(reader: FieldReader, query: ListQuery, field: string, dateMeans: number): number | undefined {
  const [value] = many(query[field], false);
  if (value === undefined) return undefined;
  const at = parseTime(value);
  if (Number.isFinite(at)) return /^\d{4}-\d{2}-\d{2}$/.test(value) ? at + dateMeans : at;
  return reader.wrong(field, 'wrong_type', 'a date or a time in ISO 8601');
}
