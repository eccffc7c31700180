import fc from 'fast-check';
import { allowedActions } from './allowed.js';
import {
  ACTORS,
  CITY,
  command,
  ctx,
  freshCase,
  GOOD_BODIES,
  HOUR,
  POSTS,
  ROADS_RULES,
  RULES,
  SYSTEM,
  type ActorKey,
} from './case-fixtures.js';
import { nextDeadlines } from './deadlines.js';
import { decide } from './decide.js';
import { COMMANDS, type CommandName } from './names.js';
import { registeredEvent } from './registration.js';
import type { CaseCommand, CaseEvent, CaseRules, CaseState, CommandBodies, PostRef, SystemCommand } from './types.js';

const PEOPLE = Object.keys(ACTORS) as ActorKey[];

/** What happens to cases most; closing commands alone would end most walks early. */
const COMMON: readonly CommandName[] = [
  'resolve',
  'resolve',
  'resolve',
  'rate',
  'reopen',
  'ask-citizen',
  'answer',
  'direct',
];

type Step =
  | { kind: 'command'; name: CommandName; who: ActorKey; lawful: boolean; rating: number; pick: number; wait: number }
  | { kind: 'deadline' }
  | { kind: 'recompute'; holiday: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      name: fc.constantFrom(...COMMANDS, ...COMMON, ...COMMON, ...COMMON),
      who: fc.constantFrom(...PEOPLE),
      lawful: fc.constantFrom(true, true, true, false),
      rating: fc.constantFrom(1, 2, 2, 1, 3, 5),
      pick: fc.nat(3),
      wait: fc.nat(30 * HOUR),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deadline' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recompute' as const), holiday: fc.boolean() }) },
);

const rules: fc.Arbitrary<Partial<CaseRules>> = fc.record({
  calendar: fc.constantFrom('office' as const, 'round_the_clock' as const),
  candidates: fc.constantFrom<readonly PostRef[]>([], [POSTS.lme], [POSTS.spare, POSTS.lme]),
  levels: fc.constantFrom(RULES.levels, RULES.levels.slice(0, 1), []),
  hideComplainant: fc.boolean(),
});

/** Bodies of which one is good wherever the command is allowed: posts differ in who owned and who is barred. */
function bodiesOf(state: CaseState, name: CommandName, rating: number): CommandBodies[CommandName][] {
  const posts = [POSTS.spare, POSTS.lme, POSTS.gro, POSTS.ee, POSTS.roadsLme, POSTS.roadsGro, POSTS.roadsEe];
  switch (name) {
    case 'assign':
    case 'reassign':
      return posts.map((target) => ({ position: target.position, target }));
    case 'direct':
      return posts.map((target) => ({ position: target.position, target, instruction: 'Do it' }));
    case 'transfer': {
      const [department, there] = state.department === 'WATER' ? ['ROADS', ROADS_RULES] : ['WATER', RULES];
      const target = {
        department,
        subCategory: `${department}_OTHER`,
        ward: state.ward,
        borough: state.borough,
        rules: there,
      };
      return [{ department, reason: 'Theirs', target }];
    }
    case 'rate':
      return [{ rating, remarks: 'As seen' }];
    case 'follow':
      return [{ person: `citizen:caller-${state.version}` }];
    case 'unfollow':
      return [{ person: state.followers[0] ?? 'citizen:nobody' }];
    default:
      return [GOOD_BODIES[name]];
  }
}

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

interface Walked {
  states: CaseState[];
  log: CaseEvent[];
  times: number[];
}

/** Plays the steps; refused ones change nothing. The states are frozen, so that a change in place would throw. */
function play(given: Partial<CaseRules>, steps: readonly Step[]): Walked {
  const first = freshCase(given);
  let now = first.registeredAt;
  let calendar = CITY;
  const walked: Walked = { states: [freeze(first)], log: [registeredEvent(first)], times: [now] };
  const last = (): CaseState => walked.states.at(-1) ?? first;
  const take = (what: CaseCommand | SystemCommand): boolean => {
    const decision = decide(last(), freeze(what), ctx(now, calendar));
    if (!decision.ok) return false;
    walked.states.push(freeze(decision.next));
    walked.log.push(...decision.events);
    walked.times.push(now);
    return true;
  };
  take({ name: 'route', actor: SYSTEM });
  for (const one of steps) {
    if (one.kind === 'deadline') {
      const [nearest] = nextDeadlines(last());
      if (!nearest) continue;
      now = Math.max(now, nearest.at);
      take({ name: 'deadline', kind: nearest.kind, actor: SYSTEM });
    } else if (one.kind === 'recompute') {
      calendar = { ...CITY, version: calendar.version + 1, holidays: one.holiday ? ['2026-01-06', '2026-01-08'] : [] };
      take({ name: 'recompute', actor: SYSTEM, order: `order-${calendar.version}` });
    } else {
      now += one.wait;
      // Mostly one who may, so that the walks get deep into a case's life; refusals come with the rest.
      const mayDo = PEOPLE.filter((who) => allowedActions(last(), ACTORS[who]).includes(one.name));
      const who = (one.lawful && mayDo[one.pick % mayDo.length]) || one.who;
      const bodies = bodiesOf(last(), one.name, one.rating);
      take(command(one.name, who, bodies[one.pick % bodies.length]));
    }
  }
  return walked;
}

