import { keptText, textProblems } from '../body-checks.js';
import { workingDayLater } from '../clock.js';
import type { Handlers } from './handler.js';

export const requesting: Handlers<'request-reassignment' | 'decline-reassignment'> = {
  'request-reassignment': {
    check: ({ body }) => textProblems('reason', body.reason),
    apply: (draft, { state, body, capacity, ctx }) => {
      const by = capacity.post ?? state.accountable;
      const deciders = [state.directedBy ?? state.rules.gro];
      const reason = keptText(body.reason) ?? '';
      draft
        .append('reassignment_requested', {
          patch: {
            state: 'reassignment_requested',
            request: {
              by,
              reason,
              deciders,
              decideBy: workingDayLater(state.rules, ctx.calendar, ctx.now),
              level: state.level,
              since: ctx.now,
            },
          },
          text: reason,
          data: { deciders },
        })
        .tell('reassignment_requested', 'deciders', { to: deciders });
    },
  },
  'decline-reassignment': {
    check: ({ body }) => textProblems('reason', body.reason),
    apply: (draft, { state, body }) => {
      draft
        .append('reassignment_declined', { patch: { state: 'assigned', request: null }, text: keptText(body.reason) })
        .tell('reassignment_declined', 'requester', state.request ? { to: [state.request.by] } : {});
    },
  },
};
