import { ACTORS, command, ctx, MONDAY, POSTS, refused, Story } from './case-fixtures.js';
import { hiddenFrom } from './relations.js';
import { faultsOfTable, TRANSITIONS } from './transitions.js';

const resolved = (): Story => Story.routed().does('lme', 'resolve');

describe('the order of refusals', () => {
  it('asks first whether the case exists for the caller, even before the state', () => {
    const closed = Story.routed().does('filer', 'withdraw');
    expect(closed.refuses('stranger', 'rate')).toMatchObject({ status: 404, code: 'not_found' });
    expect(closed.refuses('roadsLme', 'resolve')).toMatchObject({ status: 404 });
  });

  it('says 403 to a role that never may, whatever the state', () => {
    const closed = Story.routed().does('filer', 'withdraw');
    expect(closed.refuses('filer', 'resolve')).toMatchObject({ status: 403, code: 'forbidden' });
    expect(closed.refuses('lme', 'assign')).toMatchObject({ status: 403 });
    expect(closed.refuses('admin', 'comment')).toMatchObject({ status: 403 });
    expect(closed.refuses('auditor', 'comment')).toMatchObject({ status: 403 });
  });

  it('says 409 by state before 403 by relation, closed included', () => {
    expect(resolved().refuses('spare', 'resolve')).toMatchObject({
      status: 409,
      code: 'state_conflict',
      state: 'resolved',
    });
    expect(Story.routed().refuses('spare', 'resolve')).toMatchObject({ status: 403, code: 'forbidden' });
    expect(Story.routed().does('filer', 'withdraw').refuses('spare', 'resolve')).toMatchObject({
      status: 409,
      state: 'closed',
      allowed: [],
    });
  });

  it('says 403 by relation before 409 by limits, and 409 by limits before 422 by body', () => {
    const capped = resolved()
      .does('filer', 'reopen')
      .does('ee', 'resolve')
      .does('filer', 'reopen')
      .does('dyce', 'resolve');
    const paused = Story.routed().does('lme', 'ask-citizen').does('lme', 'recall');
    paused.does('lme', 'ask-citizen').does('lme', 'recall');
    expect(paused.refuses('spare', 'ask-citizen', {})).toMatchObject({ status: 403 });
    expect(paused.refuses('lme', 'ask-citizen', {})).toMatchObject({ status: 409, code: 'limit_reached' });
    expect(capped.refuses('filer', 'reopen', {})).toMatchObject({ status: 409, code: 'limit_reached' });
    expect(resolved().refuses('filer', 'reopen', {})).toMatchObject({ status: 422, code: 'validation' });
  });

  it('judges what the server could not look up last, before its own findings on the same field', () => {
    const problems = [{ field: 'position', problem: 'unknown', expected: 'a post of the masters' }];
    const what = (who: 'gro' | 'lme'): Parameters<typeof refused>[1] => ({
      name: 'reassign',
      actor: ACTORS[who],
      body: { reason: 'x'.repeat(4_001) },
      problems,
    });
    const { state } = Story.routed();
    expect(refused(state, what('lme'), ctx(MONDAY))).toMatchObject({ status: 403 });
    expect(refused(state, what('gro'), ctx(MONDAY)).problems).toMatchObject([
      { field: 'position', problem: 'unknown' },
      { field: 'reason', problem: 'too_long' },
    ]);
  });

  it('refuses an otherwise good body in which the server found something', () => {
    const what = {
      ...command('resolve', 'lme'),
      problems: [{ field: 'attachments', problem: 'unknown', expected: 'your own' }],
    };
    expect(refused(Story.routed().state, what, ctx(MONDAY))).toMatchObject({ status: 422 });
  });

  it('tells the state, why, and what the caller may do instead', () => {
    const refusal = resolved().refuses('lme', 'resolve');
    expect(refusal).toMatchObject({ state: 'resolved', allowed: ['undo', 'comment', 'attach'] });
    expect(refusal.reason).toContain('resolved');
  });
});

