import type { Role } from './names.js';
import type { Actor, CaseState, PostRef } from './types.js';

/** How somebody stands to a case. */
export type Relation =
  | 'citizen'
  | 'filer'
  | 'follower'
  | 'on_behalf'
  | 'mayors_office'
  | 'owner'
  | 'acting_owner'
  | 'gro'
  | 'accountable'
  | 'accountable_officer'
  | 'decider'
  | 'answerer'
  | 'extra_pauser';

/** In which capacity an accepted command is given; recorded with its events. */
export interface Capacity {
  relation: Relation;
  role: Role;
  post?: string;
  onBehalf?: boolean;
}

const ON_BEHALF: readonly Role[] = ['call_centre', 'mayors_office'];
const SEES_ALL: readonly (Role | 'system')[] = [
  'call_centre',
  'mayors_office',
  'tenant_admin',
  'state_admin',
  'auditor',
  'system',
];

export function rolesOf(actor: Actor): readonly (Role | 'system')[] {
  return [...actor.roles, ...actor.posts.map((post) => post.role)];
}

function byPost(relation: Relation, post: PostRef | undefined): Capacity | null {
  return post ? { relation, role: post.role, post: post.position } : null;
}

function holding(actor: Actor, position: string | null): PostRef | undefined {
  return position === null ? undefined : actor.posts.find((post) => post.position === position);
}

type Resolver = (state: CaseState, actor: Actor) => Capacity | null;

const asOwner: Resolver = (state, actor) => byPost('owner', holding(actor, state.owner));

const asGro: Resolver = (state, actor) =>
  byPost(
    'gro',
    holding(actor, state.rules.gro) ??
      actor.posts.find((post) => post.role === 'gro' && post.department === state.department),
  );

const asOfficer: Resolver = (state, actor) =>
  state.level === 0 ? null : byPost('accountable_officer', holding(actor, state.accountable));

const asDecider: Resolver = (state, actor) =>
  byPost(
    'decider',
    actor.posts.find((post) => state.request?.deciders.includes(post.position)),
  );

const isCitizen = (actor: Actor): boolean => actor.roles.includes('citizen');

const RESOLVERS: Readonly<Record<Relation, Resolver>> = {
  citizen: (_state, actor) => (isCitizen(actor) ? { relation: 'citizen', role: 'citizen' } : null),
  filer: (state, actor) =>
    isCitizen(actor) && state.filer === actor.id ? { relation: 'filer', role: 'citizen' } : null,
  follower: (state, actor) =>
    isCitizen(actor) && state.followers.includes(actor.id) ? { relation: 'follower', role: 'citizen' } : null,
  on_behalf: (_state, actor) => {
    const role = ON_BEHALF.find((candidate) => actor.roles.includes(candidate));
    return role ? { relation: 'on_behalf', role, onBehalf: true } : null;
  },
  mayors_office: (_state, actor) =>
    actor.roles.includes('mayors_office') ? { relation: 'mayors_office', role: 'mayors_office' } : null,
  owner: asOwner,
  acting_owner: (state, actor) => (state.owner === null ? asGro(state, actor) : asOwner(state, actor)),
  gro: asGro,
  accountable: (state, actor) => byPost('accountable', holding(actor, state.accountable)),
  accountable_officer: asOfficer,
  decider: asDecider,
  answerer: (state, actor) =>
    state.answer?.by.id === actor.id
      ? {
          relation: 'answerer',
          role: state.answer.by.role,
          ...(state.answer.by.post && { post: state.answer.by.post }),
        }
      : null,
  extra_pauser: (state, actor) =>
    state.ownerPauses < state.rules.ownerPauses ? null : (asOfficer(state, actor) ?? asGro(state, actor)),
};

/** The first of `relations` in which the actor stands to the case, or null. */
export function capacityOf(state: CaseState, actor: Actor, relations: readonly Relation[]): Capacity | null {
  for (const relation of relations) {
    const capacity = RESOLVERS[relation](state, actor);
    if (capacity) return capacity;
  }
  return null;
}

/**
 * Whether the case does not exist for this actor (answered 404): numbers are guessable. The tenant is the caller's
 * to check. Citizens see what they filed or follow; staff their department's cases and those they own, answer for or
 * stand in the matrix of.
 */
export function hiddenFrom(state: CaseState, actor: Actor): boolean {
  if (actor.roles.some((role) => SEES_ALL.includes(role))) return false;
  if (capacityOf(state, actor, ['filer', 'follower'])) return false;
  const known = [state.owner, state.accountable, state.rules.gro, ...state.rules.levels.map((level) => level.position)];
  return !actor.posts.some((post) => post.department === state.department || known.includes(post.position));
}

/** Whose word it is: a citizen's own, or what staff say for the filer. */
export function personOf(state: CaseState, actor: Actor, capacity: Capacity): string {
  return capacity.onBehalf ? (state.filer ?? 'filer') : actor.id;
}
