import { isBarred, keptText, postProblems, textProblems } from '../body-checks.js';
import type { Draft } from '../draft.js';
import { handTo } from '../moves.js';
import type { CaseState, FieldProblem, PostRef } from '../types.js';
import type { Handlers } from './handler.js';

function barredProblems(state: CaseState, target: PostRef | undefined): FieldProblem[] {
  return target && isBarred(state, target)
    ? [
        {
          field: 'position',
          problem: 'barred',
          expected:
            'another post: this one had the case before it was reopened; only the accountable officer may direct it there',
        },
      ]
    : [];
}

function tellNewOwner(draft: Draft): void {
  draft.tell('assigned_to_citizen', 'citizens').tell('work_assigned', 'owner');
}

export const assigning: Handlers<'assign' | 'reassign' | 'direct'> = {
  assign: {
    check: ({ state, body }) => [
      ...postProblems(state, body.position, body.target),
      ...barredProblems(state, body.target),
    ],
    apply: (draft, { state, body, ctx }) => {
      if (!body.target) return;
      draft.append('assigned', { patch: handTo(state, ctx, body.target.position) });
      tellNewOwner(draft);
    },
  },
  reassign: {
    check: ({ state, body }) => [
      ...postProblems(state, body.position, body.target),
      ...(body.target && body.target.position === state.owner
        ? [{ field: 'position', problem: 'unchanged', expected: 'a post other than the present owner' }]
        : []),
      ...barredProblems(state, body.target),
      ...textProblems('reason', body.reason, false),
    ],
    apply: (draft, { state, body, ctx }) => {
      if (!body.target) return;
      draft.append('reassigned', { patch: handTo(state, ctx, body.target.position), text: keptText(body.reason) });
      if (state.owner !== null) draft.tell('work_withdrawn', 'owner', { to: [state.owner] });
      tellNewOwner(draft);
    },
  },
  direct: {
    check: ({ state, body }) => [
      ...postProblems(state, body.position, body.target),
      ...(body.target && body.target.role !== 'lme'
        ? [{ field: 'position', problem: 'not_allowed', expected: `an LME of ${state.department}` }]
        : []),
      ...textProblems('instruction', body.instruction),
    ],
    apply: (draft, { state, body, capacity, ctx }) => {
      if (!body.target) return;
      draft
        .append('directed', {
          patch: handTo(state, ctx, body.target.position, capacity.post ?? state.accountable),
          text: keptText(body.instruction),
        })
        .tell('work_directed', 'owner');
    },
  },
};