describe('who a case exists for', () => {
  const { state } = Story.routed().does('follower', 'follow');

  it('is known to filer, followers, its department, its matrix, desks, administrators and auditors', () => {
    for (const who of [
      'filer',
      'follower',
      'lme',
      'spare',
      'gro',
      'ee',
      'osd',
      'callCentre',
      'mayorsOffice',
      'admin',
      'auditor',
    ] as const) {
      expect([who, hiddenFrom(state, ACTORS[who])]).toEqual([who, false]);
    }
  });

  it('is unknown to strangers, to other departments and to staff without a post', () => {
    for (const actor of [
      ACTORS.stranger,
      ACTORS.roadsLme,
      ACTORS.roadsGro,
      { id: 'user:x', roles: ['lme' as const], posts: [] },
    ]) {
      expect(hiddenFrom(state, actor)).toBe(true);
    }
  });

  it('is known to a person who holds a post there among several', () => {
    const both = { ...ACTORS.roadsLme, posts: [POSTS.roadsLme, POSTS.lme] };
    expect(hiddenFrom(state, both)).toBe(false);
    expect(Story.routed().does(both, 'resolve').log.at(-1)?.actor.post).toBe('WATER-LME-1');
  });
});

describe('bodies', () => {
  it('take a rating as a whole number from 1 to 5 only', () => {
    const problemOf = (rating: unknown): unknown =>
      resolved().refuses('filer', 'rate', { rating }).problems?.[0]?.problem;
    expect([0, 6, -1].map(problemOf)).toEqual(['out_of_range', 'out_of_range', 'out_of_range']);
    expect(['5', 2.5, Number.NaN, true, [5]].map(problemOf)).toEqual(Array.from({ length: 5 }, () => 'wrong_type'));
    expect([undefined, null].map(problemOf)).toEqual(['required', 'required']);
  });

  it('count 4,000 characters as people do: Bengali and emoji are not cut short', () => {
    const remarks = '😀'.repeat(4_000);
    expect(Story.routed().does('lme', 'resolve', { remarks }).state.answer?.remarks).toBe(remarks);
    const tooLong = Story.routed().refuses('lme', 'resolve', { remarks: `${remarks}ক` });
    expect(tooLong.problems).toEqual([{ field: 'remarks', problem: 'too_long', expected: '1 to 4000 characters' }]);
  });

  it('require words where the rules do, blanks not counting', () => {
    const cases = [
      ['request-reassignment', 'reason', Story.routed(), 'lme'],
      ['decline-reassignment', 'reason', Story.routed().does('lme', 'request-reassignment'), 'gro'],
      ['resolve', 'remarks', Story.routed(), 'lme'],
      ['ask-citizen', 'question', Story.routed(), 'lme'],
      ['answer', 'text', Story.routed().does('lme', 'ask-citizen'), 'filer'],
      ['reopen', 'reason', resolved(), 'filer'],
      ['undo', 'reason', resolved(), 'lme'],
      ['comment', 'text', Story.routed(), 'lme'],
    ] as const;
    for (const [name, field, story, who] of cases) {
      for (const [value, problem] of [
        [undefined, 'required'],
        ['\n\t ', 'required'],
        [5, 'wrong_type'],
        ['x'.repeat(4_001), 'too_long'],
      ]) {
        const refusal = story.refuses(who, name, { [String(field)]: value });
        expect([name, refusal.status, refusal.problems?.[0]]).toMatchObject([name, 422, { field, problem }]);
      }
    }
  });

  it('may be missing altogether and are then refused, not broken', () => {
    const what = { name: 'resolve', actor: ACTORS.lme, body: undefined } as unknown as Parameters<typeof refused>[1];
    expect(refused(Story.routed().state, what, ctx(MONDAY))).toMatchObject({ status: 422 });
  });
});

describe('the table of transitions', () => {
  it('is sound, and an unsound one is noticed', () => {
    expect(faultsOfTable(TRANSITIONS)).toEqual([]);
    const broken = {
      nowhere: { from: [], roles: ['lme'], who: ['owner'] },
      after: { from: ['closed'], roles: [], who: [] },
      odd: { from: ['lost' as 'closed'], roles: ['lme'], who: ['owner'] },
    } as const;
    expect(faultsOfTable(broken)).toEqual([
      'nowhere starts nowhere',
      'after leaves closed',
      'after is open to nobody',
      'odd starts in an unknown state',
    ]);
  });
});
