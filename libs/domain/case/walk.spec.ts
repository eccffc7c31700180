import { allowedActions } from './allowed.js';
import { ACTORS, command, ctx, DAY, GOOD_BODIES, MONDAY, POSTS, SYSTEM, type ActorKey } from './case-fixtures.js';
import { decide } from './decide.js';
import { COMMANDS, DEADLINES, type CommandName, type DeadlineKind } from './names.js';
import type { CaseState } from './types.js';
import { SITUATIONS, type Situation } from './walk-situations.js';

const PEOPLE = Object.keys(ACTORS) as ActorKey[];
const WORKING = ['awaiting_assignment', 'assigned', 'reassignment_requested', 'awaiting_citizen', 'reopened'];
const ANSWERED = ['resolved', 'rejected'];
const OPEN = ['registered', ...WORKING, ...ANSWERED];
const DESKS: readonly ActorKey[] = ['callCentre', 'mayorsOffice'];
const OFFICERS: readonly ActorKey[] = ['gro', 'ee', 'dyce', 'osd', 'roadsGro'];
const FIELD: readonly ActorKey[] = [...OFFICERS, 'lme', 'spare', 'roadsLme'];
const PUBLIC: readonly ActorKey[] = ['filer', 'follower', 'stranger', ...DESKS];

/**
 * Every state × command × person × deadline, compared with the table below, which is written from the rules alone:
 * nothing of it is read from the code under test.
 */
interface Rule {
  ever: readonly ActorKey[];
  states: readonly string[];
  may: (situation: Situation) => readonly (ActorKey | undefined)[];
}

const groAndOfficer = (s: Situation): readonly (ActorKey | undefined)[] => ['gro', s.officer];
const filerAndDesks = (): readonly ActorKey[] => ['filer', ...DESKS];
const speakers = (s: Situation): readonly (ActorKey | undefined)[] => ['filer', ...DESKS, 'gro', s.owner, s.officer];
const anybody = (): readonly ActorKey[] => ['filer', 'follower', 'stranger', ...DESKS];

const TABLE: Readonly<Record<CommandName, Rule>> = {
  assign: { ever: OFFICERS, states: ['awaiting_assignment'], may: groAndOfficer },
  reassign: {
    ever: OFFICERS,
    states: ['assigned', 'reassignment_requested', 'awaiting_citizen', 'reopened'],
    may: (s) => ['gro', s.officer, ...(s.decides ?? [])],
  },
  transfer: { ever: OFFICERS, states: WORKING, may: groAndOfficer },
  reject: { ever: OFFICERS, states: WORKING, may: groAndOfficer },
  'request-reassignment': { ever: FIELD, states: ['assigned'], may: (s) => [s.owner] },
  'decline-reassignment': {
    ever: OFFICERS,
    states: ['reassignment_requested'],
    may: (s) => ['gro', s.officer, ...(s.decides ?? [])],
  },
  resolve: {
    ever: FIELD,
    states: ['assigned', 'reassignment_requested', 'reopened', 'awaiting_citizen'],
    may: (s) => [s.owner, s.officer],
  },
  direct: {
    ever: ['ee', 'dyce', 'osd'],
    states: ['assigned', 'reassignment_requested', 'reopened'],
    may: (s) => [s.officer],
  },
  'ask-citizen': {
    ever: FIELD,
    states: ['assigned', 'awaiting_assignment', 'reopened'],
    may: (s) => ((s.pauses ?? 0) < 2 ? [s.owner ?? 'gro'] : [s.owner, 'gro', s.officer]),
  },
  answer: { ever: PUBLIC, states: ['awaiting_citizen'], may: filerAndDesks },
  recall: { ever: FIELD, states: ['awaiting_citizen'], may: (s) => ['gro', s.owner] },
  rate: { ever: PUBLIC, states: ANSWERED, may: () => ['filer', 'follower', ...DESKS] },
  reopen: { ever: PUBLIC, states: ANSWERED, may: filerAndDesks },
  undo: { ever: FIELD, states: ANSWERED, may: (s) => ['gro', s.answeredBy] },
  withdraw: { ever: PUBLIC, states: OPEN, may: filerAndDesks },
  'mark-duplicate': { ever: OFFICERS, states: OPEN, may: groAndOfficer },
  comment: { ever: [...PUBLIC, ...FIELD], states: OPEN, may: speakers },
  attach: { ever: [...PUBLIC, ...FIELD], states: OPEN, may: speakers },
  follow: { ever: PUBLIC, states: OPEN, may: anybody },
  unfollow: { ever: PUBLIC, states: OPEN, may: anybody },
  directive: { ever: ['mayorsOffice'], states: OPEN, may: () => ['mayorsOffice'] },
};

