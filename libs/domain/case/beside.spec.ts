import { ACTORS, ctx, DAY, HOUR, MONDAY, refused, Story, SYSTEM } from './case-fixtures.js';
import type { CommandBodies } from './types.js';

describe('comments and attachments', () => {
  it('are public when a citizen gives them and internal by default when staff do', () => {
    const last = (story: Story): unknown => story.log.at(-1);
    expect(last(Story.routed().does('filer', 'comment', { text: 'Hurry', public: false }))).toMatchObject({
      public: true,
      text: 'Hurry',
    });
    expect(last(Story.routed().does('lme', 'comment'))).toMatchObject({ public: false });
    const told = Story.routed().does('gro', 'comment', { text: 'Coming tomorrow', public: true });
    expect(last(told)).toMatchObject({ public: true });
    expect(told.told()).toEqual(['comment_public → citizens']);
    expect(Story.routed().does('lme', 'comment').told()).toEqual([]);
    expect(last(Story.routed().does('filer', 'attach'))).toMatchObject({ public: true, data: { attachments: ['a1'] } });
    expect(last(Story.routed().does('lme', 'attach'))).toMatchObject({ public: false });
  });

  it('come from filer, staff on behalf, owner, GRO and accountable officer, and leave the state as it is', () => {
    const story = Story.routed().until('level_deadline').does('follower', 'follow');
    for (const who of ['filer', 'callCentre', 'mayorsOffice', 'lme', 'gro', 'ee'] as const) {
      story.does(who, 'comment').does(who, 'attach');
      expect(story.state).toMatchObject({ state: 'assigned', owner: 'WATER-LME-1' });
    }
    expect(story.log.find((event) => event.actor.role === 'call_centre')?.actor.onBehalf).toBe(true);
    for (const who of ['spare', 'dyce'] as const) {
      expect(story.refuses(who, 'comment')).toMatchObject({ status: 403 });
      expect(story.refuses(who, 'attach')).toMatchObject({ status: 403 });
    }
  });

  it('must say something', () => {
    expect(Story.routed().refuses('lme', 'comment', { text: ' ' })).toMatchObject({ status: 422 });
    expect(Story.routed().refuses('lme', 'attach', { attachments: [] })).toMatchObject({ status: 422 });
    expect(Story.routed().refuses('lme', 'attach', { attachments: 'a1' } as object)).toMatchObject({
      problems: [{ problem: 'wrong_type' }],
    });
    expect(Story.routed().refuses('lme', 'comment', { text: 'x', public: 'yes' } as object)).toMatchObject({
      problems: [{ field: 'public' }],
    });
  });
});

describe('following', () => {
  it('is open to any citizen by number', () => {
    const story = Story.routed().does('stranger', 'follow');
    expect(story.state.followers).toEqual(['citizen:stranger']);
    expect(story.log.at(-1)).toMatchObject({
      event: 'followed',
      public: false,
      data: { persons: ['citizen:stranger'] },
    });
    expect(story.does('stranger', 'unfollow').state.followers).toEqual([]);
  });

  it('does not exist for strangers where the category hides the complainant', () => {
    const story = Story.routed({ hideComplainant: true });
    expect(story.refuses('stranger', 'follow')).toMatchObject({ status: 404, code: 'not_found' });
    expect(story.refuses('stranger', 'unfollow')).toMatchObject({ status: 404 });
    expect(story.refuses('callCentre', 'follow')).toMatchObject({ status: 409, code: 'not_followable' });
  });

  it('is refused to the filer and to followers, and unfollowing to others', () => {
    const story = Story.routed().does('follower', 'follow');
    expect(story.refuses('filer', 'follow')).toMatchObject({ status: 409, code: 'already_following' });
    expect(story.refuses('follower', 'follow')).toMatchObject({ status: 409, code: 'already_following' });
    expect(story.refuses('filer', 'unfollow')).toMatchObject({ status: 409, code: 'not_following' });
    expect(story.refuses('stranger', 'unfollow')).toMatchObject({ status: 409, code: 'not_following' });
  });

  it('is done by staff for the citizen they name', () => {
    const story = Story.routed();
    expect(story.refuses('callCentre', 'unfollow')).toMatchObject({ status: 409, code: 'not_following' });
    expect(story.refuses('callCentre', 'follow', {})).toMatchObject({
      status: 422,
      problems: [{ field: 'citizen.mobile' }],
    });
    expect(story.refuses('callCentre', 'follow', { person: 'citizen:filer' })).toMatchObject({ status: 409 });
    story.does('mayorsOffice', 'follow', { person: 'citizen:caller' });
    expect(story.state.followers).toEqual(['citizen:caller']);
    expect(story.refuses('callCentre', 'unfollow', { person: 'citizen:other' })).toMatchObject({ status: 409 });
    expect(story.does('callCentre', 'unfollow', { person: 'citizen:caller' }).state.followers).toEqual([]);
  });

  it('gives a follower the right to rate and to unfollow, nothing else', () => {
    const story = Story.routed().does('follower', 'follow').does('lme', 'resolve');
    for (const name of ['reopen', 'withdraw', 'comment', 'attach'] as const) {
      expect(story.refuses('follower', name)).toMatchObject({ status: 404, allowed: ['rate', 'unfollow'] });
    }
  });
});

