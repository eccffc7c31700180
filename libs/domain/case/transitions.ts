import {
  ANSWERED_STATES,
  CASE_STATES,
  WORKING_STATES,
  type CaseStateName,
  type CommandName,
  type Role,
} from './names.js';
import { capacityOf, hiddenFrom, personOf, rolesOf, type Capacity, type Relation } from './relations.js';
import type { Actor, CaseState } from './types.js';

/** A limit that is reached: 409 with a code of its own. */
export interface Limit {
  code: string;
  reason: string;
}

/** One row of the table: in which states, by which roles at all, and by whom in relation to the case. */
export interface Transition {
  from: readonly CaseStateName[];
  roles: readonly Role[];
  who: readonly Relation[];
  /** Further condition on the state itself. */
  unless?: (state: CaseState) => boolean;
  /** `person` is known only for commands that name one in their body. */
  limit?: (state: CaseState, actor: Actor, capacity: Capacity, person?: string) => Limit | null;
}

const DECIDING: readonly Role[] = ['gro', 'escalation_officer'];
const OFFICERS: readonly Role[] = ['lme', ...DECIDING];
const CITIZENS: readonly Role[] = ['citizen', 'call_centre', 'mayors_office'];

const OPEN: readonly CaseStateName[] = [...WORKING_STATES, ...ANSWERED_STATES];
const ROUTED = WORKING_STATES.filter((state) => state !== 'registered');
const IN_HAND: readonly CaseStateName[] = ['assigned', 'reassignment_requested', 'reopened'];

const SPEAKERS: readonly Relation[] = ['filer', 'on_behalf', 'owner', 'gro', 'accountable_officer'];

export function reopensLeft(state: CaseState): number {
  return state.rules.maxReopens - state.reopens;
}

function alreadyRated(state: CaseState, actor: Actor, capacity: Capacity): Limit | null {
  const person = personOf(state, actor, capacity);
  return state.answer?.ratings.some((rating) => rating.person === person)
    ? { code: 'already_rated', reason: 'This answer has already been rated; the first rating counts.' }
    : null;
}

function noReopenLeft(state: CaseState): Limit | null {
  return reopensLeft(state) > 0
    ? null
    : { code: 'limit_reached', reason: `The case has been reopened ${state.reopens} times, which is the most.` };
}

function noPauseLeft(state: CaseState, actor: Actor): Limit | null {
  if (state.ownerPauses < state.rules.ownerPauses) return null;
  if (!capacityOf(state, actor, ['extra_pauser'])) {
    return { code: 'limit_reached', reason: 'The citizen has been asked twice; a further question is the GRO’s.' };
  }
  return state.extraPauses < state.rules.extraPauses
    ? null
    : { code: 'limit_reached', reason: 'The citizen has been asked as often as the rules allow.' };
}

function cannotFollow(state: CaseState, actor: Actor, capacity: Capacity, person?: string): Limit | null {
  if (state.rules.hideComplainant) {
    return { code: 'not_followable', reason: 'Cases of this category cannot be followed.' };
  }
  const who = capacity.onBehalf ? person : actor.id;
  if (who === undefined) return null;
  return who === state.filer || state.followers.includes(who)
    ? { code: 'already_following', reason: 'This person is told of the case already.' }
    : null;
}

function cannotUnfollow(state: CaseState, actor: Actor, capacity: Capacity, person?: string): Limit | null {
  const who = capacity.onBehalf ? person : actor.id;
  const follows = who === undefined ? state.followers.length > 0 : state.followers.includes(who);
  return follows ? null : { code: 'not_following', reason: 'This person does not follow the case.' };
}

