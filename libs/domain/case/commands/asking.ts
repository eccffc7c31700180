import { attachmentsProblems, keptText, textProblems } from '../body-checks.js';
import { daysLater } from '../clock.js';
import { running, standing } from '../moves.js';
import type { CaseState, DecisionContext } from '../types.js';
import type { Handlers } from './handler.js';

/** Back to the state in which the question was asked. */
export function afterWaiting(state: CaseState, ctx: DecisionContext): Partial<CaseState> {
  return { ...running(state, ctx), state: state.waiting?.from ?? state.state };
}

export const asking: Handlers<'ask-citizen' | 'answer' | 'recall'> = {
  'ask-citizen': {
    check: ({ body }) => textProblems('question', body.question),
    apply: (draft, { state, body, actor, ctx }) => {
      const byOwner = state.ownerPauses < state.rules.ownerPauses;
      const question = keptText(body.question) ?? '';
      const until = daysLater(state.rules, ctx.calendar, ctx.now, state.rules.silenceDays);
      draft
        .append('citizen_asked', {
          patch: {
            ...standing(state, ctx),
            state: 'awaiting_citizen',
            waiting: { from: state.state, owner: state.owner, until, askedBy: actor.id, question },
            ownerPauses: state.ownerPauses + (byOwner ? 1 : 0),
            extraPauses: state.extraPauses + (byOwner ? 0 : 1),
          },
          text: question,
          data: { until },
        })
        .tell('citizen_asked', 'citizens');
    },
  },
  answer: {
    check: ({ body }) => [...textProblems('text', body.text), ...attachmentsProblems(body.attachments, false)],
    apply: (draft, { state, body, ctx }) => {
      const attachments = body.attachments?.map((attachment) => attachment.id) ?? [];
      draft
        .append('citizen_answered', {
          patch: { ...afterWaiting(state, ctx), silent: false },
          text: keptText(body.text),
          data: attachments.length > 0 ? { attachments } : {},
        })
        .tell('citizen_answered', state.owner === null ? 'gro' : 'owner');
    },
  },
  recall: {
    check: () => [],
    apply: (draft, { state, ctx }) => {
      draft.append('recalled', { patch: afterWaiting(state, ctx) });
    },
  },
};
