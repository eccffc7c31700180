import { attachmentsProblems, keptText, textProblems } from '../body-checks.js';
import { daysLater, timesOf } from '../clock.js';
import type { Draft } from '../draft.js';
import { evidenceProblems } from '../evidence.js';
import { askedToRate, standing } from '../moves.js';
import { capacityOf, type Capacity } from '../relations.js';
import { reopensLeft } from '../transitions.js';
import type { Actor, CaseAnswer, CaseState, FieldProblem } from '../types.js';
import type { Handlers } from './handler.js';

interface Answering {
  actor: Actor;
  capacity: Capacity;
  kind: CaseAnswer['kind'];
  remarks: string | undefined;
  reasonCode?: string;
  data: Readonly<Record<string, unknown>>;
}

function answerCase(draft: Draft, answering: Answering): void {
  const { state, ctx } = draft;
  const { rules } = state;
  const { kind, actor, capacity, reasonCode } = answering;
  const remarks = keptText(answering.remarks) ?? '';
  const later = (days: number): number => daysLater(rules, ctx.calendar, ctx.now, days);
  const closing = reopensLeft(state) <= 0;
  draft
    .append(kind, {
      patch: {
        ...standing(state, ctx),
        state: kind,
        waiting: null,
        request: null,
        resolvedAt: kind === 'resolved' ? ctx.now : null,
        answer: {
          kind,
          seq: state.version + 1,
          at: ctx.now,
          by: { id: actor.id, post: capacity.post ?? null, role: capacity.role },
          remarks,
          ...(reasonCode !== undefined && { reasonCode }),
          windowEndsAt: later(rules.ratingWindowDays),
          remindAt: askedToRate(state).length > 0 ? later(rules.ratingReminderDays) : null,
          ratings: [],
          before: {
            state: state.state,
            owner: state.owner,
            accountable: state.accountable,
            level: state.level,
            clock: state.clock,
            waiting: state.waiting,
            request: state.request,
            directedBy: state.directedBy,
            digestAt: state.digestAt,
          },
        },
      },
      text: remarks,
      // After the last reopening the remarks are the closing order, and say so wherever they are shown.
      data: { ...answering.data, ...(closing && { closingOrder: true }) },
    })
    .tell(kind, 'citizens', {
      data: { ...(closing && { closingOrder: 1 }), ...(reasonCode !== undefined && { reasonCode }) },
    });
}

function reasonProblems(state: CaseState, reasonCode: unknown): FieldProblem[] {
  const field = 'reasonCode';
  const expected = `one of ${state.rules.rejectReasons.join(', ')}`;
  if (reasonCode === undefined || reasonCode === null || reasonCode === '')
    return [{ field, problem: 'required', expected }];
  if (typeof reasonCode !== 'string') return [{ field, problem: 'wrong_type', expected }];
  if (!state.rules.rejectReasons.includes(reasonCode)) return [{ field, problem: 'unknown', expected }];
  return reasonCode === 'no_answer' && !state.silent
    ? [{ field, problem: 'not_allowed', expected: 'only after the citizen was asked and did not answer' }]
    : [];
}

export const answering: Handlers<'resolve' | 'reject' | 'undo'> = {
  resolve: {
    check: ({ state, body }) => [
      ...textProblems('remarks', body.remarks),
      ...attachmentsProblems(body.attachments, false),
      ...evidenceProblems(state, body),
    ],
    apply: (draft, { actor, capacity, body }) => {
      const attachments = body.attachments?.map((attachment) => attachment.id) ?? [];
      answerCase(draft, {
        actor,
        capacity,
        kind: 'resolved',
        remarks: body.remarks,
        data: {
          ...(attachments.length > 0 && { attachments }),
          ...(body.lat !== undefined && body.lon !== undefined && { lat: body.lat, lon: body.lon }),
        },
      });
    },
  },
  reject: {
    check: ({ state, body }) => [...reasonProblems(state, body.reasonCode), ...textProblems('remarks', body.remarks)],
    apply: (draft, { actor, capacity, body }) => {
      answerCase(draft, {
        actor,
        capacity,
        kind: 'rejected',
        remarks: body.remarks,
        ...(body.reasonCode !== undefined && { reasonCode: body.reasonCode }),
        data: { reasonCode: body.reasonCode },
      });
    },
  },
  undo: {
    check: ({ body }) => textProblems('reason', body.reason),
    apply: (draft, { state, body, actor, ctx }) => {
      if (!state.answer) return;
      const { before, seq } = state.answer;
      draft
        .append('answer_undone', {
          patch: { ...before, ...timesOf({ ...state, ...before }, ctx.calendar), answer: null, resolvedAt: null },
          text: keptText(body.reason),
          data: { answer: seq },
        })
        .tell('answer_undone', 'citizens');
      if (draft.state.owner !== null && !capacityOf(draft.state, actor, ['owner']))
        draft.tell('work_assigned', 'owner');
    },
  },
};