describe('withdrawing and duplicates', () => {
  it('closes a withdrawn case in any open state, keeping its last owner for the record', () => {
    const story = Story.routed().does('filer', 'withdraw', {});
    expect(story.events()).toEqual(['withdrawn', 'closed']);
    expect(story.state).toMatchObject({
      state: 'closed',
      outcome: 'withdrawn',
      owner: 'WATER-LME-1',
      closedAt: MONDAY,
      dueAt: null,
    });
    expect(story.told()).toEqual(['work_withdrawn → owner', 'closed → citizens']);
    expect(Story.routed().does('lme', 'resolve').does('callCentre', 'withdraw').state.outcome).toBe('withdrawn');
  });

  it('closes a duplicate of another open case', () => {
    const story = Story.routed().does('gro', 'mark-duplicate');
    expect(story.events()).toEqual(['marked_duplicate', 'closed']);
    expect(story.state).toMatchObject({ state: 'closed', outcome: 'duplicate', duplicateOf: 'KMC-26-0000002-9' });
  });

  it('refuses an unknown, closed, foreign or the same case as 422', () => {
    const other = { number: 'KMC-26-0000002-9', tenant: 'kmc', open: true };
    const problemOf = (body: CommandBodies['mark-duplicate']): unknown =>
      Story.routed().refuses('gro', 'mark-duplicate', body).problems?.[0]?.problem;
    expect(problemOf({})).toBe('required');
    expect(problemOf({ of: 7 } as object)).toBe('wrong_type');
    expect(problemOf({ of: 'x' })).toBe('unknown');
    expect(problemOf({ of: 'x', other: { ...other, tenant: 'other' } })).toBe('unknown');
    expect(problemOf({ of: 'x', other: { ...other, open: false } })).toBe('not_allowed');
    expect(problemOf({ of: 'x', other: { ...other, number: 'KMC-26-0000001-1' } })).toBe('not_allowed');
  });

  it('moves filer and followers to the other case, each once', () => {
    const story = Story.routed().does('follower', 'follow');
    const persons = ['citizen:a', 'citizen:follower', 'citizen:filer', 'citizen:a'];
    story.system({ name: 'adopt', actor: SYSTEM, persons, from: 'KMC-26-0000002-9' });
    expect(story.state.followers).toEqual(['citizen:follower', 'citizen:a']);
    expect(story.log.at(-1)?.data).toMatchObject({ persons: ['citizen:a'], from: 'KMC-26-0000002-9' });
    const again = { name: 'adopt', actor: SYSTEM, persons, from: 'KMC-26-0000002-9' } as const;
    expect(refused(story.state, again, ctx(story.now))).toMatchObject({ status: 409 });
    expect(refused(story.does('filer', 'withdraw').state, again, ctx(story.now))).toMatchObject({ status: 409 });
  });
});

describe('directives of the mayor’s office', () => {
  it('move no clock, are told to owner and accountable officer, and to the office when they pass', () => {
    const story = Story.routed().until('level_deadline');
    const { clock, dueAt } = story.state;
    const due = story.now + HOUR;
    story.does('mayorsOffice', 'directive', { text: 'By noon', dueAt: due });
    expect(story.state).toMatchObject({ clock, dueAt, directive: { text: 'By noon', dueAt: due, told: false } });
    expect(story.told()).toEqual(['directive_given → owner', 'directive_given → accountable']);
    story.until('directive_due');
    expect(story.now).toBe(due);
    expect(story.told()).toEqual(['directive_overdue → mayors_office']);
    expect(() => story.until('directive_due')).toThrow('no directive_due');
  });

  it('are replaced by a later one', () => {
    const story = Story.routed()
      .does('mayorsOffice', 'directive', { text: 'One', dueAt: MONDAY + HOUR })
      .until('directive_due');
    story.does('mayorsOffice', 'directive', { text: 'Two', dueAt: MONDAY + DAY });
    expect(story.state.directive).toEqual({ text: 'Two', dueAt: MONDAY + DAY, told: false });
    expect(story.told()).toEqual(['directive_given → owner']);
    expect(Story.routed({ candidates: [] }).does('mayorsOffice', 'directive').told()).toEqual([
      'directive_given → gro',
    ]);
  });

  it('need a text and a moment in the future, and the mayor’s office', () => {
    const problemOf = (body: object): unknown =>
      Story.routed().refuses('mayorsOffice', 'directive', body).problems?.[0];
    expect(problemOf({ dueAt: MONDAY + DAY })).toMatchObject({ field: 'text', problem: 'required' });
    expect(problemOf({ text: 'x' })).toMatchObject({ field: 'dueAt', problem: 'required' });
    expect(problemOf({ text: 'x', dueAt: 'soon' })).toMatchObject({ field: 'dueAt', problem: 'wrong_type' });
    expect(problemOf({ text: 'x', dueAt: MONDAY })).toMatchObject({ field: 'dueAt', problem: 'out_of_range' });
    expect(Story.routed().refuses('callCentre', 'directive')).toMatchObject({ status: 403 });
    expect(ACTORS.callCentre.roles).toEqual(['call_centre']);
  });
});
