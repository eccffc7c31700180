import { attachmentsProblems, keptText, textProblems } from '../body-checks.js';
import { close } from '../moves.js';
import type { Capacity } from '../relations.js';
import type { Actor, CaseState, CommandBodies, FieldProblem } from '../types.js';
import type { Handlers } from './handler.js';

function followerNamed(actor: Actor, capacity: Capacity, person: string | undefined): string | undefined {
  return capacity.onBehalf ? person : actor.id;
}

function personProblems(actor: Actor, capacity: Capacity, person: string | undefined): FieldProblem[] {
  return followerNamed(actor, capacity, person) === undefined
    ? [{ field: 'citizen.mobile', problem: 'required', expected: 'the mobile number of the citizen who follows' }]
    : [];
}

function duplicateProblems(state: CaseState, { of, other }: CommandBodies['mark-duplicate']): FieldProblem[] {
  const field = 'of';
  const expected = 'the number of another open case of this city';
  if (of === undefined || of === null || of === '') return [{ field, problem: 'required', expected }];
  if (typeof of !== 'string') return [{ field, problem: 'wrong_type', expected }];
  if (!other || other.tenant !== state.tenant) return [{ field, problem: 'unknown', expected }];
  return other.number === state.number || !other.open ? [{ field, problem: 'not_allowed', expected }] : [];
}

function dueProblems(dueAt: unknown, now: number): FieldProblem[] {
  const field = 'dueAt';
  const expected = 'a moment in the future';
  if (dueAt === undefined || dueAt === null) return [{ field, problem: 'required', expected }];
  if (typeof dueAt !== 'number' || !Number.isFinite(dueAt)) return [{ field, problem: 'wrong_type', expected }];
  return dueAt <= now ? [{ field, problem: 'out_of_range', expected }] : [];
}

/** Commands beside the work: most leave the state as it is. */
export const beside: Handlers<'mark-duplicate' | 'comment' | 'attach' | 'follow' | 'unfollow' | 'directive'> = {
  'mark-duplicate': {
    check: ({ state, body }) => duplicateProblems(state, body),
    apply: (draft, { state, body }) => {
      if (!body.other) return;
      draft
        .append('marked_duplicate', { patch: { duplicateOf: body.other.number }, data: { of: body.other.number } })
        .tell('work_withdrawn', state.owner === null ? 'gro' : 'owner');
      close(draft, 'duplicate');
    },
  },
  comment: {
    check: ({ body, capacity }) => [
      ...textProblems('text', body.text),
      ...(capacity.role !== 'citizen' && body.public !== undefined && typeof body.public !== 'boolean'
        ? [{ field: 'public', problem: 'wrong_type', expected: 'true or false' }]
        : []),
    ],
    apply: (draft, { body, capacity }) => {
      const byCitizen = capacity.role === 'citizen';
      const isPublic = byCitizen || body.public === true;
      draft.append('commented', { text: keptText(body.text), public: isPublic });
      if (isPublic && !byCitizen) draft.tell('comment_public', 'citizens');
    },
  },
  attach: {
    check: ({ body }) => attachmentsProblems(body.attachments, true),
    apply: (draft, { body, capacity }) => {
      draft.append('attached', {
        public: capacity.role === 'citizen',
        data: { attachments: body.attachments?.map((attachment) => attachment.id) ?? [] },
      });
    },
  },
  follow: {
    check: ({ actor, capacity, body }) => personProblems(actor, capacity, body.person),
    apply: (draft, { state, actor, capacity, body }) => {
      const person = followerNamed(actor, capacity, body.person);
      if (person === undefined) return;
      draft.append('followed', { patch: { followers: [...state.followers, person] }, data: { persons: [person] } });
    },
  },
  unfollow: {
    check: ({ actor, capacity, body }) => personProblems(actor, capacity, body.person),
    apply: (draft, { state, actor, capacity, body }) => {
      const person = followerNamed(actor, capacity, body.person);
      if (person === undefined) return;
      const followers = state.followers.filter((follower) => follower !== person);
      draft.append('unfollowed', { patch: { followers }, data: { persons: [person] } });
    },
  },
  directive: {
    check: ({ body, ctx }) => [...textProblems('text', body.text), ...dueProblems(body.dueAt, ctx.now)],
    apply: (draft, { state, body }) => {
      if (body.dueAt === undefined) return;
      const text = keptText(body.text) ?? '';
      draft
        .append('directive_given', {
          patch: { directive: { text, dueAt: body.dueAt, told: false } },
          text,
          data: { directiveDueAt: body.dueAt },
        })
        .tell('directive_given', state.owner === null ? 'gro' : 'owner');
      if (state.owner !== null && state.accountable !== state.owner) draft.tell('directive_given', 'accountable');
    },
  },
};
