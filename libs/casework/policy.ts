import type { Role } from '../domain/case/names.js';
import type { Actor, CaseState } from '../domain/case/types.js';
import type { Principal } from './principal.js';

/** What the caller is to a case; `stranger` is told that there is no such case, as numbers are guessable. */
export type Relation = 'filer' | 'follower' | 'handler' | 'department' | 'city' | 'stranger';

/** Of a case, what the policy looks at. */
export type CaseFacts = Pick<CaseState, 'tenant' | 'department' | 'owner' | 'accountable' | 'filer' | 'followers'> & {
  rules: Pick<CaseState['rules'], 'levels' | 'gro' | 'hideComplainant'>;
  request: { deciders: readonly string[] } | null;
};

/** Roles that see every case of their tenant. */
const CITY_WIDE: readonly Role[] = ['call_centre', 'mayors_office', 'tenant_admin', 'auditor', 'state_admin'];
/** Roles that speak for citizens and therefore need to call them. */
const SPEAKS_FOR_CITIZENS: readonly Role[] = ['call_centre', 'mayors_office'];
const POST_ROLES: readonly Role[] = ['lme', 'gro', 'escalation_officer'];

export const MAY_LODGE: readonly Role[] = SPEAKS_FOR_CITIZENS;
export const MAY_READ_HISTORY: readonly Role[] = ['tenant_admin', 'auditor', 'state_admin'];
export const MAY_ADMINISTER: readonly Role[] = ['tenant_admin', 'state_admin'];
export const MAY_EXPORT: readonly Role[] = ['tenant_admin', 'auditor', 'state_admin'];
export const MAY_ISSUE_KEYS: readonly Role[] = ['tenant_admin'];
export const MAY_SIMULATE: readonly Role[] = [...CITY_WIDE, ...POST_ROLES];

export function hasRole(actor: Pick<Actor, 'roles'>, roles: readonly Role[]): boolean {
  return actor.roles.some((role) => role !== 'system' && roles.includes(role));
}

/** Whether somebody's lists hold every case of their cities, not only those of their departments and posts. */
export function seesWholeCity(actor: Pick<Actor, 'roles'>): boolean {
  return hasRole(actor, CITY_WIDE);
}

/**
 * Whether a staff member's tenant reaches another one. Only state cell and auditors look down the tree; everybody
 * else stays in their own city.
 */
export function reaches(principal: Principal, tenant: string, parents: ReadonlyMap<string, string | null>): boolean {
  if (principal.tenant === tenant) return true;
  if (!hasRole(principal, ['state_admin', 'auditor'])) return false;
  const seen = new Set<string>();
  for (let at = parents.get(tenant) ?? null; at && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === principal.tenant) return true;
    seen.add(at);
  }
  return false;
}

export function relationOf(
  principal: Principal,
  actor: Actor,
  facts: CaseFacts,
  parents: ReadonlyMap<string, string | null>,
): Relation {
  if (principal.kind === 'citizen') {
    if (facts.filer !== null && facts.filer === principal.id) return 'filer';
    return facts.followers.includes(principal.id) ? 'follower' : 'stranger';
  }
  if (!reaches(principal, facts.tenant, parents)) return 'stranger';
  if (handles(actor, facts)) return 'handler';
  if (hasRole(actor, CITY_WIDE)) return 'city';
  const positions = new Set(facts.rules.levels.map((level) => level.position));
  const near = actor.posts.some((post) => post.department === facts.department || positions.has(post.position));
  return near ? 'department' : 'stranger';
}

function handles(actor: Actor, facts: CaseFacts): boolean {
  const concerned = [facts.owner, facts.accountable, facts.rules.gro, ...(facts.request?.deciders ?? [])];
  return actor.posts.some((post) => concerned.includes(post.position));
}

/** What a caller may see of the citizen behind a case. */
export type CitizenSight = 'full' | 'masked' | 'hidden';

export function sightOfCitizen(relation: Relation, actor: Actor, facts: CaseFacts): CitizenSight {
  if (relation === 'filer') return 'full';
  if (relation === 'follower' || relation === 'stranger') return 'hidden';
  if (hasRole(actor, SPEAKS_FOR_CITIZENS)) return 'full';
  // The complaint may be about the very officers who work on it.
  if (facts.rules.hideComplainant && !hasRole(actor, CITY_WIDE)) return 'hidden';
  return relation === 'handler' && !facts.rules.hideComplainant ? 'full' : 'masked';
}

/** Who may see a masked citizen after giving a reason, which is audited. */
export function mayReveal(relation: Relation, actor: Actor, facts: CaseFacts): boolean {
  if (relation === 'stranger' || relation === 'follower') return false;
  if (facts.rules.hideComplainant) return hasRole(actor, ['tenant_admin', ...SPEAKS_FOR_CITIZENS]);
  return (
    relation === 'handler' || relation === 'department' || hasRole(actor, ['tenant_admin', ...SPEAKS_FOR_CITIZENS])
  );
}

/** Citizens deal with offices; the names of officers are for colleagues. */
export function seesOfficers(relation: Relation): boolean {
  return relation === 'handler' || relation === 'department' || relation === 'city';
}

/** Internal comments, data of events and messages to other people are for staff. */
export function seesInternal(relation: Relation): boolean {
  return seesOfficers(relation);
}

/**
 * Whether a command by this caller is to be answered "no such case". Following by number is open to any citizen,
 * unless the category hides the complainant; a follower may rate and unfollow, nothing else.
 */
export function hiddenFromCommand(
  relation: Relation,
  principal: Principal,
  command: string,
  facts: CaseFacts,
): boolean {
  if (relation === 'stranger') {
    const follows = command === 'follow' || command === 'unfollow';
    return !(principal.kind === 'citizen' && follows && !facts.rules.hideComplainant);
  }
  if (relation === 'follower') return !['rate', 'follow', 'unfollow'].includes(command);
  return false;
}