/** The state table. Both decide() and allowedActions() read it, so that a button shows only what is accepted. */
export const TRANSITIONS: Readonly<Record<CommandName, Transition>> = {
  assign: { from: ['awaiting_assignment'], roles: DECIDING, who: ['gro', 'accountable_officer'] },
  reassign: {
    from: ['assigned', 'reassignment_requested', 'awaiting_citizen', 'reopened'],
    roles: DECIDING,
    who: ['gro', 'accountable_officer', 'decider'],
  },
  transfer: { from: ROUTED, roles: DECIDING, who: ['gro', 'accountable_officer'] },
  reject: { from: ROUTED, roles: DECIDING, who: ['gro', 'accountable_officer'] },
  'request-reassignment': { from: ['assigned'], roles: OFFICERS, who: ['owner'] },
  'decline-reassignment': {
    from: ['reassignment_requested'],
    roles: DECIDING,
    who: ['gro', 'accountable_officer', 'decider'],
  },
  resolve: {
    from: [...IN_HAND, 'awaiting_citizen'],
    roles: OFFICERS,
    who: ['owner', 'accountable'],
    unless: (state) => state.waiting?.from === 'awaiting_assignment',
  },
  direct: { from: IN_HAND, roles: ['escalation_officer'], who: ['accountable_officer'] },
  'ask-citizen': {
    from: ['assigned', 'awaiting_assignment', 'reopened'],
    roles: OFFICERS,
    who: ['acting_owner', 'extra_pauser'],
    limit: noPauseLeft,
  },
  answer: { from: ['awaiting_citizen'], roles: CITIZENS, who: ['filer', 'on_behalf'] },
  recall: { from: ['awaiting_citizen'], roles: OFFICERS, who: ['owner', 'gro'] },
  rate: { from: ANSWERED_STATES, roles: CITIZENS, who: ['filer', 'follower', 'on_behalf'], limit: alreadyRated },
  reopen: { from: ANSWERED_STATES, roles: CITIZENS, who: ['filer', 'on_behalf'], limit: noReopenLeft },
  undo: {
    from: ANSWERED_STATES,
    roles: OFFICERS,
    who: ['answerer', 'gro'],
    limit: (state) =>
      state.answer?.ratings.length
        ? { code: 'already_rated', reason: 'The answer has been rated and can no longer be undone.' }
        : null,
  },
  withdraw: { from: OPEN, roles: CITIZENS, who: ['filer', 'on_behalf'] },
  'mark-duplicate': { from: OPEN, roles: DECIDING, who: ['gro', 'accountable_officer'] },
  comment: { from: OPEN, roles: [...CITIZENS, ...OFFICERS], who: SPEAKERS },
  attach: { from: OPEN, roles: [...CITIZENS, ...OFFICERS], who: SPEAKERS },
  follow: { from: OPEN, roles: CITIZENS, who: ['citizen', 'on_behalf'], limit: cannotFollow },
  unfollow: { from: OPEN, roles: CITIZENS, who: ['citizen', 'on_behalf'], limit: cannotUnfollow },
  directive: { from: OPEN, roles: ['mayors_office'], who: ['mayors_office'] },
};

export type Gate =
  { ok: true; capacity: Capacity } | { ok: false; status: 403 | 404 | 409; code: string; reason: string };

/**
 * Whether the case does not exist for this command. Any citizen may follow by number, unless the complainant is
 * hidden; a follower may rate and unfollow besides, and nothing else.
 */
function unknownTo(state: CaseState, name: CommandName, actor: Actor): boolean {
  const following = name === 'follow' || name === 'unfollow';
  if (hiddenFrom(state, actor)) {
    return !(following && actor.roles.includes('citizen') && !state.rules.hideComplainant);
  }
  const onlyFollows = capacityOf(state, actor, ['filer', 'follower'])?.relation === 'follower';
  return onlyFollows && !following && name !== 'rate';
}

/** Everything but the body, in the order in which refusals are decided: 404, role, state, relation, limits. */
export function gate(state: CaseState, name: CommandName, actor: Actor, person?: string): Gate {
  const row = TRANSITIONS[name];
  if (unknownTo(state, name, actor)) {
    return { ok: false, status: 404, code: 'not_found', reason: 'There is no such case.' };
  }
  const roles: readonly string[] = row.roles;
  if (!rolesOf(actor).some((role) => roles.includes(role))) {
    return { ok: false, status: 403, code: 'forbidden', reason: `${name} is not open to this role.` };
  }
  if (!row.from.includes(state.state) || row.unless?.(state)) {
    return {
      ok: false,
      status: 409,
      code: 'state_conflict',
      reason: `${name} is not possible: the case is ${state.state}.`,
    };
  }
  const capacity = capacityOf(state, actor, row.who);
  if (!capacity) {
    return { ok: false, status: 403, code: 'forbidden', reason: `${name} takes one of: ${row.who.join(', ')}.` };
  }
  const limit = row.limit?.(state, actor, capacity, person);
  return limit ? { ok: false, status: 409, ...limit } : { ok: true, capacity };
}

/** Faults of the table itself; empty when it is sound. Checked once at load and by test. */
export function faultsOfTable(table: Readonly<Record<string, Transition>>): string[] {
  return Object.entries(table).flatMap(([name, row]) => [
    ...(row.from.length === 0 ? [`${name} starts nowhere`] : []),
    ...(row.from.some((state) => state === 'closed') ? [`${name} leaves closed`] : []),
    ...(row.from.some((state) => !CASE_STATES.includes(state)) ? [`${name} starts in an unknown state`] : []),
    ...(row.who.length === 0 || row.roles.length === 0 ? [`${name} is open to nobody`] : []),
  ]);
}

const faults = faultsOfTable(TRANSITIONS);
if (faults.length > 0) throw new Error(`State table: ${faults.join('; ')}`);
