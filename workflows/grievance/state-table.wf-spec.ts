import type { CommandName } from '#libs/domain/case/names';
import type { CaseRules, CaseState } from '#libs/domain/case/types';
import { ACTORS, DAY, HOUR, POSTS, RULES } from '#libs/testing/case-samples';
import { useLives } from '#libs/testing/lives';

/** A command by an actor, or time that passes. */
type Step = readonly [CommandName, keyof typeof ACTORS, object] | number;
interface Row {
  rules?: Partial<CaseRules>;
  steps: readonly Step[];
  /** The case after the last step. */
  then: Partial<CaseState> | { refused: { status: number; code?: string } };
}

const { lme, otherLme, gro, first, second } = POSTS;
const to = (target: (typeof POSTS)[keyof typeof POSTS], more: object = {}) => ({
  position: target.position,
  target,
  ...more,
});
const resolve = (by: keyof typeof ACTORS = 'lme'): Step => ['resolve', by, { remarks: 'done' }];
const rate = (rating: number, by: keyof typeof ACTORS = 'citizen'): Step => ['rate', by, { rating }];
const reject: Step = ['reject', 'gro', { reasonCode: 'sub_judice', remarks: 'before the court' }];
const ask = (by: keyof typeof ACTORS = 'lme'): Step => ['ask-citizen', by, { question: 'Which lane?' }];
const request: Step = ['request-reassignment', 'lme', { reason: 'not mine' }];
const withdraw: Step = ['withdraw', 'citizen', {}];
const duplicate: Step = [
  'mark-duplicate',
  'gro',
  { of: 'KMC-26-0000009-9', other: { number: 'KMC-26-0000009-9', tenant: 'kmc', open: true } },
];
const lighting: CaseRules = {
  ...RULES,
  gro: POSTS.strangerGro.position,
  candidates: [POSTS.stranger],
};
const transfer: Step = [
  'transfer',
  'gro',
  {
    department: 'LGT',
    reason: 'a lamp',
    target: { department: 'LGT', subCategory: 'lamp', ward: '91', borough: '10', rules: lighting },
  },
];
const nobody: Partial<CaseRules> = { candidates: [] };
const patient: Partial<CaseRules> = { slaHours: 100_000 };

