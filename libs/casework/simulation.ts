import type { Simulation } from '../contracts/api/masters.js';
import { simulate as play } from '../masters/simulate.js';
import { iso } from './case-view.js';
import { FieldReader, wardTextOf } from './fields.js';
import { cityOf } from './nearby.js';
import type { CaseworkParts } from './parts.js';
import { hasRole, MAY_SIMULATE } from './policy.js';
import type { Principal } from './principal.js';
import { CaseworkProblem } from './problem.js';
import { readPoint } from './registration-body.js';

/** Who would get such a case, when it would be due, and who would be next. */
export async function simulate(
  parts: Pick<CaseworkParts, 'masters' | 'now'>,
  principal: Principal,
  body: Readonly<Record<string, unknown>>,
): Promise<Simulation> {
  if (!hasRole(principal, MAY_SIMULATE)) throw CaseworkProblem.forbidden();
  const reader = new FieldReader(body);
  const masters = await cityOf(parts, principal, body['tenant'], reader);
  const subCategory = reader.text('subCategory', { required: true, limit: 100 });
  const ward = wardTextOf(reader);
  const point = readPoint(reader);
  const at = reader.time('at') ?? parts.now();
  if (reader.problems.length > 0 || !masters || subCategory === undefined) {
    throw CaseworkProblem.invalid(reader.problems);
  }
  const result = play(masters.snapshot, { subCategory, at, ...(ward === undefined ? {} : { ward }), ...(point ?? {}) });
  if (!result.ok) throw CaseworkProblem.invalid(result.problems);
  const { registeredAt, reminderAt, dueAt, levels, ...rest } = result.simulation;
  return {
    tenant: masters.tenant.code,
    ...rest,
    registeredAt: iso(registeredAt),
    reminderAt: iso(reminderAt),
    dueAt: iso(dueAt),
    levels: levels.map((level) => ({ ...level, from: iso(level.from), dueAt: iso(level.dueAt) })),
  };
}
