import { allowedActions } from '#libs/domain/case/allowed';
import { COMMANDS, type CommandName } from '#libs/domain/case/names';
import { nextDeadlines } from '#libs/domain/case/deadlines';
import { decide } from '#libs/domain/case/decide';
import type { Actor, CaseCommand, CaseState, SystemCommand } from '#libs/domain/case/types';
import type { StepRecord } from '#libs/contracts/temporal/grievance';
import { ACTORS, CALENDAR, DAY, HOUR, POSTS, RULES, SYSTEM } from '#libs/testing/case-samples';
import { refusalIn, type Life } from '#libs/testing/life';
import { useLives } from '#libs/testing/lives';

const STEPS = 100;
const LEAPS = [HOUR, 6 * HOUR, DAY, 3 * DAY, 8 * DAY];
/** No duration is as long as the time since 1970. */
const EARLIEST = Date.UTC(2001, 8, 9);

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed: number): <T>(choices: readonly T[]) => T {
  let state = seed;
  return (choices) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const chosen = choices[((mixed ^ (mixed >>> 14)) >>> 0) % choices.length];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
}

/** A body for each command, mostly good, so that the walk gets around. */
function bodyOf(name: CommandName, roll: ReturnType<typeof dice>): object {
  const target = roll([POSTS.lme, POSTS.otherLme, POSTS.otherLme, POSTS.gro, POSTS.stranger]);
  switch (name) {
    case 'assign':
    case 'reassign':
      return { position: target.position, target };
    case 'direct':
      return { position: target.position, target, instruction: 'at once' };
    case 'transfer':
      return {
        department: 'LGT',
        reason: 'a lamp',
        target: {
          department: 'LGT',
          subCategory: 'lamp',
          ward: '91',
          borough: '10',
          rules: { ...RULES, gro: POSTS.strangerGro.position, candidates: [POSTS.stranger] },
        },
      };
    case 'resolve':
      return { remarks: roll(['done', 'done', '']) };
    case 'ask-citizen':
      return { question: 'which lane?' };
    case 'answer':
    case 'comment':
      return { text: roll(['the third', 'x'.repeat(5_000)]) };
    case 'rate':
      return { rating: roll([1, 2, 3, 5, 0, '5']) };
    case 'reject':
      return { reasonCode: roll(['sub_judice', 'no_answer', 'because']), remarks: 'so it is' };
    case 'mark-duplicate':
      return { of: 'KMC-26-0000009-9', other: { number: 'KMC-26-0000009-9', tenant: 'kmc', open: true } };
    case 'attach':
      return { attachments: [{ id: 'a1', mime: 'image/jpeg' }] };
    case 'follow':
    case 'unfollow':
      return { person: ACTORS.passerBy.id };
    case 'directive':
      return { text: 'by tomorrow', dueAt: Date.UTC(2400, 0, 1) };
    case 'recall':
      return {};
    default:
      return { reason: roll(['because', 'because', '']) };
  }
}

/** What decide() says to a recorded step, at the moment at which it happened. */
function foretold(before: CaseState, step: StepRecord, command: CaseCommand | undefined): unknown {
  const now = step.events[0]?.at ?? 0;
  const deadline = nextDeadlines(before).find(({ at }) => at <= now);
  const system: SystemCommand | undefined = deadline && { name: 'deadline', kind: deadline.kind, actor: SYSTEM };
  const given = step.update ? command : system;
  if (!given) throw new Error(`nothing was due before event ${step.events[0]?.seq}`);
  const decision = decide(before, given, { now, calendar: CALENDAR });
  return decision.ok ? { state: decision.next, events: decision.events, notices: decision.notices } : decision.refusal;
}

/**
 * Without the instants and what was counted up to them: a closed case is asked by way of replay, whose clock stands a
 * little elsewhere than its life's.
 */
function timeless(state: CaseState): unknown {
  const instant = (value: unknown): boolean => typeof value === 'number' && value > EARLIEST;
  const counted = (key: string): boolean => key === 'consumedMs' && state.state === 'closed';
  return JSON.parse(
    JSON.stringify(state, (key, value: unknown) => (instant(value) || counted(key) ? 'an instant' : value)),
  );
}

describe('a walk through the rules', () => {
  const lives = useLives();
  /** State × command pairs that were accepted or refused in any walk. */
  const met = new Map<string, 'accepted' | 'refused'>();

  /** Answers how many steps were compared. */
  async function walk(seed: number): Promise<number> {
    const roll = dice(seed);
    const actors = Object.values(ACTORS);
    const begin = (): Promise<Life> => lives.register({ rules: { candidates: roll([[POSTS.lme], []]) } });
    let life = await begin();
    let before = await life.state();
    let checked = 1;
    let compared = 0;
    for (let index = 0; index < STEPS; index++) {
      const { state } = before;
      if (state === 'closed') {
        life = await begin();
        before = await life.state();
        checked = 1;
        continue;
      }
      let command: CaseCommand | undefined;
      if (roll([1, 2, 3, 4, 5, 6, 7, 8]) === 1) {
        await life.pass(roll(LEAPS));
      } else {
        const actor: Actor = roll(actors);
        // Blind choices are refused nearly always: mostly something is tried that this actor's buttons show.
        const shown = allowedActions(before, actor);
        const name = roll(shown.length > 0 && roll([true, true, true, false]) ? shown : COMMANDS);
        const body = bodyOf(name, roll);
        command = { name, actor, body } as CaseCommand;
        const now = await lives.bed.env.currentTimeMs();
        const expected = decide(before, command, { now, calendar: CALENDAR });
        const outcome = await life.command(name, actor, body as never).catch(refusalIn);
        if (expected.ok) expect(outcome).toMatchObject({ state: { number: life.number } });
        else expect(outcome).toEqual(expected.refusal);
        met.set(`${state} ${name}`, expected.ok ? 'accepted' : (met.get(`${state} ${name}`) ?? 'refused'));
      }
      const live = await life.state();
      const { steps } = lives.record.of(life.number);
      for (const step of steps.slice(checked)) {
        const { state: after, events, notices } = step;
        expect({ state: after, events, notices }).toEqual(foretold(before, step, command));
        before = after;
        compared += 1;
      }
      checked = steps.length;
      expect(steps.map((step) => timeless(step.state))).toContainEqual(timeless(live));
    }
    return compared;
  }

  it.each([1, 2, 3, 4, 5, 6])('meets in the running workflow what decide() says, walk %i', async (seed) => {
    expect(await walk(seed)).toBeGreaterThan(STEPS / 5);
  });

  it('has met most of the table', () => {
    const accepted = [...met].filter(([, outcome]) => outcome === 'accepted');
    expect(met.size).toBeGreaterThan(70);
    expect(accepted.length).toBeGreaterThan(25);
  });
});