function holds(property: (walked: Walked) => void): void {
  fc.assert(
    fc.property(rules, fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), (given, steps) => {
      property(play(given, steps));
    }),
    { numRuns: 50 },
  );
}

describe('whatever happens to a case', () => {
  it('numbers its events without a gap, the version being the last of them', () => {
    holds(({ log, states }) => {
      expect(log.map((event) => event.seq)).toEqual(log.map((_event, index) => index + 1));
      expect(states.at(-1)?.version).toBe(log.length);
    });
  });

  it('is reopened at most twice, and paused at most three times', () => {
    holds(({ states, log }) => {
      const end = states.at(-1);
      expect(end?.reopens).toBeLessThanOrEqual(2);
      expect(log.filter((event) => event.event === 'reopened')).toHaveLength(end?.reopens ?? -1);
      expect(log.filter((event) => event.event === 'citizen_asked').length).toBeLessThanOrEqual(3);
    });
  });

  it('shows to everybody exactly the commands that a good body carries through', () => {
    holds(({ states, times }) => {
      const state = states.at(-1);
      if (!state) throw new Error('no state');
      for (const who of PEOPLE) {
        const carried = COMMANDS.filter((name) =>
          bodiesOf(state, name, 4).some((body) => decide(state, command(name, who, body), ctx(times.at(-1) ?? 0)).ok),
        );
        expect([who, allowedActions(state, ACTORS[who])]).toEqual([who, carried]);
      }
    });
  });

  it('survives JSON unchanged, decides the same afterwards, and stays small', () => {
    holds(({ states, times }) => {
      states.forEach((state, index) => {
        const back = JSON.parse(JSON.stringify(state)) as CaseState;
        expect(back).toEqual(state);
        expect(nextDeadlines(back)).toEqual(nextDeadlines(state));
        const rate = command('rate', 'filer', { rating: 1 });
        expect(decide(back, rate, ctx(times[index] ?? 0))).toEqual(decide(state, rate, ctx(times[index] ?? 0)));
      });
      expect(JSON.stringify(states.at(-1)).length).toBeLessThan(8_000);
    });
  });

  it('never stands still: while open it has a deadline, closed it has none', () => {
    holds(({ states }) => {
      for (const state of states)
        expect([state.state, nextDeadlines(state).length > 0]).toEqual([state.state, state.state !== 'closed']);
    });
  });

  it('always has somebody who can bring it further', () => {
    const moves: readonly CommandName[] = [
      'assign',
      'reassign',
      'resolve',
      'reject',
      'decline-reassignment',
      'answer',
      'rate',
    ];
    const roadsEe = { id: 'user:ROADS-EE', roles: ['escalation_officer' as const], posts: [POSTS.roadsEe] };
    holds(({ states }) => {
      for (const state of states.filter(({ state: name }) => name !== 'closed' && name !== 'registered')) {
        const movers = [...Object.values(ACTORS), roadsEe].filter((actor) =>
          allowedActions(state, actor).some((name) => moves.includes(name)),
        );
        // An answered case may wait for a follower outside this circle; then its window ends it.
        const ends = nextDeadlines(state).some(({ kind }) => kind === 'window_end');
        expect([state.state, movers.length > 0 || ends]).toEqual([state.state, true]);
      }
    });
  });

  it('tells in its log all that the lists and figures need', () => {
    holds(({ log, states }) => {
      const told = Object.assign({}, ...log.map((event) => event.data['to'] ?? {})) as Record<string, unknown>;
      const end: Record<string, unknown> = { ...states.at(-1) };
      for (const field of Object.keys(told)) expect([field, told[field]]).toEqual([field, end[field]]);
      expect(log.at(-1)?.data['state']).toBe(end['state']);
    });
  });

  it('keeps owner, clock and state in agreement', () => {
    holds(({ states }) => {
      for (const state of states) {
        const runs = !['awaiting_citizen', 'resolved', 'rejected', 'closed'].includes(state.state);
        expect([state.state, state.clock.runningSince !== null, state.dueAt !== null]).toEqual([
          state.state,
          runs,
          runs,
        ]);
        expect(state.waiting !== null).toBe(state.state === 'awaiting_citizen');
        expect(state.request !== null).toBe(state.state === 'reassignment_requested');
        if (['assigned', 'reassignment_requested', 'reopened'].includes(state.state))
          expect(state.owner).not.toBeNull();
        if (state.level > 0) expect(state.accountable).toBe(state.rules.levels[state.level - 1]?.position);
        expect(state.outcome !== null).toBe(state.state === 'closed');
      }
    });
  });

  it('ends by its deadlines alone once it is answered', () => {
    holds(({ states, times }) => {
      states.forEach((answered, index) => {
        if (answered.state !== 'resolved' && answered.state !== 'rejected') return;
        let state = answered;
        let now = times[index] ?? 0;
        for (let turn = 0; turn < 5 && state.state !== 'closed'; turn += 1) {
          const [nearest] = nextDeadlines(state);
          if (!nearest) break;
          now = Math.max(now, nearest.at);
          const decision = decide(state, { name: 'deadline', kind: nearest.kind, actor: SYSTEM }, ctx(now));
          if (!decision.ok) break;
          state = decision.next;
        }
        expect(state.state).toBe('closed');
      });
    });
  });
});