/** What the limits of the rules say once state and relation are right. */
function limited(s: Situation, name: CommandName, who: ActorKey): boolean {
  const speaksAs = DESKS.includes(who) ? 'filer' : who;
  switch (name) {
    case 'rate':
      return s.ratedBy?.includes(speaksAs) ?? false;
    case 'undo':
      return (s.ratedBy ?? []).length > 0;
    case 'reopen':
      return s.capped ?? false;
    case 'ask-citizen':
      return s.pauses === 3 || (s.pauses === 2 && who !== 'gro' && who !== s.officer);
    case 'follow':
      return who === 'filer' || who === 'follower';
    case 'unfollow':
      return who === 'filer' || who === 'stranger';
    default:
      return false;
  }
}

function expected(s: Situation, name: CommandName, who: ActorKey): string {
  const rule = TABLE[name];
  const byNumber = name === 'follow' || name === 'unfollow';
  const foreign = who === 'roadsLme' || who === 'roadsGro' || (who === 'stranger' && !byNumber);
  const beyondFollowing = who === 'follower' && !byNumber && name !== 'rate';
  if (foreign || beyondFollowing) return '404';
  if (!rule.ever.includes(who)) return '403 forbidden';
  if (!rule.states.includes(s.state)) return '409 state';
  if (name === 'resolve' && s.askedFromUnassigned) return '409 state';
  if (!rule.may(s).includes(who)) return '403 forbidden';
  return limited(s, name, who) ? '409 limit' : 'accepted';
}

function actual(state: CaseState, name: CommandName, who: ActorKey): string {
  const asked =
    name === 'assign' || name === 'reassign'
      ? { position: POSTS.spare.position, target: POSTS.spare }
      : GOOD_BODIES[name];
  const decision = decide(state, command(name, who, asked), ctx(MONDAY + 40 * DAY));
  if (decision.ok) return 'accepted';
  const { status, code } = decision.refusal;
  if (status === 404) return '404';
  if (status === 403) return '403 forbidden';
  return code === 'state_conflict' ? '409 state' : status === 409 ? '409 limit' : `${status} ${code}`;
}

describe.each(Object.entries(SITUATIONS))('a case %s', (_title, situation) => {
  const state = situation.case();

  it('is in the state that the situation names', () => {
    expect(state.state).toBe(situation.state);
  });

  it.each(COMMANDS)('accepts and refuses %s exactly as the rules say', (name) => {
    const said = Object.fromEntries(PEOPLE.map((who) => [who, actual(state, name, who)]));
    expect(said).toEqual(Object.fromEntries(PEOPLE.map((who) => [who, expected(situation, name, who)])));
  });

  it('shows each person exactly the commands that will be accepted', () => {
    for (const who of PEOPLE) {
      const shown = allowedActions(state, ACTORS[who]);
      expect([who, shown]).toEqual([who, COMMANDS.filter((name) => actual(state, name, who) === 'accepted')]);
    }
  });

  it('has exactly the deadlines that the rules give it, none before its time', () => {
    const fires = (kind: DeadlineKind, now: number): boolean =>
      decide(state, { name: 'deadline', kind, actor: SYSTEM }, ctx(now)).ok;
    const later = MONDAY + 9_999 * DAY;
    expect(DEADLINES.filter((kind) => fires(kind, later))).toEqual(
      DEADLINES.filter((kind) => situation.deadlines.includes(kind)),
    );
    expect(DEADLINES.filter((kind) => fires(kind, MONDAY - DAY))).toEqual([]);
  });
});
