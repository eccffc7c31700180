import { CASE_STATES, OUTCOMES, SOURCES, type CaseStateName, type Outcome, type Source } from '../domain/case/names.js';
import type { FieldProblem } from '../domain/case/types.js';
import type { CaseFilter, CaseSort } from '../persistence/case-list.js';
import { FieldReader, parseTime } from './fields.js';

const SORTS: readonly CaseSort[] = ['-registered', 'registered', 'due'];

/** What a list was asked for; who may see what is added by the listing. */
export interface ListRequest {
  filter: Omit<CaseFilter, 'search'>;
  tenant?: string;
  /** Citizens only: the cases they follow instead of those they lodged. */
  followed: boolean;
  /** What was typed into the search box. */
  q?: string;
  sort: CaseSort;
  limit: number;
  cursor?: string;
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
export function readListQuery(query: ListQuery, ownPosts: readonly string[]): ListRequest | FieldProblem[] {
  const reader = new FieldReader(query);
  // Whoever has no post has nothing: the empty code is nobody's.
  const mine = ownPosts.length > 0 ? ownPosts : [''];
  const posts = (field: string) => many(query[field]).flatMap((post) => (post === 'me' ? mine : [post]));
  const states = many(query['state']).flatMap((state) => GROUPS[state] ?? [state]);
  const sources = many(query['source']);
  const sort = many(query['sort'])[0] ?? '-registered';
  if (!allOf(CASE_STATES, states))
    reader.wrong('state', 'unknown', `open, working or one of ${CASE_STATES.join(', ')}`);
  if (!allOf(SOURCES, sources)) reader.wrong('source', 'unknown', `one of ${SOURCES.join(', ')}`);
  if (!allOf(SORTS, [sort])) reader.wrong('sort', 'unknown', `one of ${SORTS.join(', ')}`);
  const outcomes = many(query['outcome']);
  if (!allOf(OUTCOMES, outcomes)) reader.wrong('outcome', 'unknown', `one of ${OUTCOMES.join(', ')}`);
  const answered = word(reader, query, 'answered', ['standing', 'once']);
  const sla = word(reader, query, 'sla', ['met', 'missed', 'decided']);
  const reopened = flag(reader, query, 'reopened');
  const resolved = flag(reader, query, 'resolved');
  const overdue = flag(reader, query, 'overdue');
  const from = moment(reader, query, 'from', 0);
  const to = moment(reader, query, 'to', DAY_MS);
  const [tenant] = many(query['tenant']);
  const [cursor] = many(query['cursor'], false);
  const [q] = many(query['q'], false);
  const request: ListRequest = {
    filter: {
      states: states as CaseStateName[],
      sources: sources as Source[],
      wards: many(query['ward']),
      boroughs: many(query['borough']),
      departments: many(query['department']),
      subCategories: many(query['subCategory']),
      owners: posts('owner'),
      accountables: posts('accountable'),
      levels: whole(reader, query, 'level', 0, 99),
      ratings: whole(reader, query, 'rating', 1, 5),
      categories: many(query['category']),
      outcomes: outcomes as Outcome[],
      officers: many(query['officer']),
      ...(answered === undefined ? {} : { answered }),
      ...(sla === undefined ? {} : { sla }),
      ...(reopened === undefined ? {} : { reopened }),
      ...(resolved === undefined ? {} : { resolved }),
      ...(overdue === undefined ? {} : { overdue }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
    ...(tenant === undefined ? {} : { tenant: tenant.toUpperCase() }),
    ...(q === undefined ? {} : { q: q.slice(0, 200) }),
    ...(cursor === undefined ? {} : { cursor }),
    followed: flag(reader, query, 'followed') ?? false,
    sort: sort as CaseSort,
    limit: whole(reader, query, 'limit', 1, MOST)[0] ?? USUAL,
  };
  return reader.problems.length > 0 ? reader.problems : request;
}

function allOf(known: readonly string[], values: readonly string[]): boolean {
  return values.every((value) => known.includes(value));
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

function word<T extends string>(
  reader: FieldReader,
  query: ListQuery,
  field: string,
  known: readonly T[],
): T | undefined {
  const [value] = many(query[field]);
  if (value === undefined) return undefined;
  return known.find((each) => each === value) ?? reader.wrong(field, 'unknown', `one of ${known.join(', ')}`);
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
