import { hasRole } from '#libs/casework/policy';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { FieldReader } from '#libs/casework/fields';
import type { CaseworkMasters } from '#libs/casework/tenant-masters';
import type { Role } from '#libs/domain/case/names';
import { isMonth, Months, monthsLater, type InsightRequest } from '#libs/insight/index';

const WHOLE_CITY: readonly Role[] = ['tenant_admin', 'state_admin', 'auditor', 'mayors_office'];
const OWN_DEPARTMENT: readonly Role[] = ['gro', 'escalation_officer'];
/** Roles that may say what came of a call; auditors only read. */
const MAY_CALL: readonly Role[] = ['tenant_admin', 'state_admin', 'mayors_office', ...OWN_DEPARTMENT];

const USUAL_MONTHS = 12;
const MOST_MONTHS = 60;

export type RawQuery = Readonly<Record<string, unknown>>;

/** Whose figures the caller may see, and of which months they ask. Throws 403 and 422. */
export async function readInsightQuery(
  masters: CaseworkMasters,
  principal: Principal,
  query: RawQuery,
  now: number,
): Promise<InsightRequest> {
  const scope = await scopeOf(masters, principal, now);
  const reader = new FieldReader(query);
  const tenant = reader.text('tenant', { limit: 32 })?.toUpperCase();
  const tenants = tenant === undefined ? scope.tenants : scope.tenants.filter((code) => code === tenant);
  if (tenants.length === 0) reader.wrong('tenant', 'unknown', 'the code of a city of yours');
  const asked = reader.text('department', { limit: 400 })?.toUpperCase().split(',');
  const departments = asked
    ? scope.departments
      ? asked.filter((code) => scope.departments?.includes(code))
      : asked
    : scope.departments;
  const city = await masters.tenant(tenants[0] ?? principal.tenant);
  const to = monthIn(reader, 'to') ?? new Months(city?.tenant.zone ?? 'UTC').of(now);
  const from = monthIn(reader, 'from') ?? monthsLater(to, 1 - USUAL_MONTHS);
  if (from > to) reader.wrong('from', 'out_of_range', 'a month not after `to`');
  else if (from < monthsLater(to, 1 - MOST_MONTHS))
    reader.wrong('from', 'out_of_range', `at most ${MOST_MONTHS} months`);
  if (reader.problems.length > 0) throw CaseworkProblem.invalid(reader.problems);
  return { tenants, departments: departments ?? null, from, to };
}

/** Throws 403 for whoever may only read. */
export function assertMayCall(principal: Principal): void {
  if (!hasRole(principal, MAY_CALL)) throw CaseworkProblem.forbidden();
}

async function scopeOf(
  masters: CaseworkMasters,
  principal: Principal,
  now: number,
): Promise<{ tenants: string[]; departments: string[] | null }> {
  if (principal.kind !== 'staff') throw CaseworkProblem.forbidden();
  const tenants = await masters.citiesOf(principal);
  if (hasRole(principal, WHOLE_CITY)) return { tenants, departments: null };
  if (!hasRole(principal, OWN_DEPARTMENT)) throw CaseworkProblem.forbidden();
  const posts = (await masters.tenant(principal.tenant))?.posts(principal.username ?? '', now) ?? [];
  const departments = posts.filter(({ role }) => OWN_DEPARTMENT.includes(role)).map(({ department }) => department);
  return { tenants, departments: [...new Set(departments)] };
}

/** `2026-11`, or any day of it. */
function monthIn(reader: FieldReader, field: string): string | undefined {
  const text = reader.text(field, { limit: 30 });
  if (text === undefined) return undefined;
  const month = text.slice(0, 7);
  if (isMonth(month) && (text.length === 7 || Number.isFinite(Date.parse(text)))) return month;
  return reader.wrong(field, 'wrong_type', 'a month, such as 2026-11');
}

/** A value out of a few; throws 422. */
export function choiceOf<T extends string>(query: RawQuery, field: string, known: readonly T[], usual: T): T {
  const value = query[field];
  if (value === undefined || value === '') return usual;
  const found = known.find((each) => each === value);
  if (found) return found;
  throw CaseworkProblem.invalid([{ field, problem: 'unknown', expected: `one of ${known.join(', ')}` }]);
}

const USUAL_ROWS = 50;
const MOST_ROWS = 200;
/** A table to take home has no pages. */
const MOST_EXPORTED = 10_000;

export function pageOf(query: RawQuery, exported: boolean): { limit: number; offset: number } {
  if (exported) return { limit: MOST_EXPORTED, offset: 0 };
  const limit = wholeOf(query, 'limit', 1, MOST_ROWS, USUAL_ROWS);
  return { limit, offset: wholeOf(query, 'cursor', 0, 10_000_000, 0) };
}

function wholeOf(query: RawQuery, field: string, min: number, max: number, usual: number): number {
  const text = query[field];
  if (text === undefined || text === '') return usual;
  const value = Number(text);
  if (typeof text === 'string' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw CaseworkProblem.invalid([{ field, problem: 'out_of_range', expected: `a whole number from ${min} to ${max}` }]);
}
