import { isBarred } from './body-checks.js';
import { accountablePost } from './clock.js';
import type { CaseState } from './types.js';

/** Where a case goes by category and ward; the level it has reached stays. */
export function route(state: CaseState): Pick<CaseState, 'state' | 'owner' | 'accountable'> {
  const best = state.rules.candidates[0];
  // After a reopening the same LME must not get it back by way of routing: the GRO decides.
  const owner = best && !isBarred(state, best) ? best.position : null;
  return {
    state: owner === null ? 'awaiting_assignment' : 'assigned',
    owner,
    accountable: accountablePost(state.rules, state.level, owner),
  };
}