const ROWS: Readonly<Record<string, Row>> = {
  'registered: to the post of category and ward': {
    steps: [],
    then: { state: 'assigned', owner: lme.position, version: 2 },
  },
  'registered without a post: with the GRO': {
    rules: nobody,
    steps: [],
    then: { state: 'awaiting_assignment', owner: null, accountable: gro.position },
  },
  'awaiting_assignment: assign': {
    rules: nobody,
    steps: [['assign', 'gro', to(lme)]],
    then: { state: 'assigned', owner: lme.position },
  },
  'assigned: assign is for unassigned cases': {
    steps: [['assign', 'gro', to(lme)]],
    then: { refused: { status: 409 } },
  },
  'assigned: reassign': {
    steps: [['reassign', 'gro', to(otherLme)]],
    then: { state: 'assigned', owner: otherLme.position },
  },
  'assigned: reject': { steps: [reject], then: { state: 'rejected' } },
  'assigned: transfer': {
    steps: [transfer],
    then: { state: 'assigned', department: 'LGT', owner: POSTS.stranger.position },
  },
  'assigned: request-reassignment': {
    steps: [request],
    then: { state: 'reassignment_requested', owner: lme.position },
  },
  'reassignment_requested: reassign': {
    steps: [request, ['reassign', 'gro', to(otherLme)]],
    then: { state: 'assigned', owner: otherLme.position },
  },
  'reassignment_requested: decline-reassignment': {
    steps: [request, ['decline-reassignment', 'gro', { reason: 'yours' }]],
    then: { state: 'assigned', owner: lme.position },
  },
  'reassignment_requested: the decision clock brings in the next level': {
    rules: patient,
    steps: [request, 5 * DAY, ['decline-reassignment', 'first', { reason: 'yours' }]],
    then: { state: 'assigned', level: 0 },
  },
  'reassignment_requested: resolve': { steps: [request, resolve()], then: { state: 'resolved' } },
  'assigned: resolve by the owner': { steps: [resolve()], then: { state: 'resolved', dueAt: null } },
  'assigned: resolve by the accountable officer': {
    steps: [25 * HOUR, resolve('first')],
    then: { state: 'resolved', level: 1 },
  },
  'assigned: not resolved by another department': { steps: [resolve('stranger')], then: { refused: { status: 404 } } },
  'assigned: direct keeps the officer accountable': {
    steps: [25 * HOUR, ['direct', 'first', to(otherLme, { instruction: 'go' })]],
    then: { state: 'assigned', owner: otherLme.position, accountable: first.position, directedBy: first.position },
  },
  'reopened: direct may give it back to the same LME': {
    steps: [resolve(), rate(1), ['direct', 'first', to(lme, { instruction: 'again' })]],
    then: { state: 'assigned', owner: lme.position, accountable: first.position },
  },
  'reopened: reassign may not': {
    steps: [resolve(), rate(1), ['reassign', 'first', to(lme)]],
    then: { refused: { status: 422, code: 'validation' } },
  },
  'assigned: ask-citizen pauses the clock': { steps: [ask()], then: { state: 'awaiting_citizen', dueAt: null } },
  'awaiting_assignment: ask-citizen by the GRO': {
    rules: nobody,
    steps: [ask('gro')],
    then: { state: 'awaiting_citizen' },
  },
  'reopened: ask-citizen by the officer': {
    steps: [resolve(), rate(1), ask('first')],
    then: { state: 'awaiting_citizen' },
  },
  'awaiting_citizen: answer': {
    steps: [ask(), ['answer', 'citizen', { text: 'the third' }]],
    then: { state: 'assigned', silent: false },
  },
  'awaiting_citizen: a week of silence': { steps: [ask(), 7 * DAY + HOUR], then: { state: 'assigned', silent: true } },
  'awaiting_citizen: recall': { steps: [ask(), ['recall', 'lme', {}]], then: { state: 'assigned' } },
  'awaiting_citizen: resolve': { steps: [ask(), resolve()], then: { state: 'resolved', waiting: null } },
  'awaiting_citizen: not resolved from awaiting_assignment': {
    rules: nobody,
    steps: [ask('gro'), resolve('gro')],
    then: { refused: { status: 409 } },
  },
  'awaiting_citizen: reassign': {
    steps: [ask(), ['reassign', 'gro', to(otherLme)]],
    then: { state: 'assigned', owner: otherLme.position },
  },
  'awaiting_citizen: no third question by the owner': {
    rules: patient,
    steps: [ask(), ['recall', 'lme', {}], ask(), ['recall', 'lme', {}], ask()],
    then: { refused: { status: 409, code: 'limit_reached' } },
  },
  'working: the level deadline moves accountability alone': {
    steps: [25 * HOUR],
    then: { state: 'assigned', owner: lme.position, accountable: first.position, level: 1 },
  },
  'working: an ownerless case passes to the accountable officer': {
    rules: nobody,
    steps: [25 * HOUR],
    then: { state: 'awaiting_assignment', owner: first.position, accountable: first.position },
  },
  'resolved: rating 3 closes as satisfied': {
    steps: [resolve(), rate(3)],
    then: { state: 'closed', outcome: 'satisfied' },
  },
  'resolved: rating 2 reopens with the Escalation Officer': {
    steps: [resolve(), rate(2)],
    then: { state: 'reopened', owner: first.position, accountable: first.position, level: 1, reopens: 1 },
  },
  'resolved: reopen, the second time one level higher': {
    steps: [
      resolve(),
      ['reopen', 'citizen', { reason: 'no' }],
      resolve('first'),
      ['reopen', 'citizen', { reason: 'no' }],
    ],
    then: { state: 'reopened', owner: second.position, level: 2, reopens: 2 },
  },
  'resolved after two reopens: rating 2 closes as dissatisfied': {
    steps: [resolve(), rate(2), resolve('first'), rate(1), resolve('second'), rate(2)],
    then: { state: 'closed', outcome: 'dissatisfied' },
  },
  'resolved after two reopens: reopen is refused': {
    steps: [resolve(), rate(2), resolve('first'), rate(1), resolve('second'), ['reopen', 'citizen', { reason: 'no' }]],
    then: { refused: { status: 409, code: 'limit_reached' } },
  },
  'resolved: window over': { steps: [resolve(), 16 * DAY], then: { state: 'closed', outcome: 'unrated' } },
  'resolved: stays until the follower has answered': {
    steps: [['follow', 'follower', {}], resolve(), rate(5)],
    then: { state: 'resolved', rating: 5 },
  },
  'resolved: satisfied when the window ends and only some have rated': {
    steps: [['follow', 'follower', {}], resolve(), rate(5), 16 * DAY],
    then: { state: 'closed', outcome: 'satisfied' },
  },
  'resolved: a follower reopens': {
    steps: [['follow', 'follower', {}], resolve(), rate(5), rate(1, 'follower')],
    then: { state: 'reopened', reopens: 1 },
  },
  'resolved: nobody rates twice': {
    steps: [['follow', 'follower', {}], resolve(), rate(5), rate(4)],
    then: { refused: { status: 409, code: 'already_rated' } },
  },
  'resolved: undo': {
    steps: [resolve(), ['undo', 'lme', { reason: 'wrong case' }]],
    then: { state: 'assigned', owner: lme.position, reopens: 0 },
  },
  'resolved: undo brings back a deadline that has passed': {
    steps: [23 * HOUR, resolve(), 3 * HOUR, ['undo', 'gro', { reason: 'wrong case' }]],
    then: { state: 'assigned', level: 1, accountable: first.position },
  },
  'rejected: rating 3 closes as rejected': { steps: [reject, rate(3)], then: { state: 'closed', outcome: 'rejected' } },
  'rejected: rating 1 reopens': {
    steps: [reject, rate(1)],
    then: { state: 'reopened', owner: first.position, reopens: 1 },
  },
  'rejected: window over': { steps: [reject, 16 * DAY], then: { state: 'closed', outcome: 'rejected' } },
  'rejected: undo': { steps: [reject, ['undo', 'gro', { reason: 'wrong case' }]], then: { state: 'assigned' } },
  'assigned: withdraw': { steps: [withdraw], then: { state: 'closed', outcome: 'withdrawn' } },
  'resolved: withdraw': { steps: [resolve(), withdraw], then: { state: 'closed', outcome: 'withdrawn' } },
  'assigned: mark-duplicate': {
    steps: [duplicate],
    then: { state: 'closed', outcome: 'duplicate', duplicateOf: 'KMC-26-0000009-9' },
  },
  'open: comment leaves the clock alone': {
    steps: [['comment', 'citizen', { text: 'hello' }]],
    then: { state: 'assigned', version: 3 },
  },
  'open: attach': {
    steps: [['attach', 'citizen', { attachments: [{ id: 'a1', mime: 'image/jpeg' }] }]],
    then: { state: 'assigned', version: 3 },
  },
  'open: follow': { steps: [['follow', 'follower', {}]], then: { state: 'assigned', followers: [ACTORS.follower.id] } },
  'open: unfollow': {
    steps: [
      ['follow', 'follower', {}],
      ['unfollow', 'follower', {}],
    ],
    then: { followers: [] },
  },
  'open: directive, overdue later, moves no clock': {
    rules: patient,
    steps: [['directive', 'mayorsOffice', { text: 'by tomorrow', dueAt: Date.UTC(2300, 0, 1) }]],
    then: { state: 'assigned', level: 0 },
  },
};

describe('the state table, row by row, in the running workflow', () => {
  const { record, register } = useLives();

  it.each(Object.entries(ROWS))('%s', async (_name, { rules = {}, steps, then }) => {
    const life = await register({ rules });
    const last = 'refused' in then ? steps.at(-1) : undefined;
    for (const step of last === undefined ? steps : steps.slice(0, -1)) {
      if (typeof step === 'number') await life.pass(step);
      else await life.do(step[0], ACTORS[step[1]], step[2]);
    }
    if (typeof last === 'object' && 'refused' in then) {
      expect(await life.refusal(last[0], ACTORS[last[1]], last[2] as never)).toMatchObject(then.refused);
    } else {
      expect(await life.state()).toMatchObject(then);
    }
    const { events, state } = record.of(life.number);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(state.version).toBe(events.length);
  });
});
