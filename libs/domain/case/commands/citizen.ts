import { keptText, ratingProblems, textProblems } from '../body-checks.js';
import { close, ratingsOut, reopen } from '../moves.js';
import { personOf } from '../relations.js';
import { reopensLeft } from '../transitions.js';
import type { Handlers } from './handler.js';

/** The highest rating that says the citizen is not satisfied. */
const DISSATISFIED_UP_TO = 2;

export const citizen: Handlers<'rate' | 'reopen' | 'withdraw'> = {
  rate: {
    check: ({ body }) => [...ratingProblems(body.rating), ...textProblems('remarks', body.remarks, false)],
    apply: (draft, { state, body, actor, capacity, ctx }) => {
      const { answer } = state;
      if (!answer || typeof body.rating !== 'number') return;
      const rating = body.rating;
      const remarks = keptText(body.remarks);
      const person = personOf(state, actor, capacity);
      draft.append('rated', {
        patch: {
          rating,
          remarks,
          answer: { ...answer, ratings: [...answer.ratings, { person, rating, at: ctx.now }] },
        },
        text: remarks,
        data: {
          rating,
          answer: answer.seq,
          answerKind: answer.kind,
          by: capacity.relation === 'follower' ? 'follower' : 'filer',
        },
      });
      if (rating <= DISSATISFIED_UP_TO) {
        if (reopensLeft(state) > 0) reopen(draft, null, { cause: 'rating', rating, answer: answer.seq });
        else close(draft, 'dissatisfied');
      } else if (ratingsOut(draft.state).length === 0) {
        close(draft, answer.kind === 'rejected' ? 'rejected' : 'satisfied');
      }
    },
  },
  reopen: {
    check: ({ body }) => textProblems('reason', body.reason),
    apply: (draft, { state, body }) => {
      reopen(draft, keptText(body.reason), { cause: 'reopen', answer: state.answer?.seq ?? null });
    },
  },
  withdraw: {
    check: ({ body }) => textProblems('reason', body.reason, false),
    apply: (draft, { state, body }) => {
      draft
        .append('withdrawn', { text: keptText(body.reason) })
        .tell('work_withdrawn', state.owner === null ? 'gro' : 'owner');
      close(draft, 'withdrawn');
    },
  },
};
