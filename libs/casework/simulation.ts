import type { PostView } from '../contracts/api/views.js';
import { addWorkingMs } from '../domain/calendar/index.js';
import { decide } from '../domain/case/decide.js';
import { open } from '../domain/case/registration.js';
import { iso } from './case-view.js';
import { FieldReader } from './fields.js';
import { cityOf } from './nearby.js';
import type { CaseworkParts } from './parts.js';
import { hasRole, MAY_SIMULATE } from './policy.js';
import type { Principal } from './principal.js';
import { CaseworkProblem } from './problem.js';
import { readPoint, readSubCategory, readWard } from './registration-body.js';

export interface Simulation {
  tenant: string;
  subCategory: string;
  department: string;
  ward: string;
  borough: string;
  registeredAt: string;
  state: string;
  owner: PostView | null;
  accountable: PostView;
  dueAt: string | null;
  /** Who becomes accountable next, and when, if nobody answers. */
  levels: (PostView & { level: number; at: string; dueAt: string })[];
}

const HOUR_MS = 3_600_000;

/** Who would get such a case, when it would be due, and who would be next: by the rules that real cases follow. */
export async function simulate(
  parts: Pick<CaseworkParts, 'masters' | 'now'>,
  principal: Principal,
  body: Readonly<Record<string, unknown>>,
): Promise<Simulation> {
  if (!hasRole(principal, MAY_SIMULATE)) throw CaseworkProblem.forbidden();
  const reader = new FieldReader(body);
  const masters = await cityOf(parts, principal, body['tenant'], reader);
  const subCategory = masters && readSubCategory(reader, masters);
  const ward = masters && readWard(reader, masters, readPoint(reader));
  const now = reader.time('at') ?? parts.now();
  if (reader.problems.length > 0 || !masters || !subCategory || !ward) throw CaseworkProblem.invalid(reader.problems);
  const { calendar } = masters;
  const rules = masters.rules(subCategory, ward.code);
  const fresh = open({
    number: 'SIMULATION',
    tenant: masters.tenant.code,
    subCategory,
    department: masters.departmentOf(subCategory),
    ward: ward.code,
    borough: ward.borough,
    source: 'call_centre',
    location: null,
    filer: null,
    rules,
    calendar,
    now,
  });
  const system = { id: 'system', roles: ['system' as const], posts: [] };
  const routed = decide(fresh, { name: 'route', actor: system }, { now, calendar });
  const state = routed.ok ? routed.next : fresh;
  const describe = (position: string): PostView => ({ position, ...masters.viewMasters(now).describe(position) });
  let at = state.dueAt ?? now;
  const levels = rules.levels.map((level) => {
    const from = at;
    at = addWorkingMs(calendar, rules.calendar, from, level.hours * HOUR_MS, rules.clockScale);
    return { ...describe(level.position), level: level.level, at: iso(from), dueAt: iso(at) };
  });
  return {
    tenant: state.tenant,
    subCategory,
    department: state.department,
    ward: state.ward,
    borough: state.borough,
    registeredAt: iso(now),
    state: state.state,
    owner: state.owner ? describe(state.owner) : null,
    accountable: describe(state.accountable),
    dueAt: state.dueAt === null ? null : iso(state.dueAt),
    levels,
  };
}
