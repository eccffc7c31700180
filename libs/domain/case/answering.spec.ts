import { ACTORS, DAY, HOUR, MONDAY, POSTS, Story } from './case-fixtures.js';

const LAME = { rating: 2, remarks: 'Dry again' };
const resolved = (): Story =>
  Story.routed()
    .after(2 * HOUR)
    .does('lme', 'resolve');

describe('resolving and rating', () => {
  it('stops the clock and asks filer and followers to rate', () => {
    const story = resolved();
    expect(story.state).toMatchObject({
      state: 'resolved',
      dueAt: null,
      reminderAt: null,
      resolvedAt: MONDAY + 2 * HOUR,
    });
    expect(story.state.clock).toMatchObject({ consumedMs: 2 * HOUR, runningSince: null });
    expect(story.state.answer).toMatchObject({
      kind: 'resolved',
      seq: 3,
      by: { id: 'user:WATER-LME-1', post: 'WATER-LME-1', role: 'lme' },
    });
    expect(story.state.answer?.windowEndsAt).toBe(MONDAY + 2 * HOUR + 15 * DAY);
    expect(story.told()).toEqual(['resolved → citizens']);
  });

  it('closes as satisfied on a rating of three or more', () => {
    for (const rating of [3, 4, 5]) {
      const story = resolved().does('filer', 'rate', { rating });
      expect(story.events()).toEqual(['rated', 'closed']);
      expect(story.state).toMatchObject({ state: 'closed', outcome: 'satisfied', rating, owner: 'WATER-LME-1' });
      expect(story.told()).toEqual(['closed → citizens']);
    }
  });

  it('reopens with the Escalation Officer as owner and accountable on a rating of two or less', () => {
    for (const rating of [1, 2]) {
      const story = resolved().after(HOUR).does('filer', 'rate', { rating, remarks: 'Dry again' });
      expect(story.events()).toEqual(['rated', 'reopened']);
      expect(story.state).toMatchObject({
        state: 'reopened',
        owner: 'WATER-EE',
        accountable: 'WATER-EE',
        level: 1,
        reopens: 1,
        rating,
        remarks: 'Dry again',
        resolvedAt: null,
        version: 5,
      });
      expect(story.state.dueAt).toBe(story.now + 12 * HOUR);
      expect(story.told()).toEqual(['reopened → citizens', 'work_reopened → owner']);
    }
  });

  it('reopens on request with a reason, and only the filer or staff for him may ask', () => {
    expect(resolved().does('filer', 'reopen').state).toMatchObject({ state: 'reopened', reopens: 1 });
    expect(resolved().does('callCentre', 'reopen').log.at(-1)?.actor).toMatchObject({
      role: 'call_centre',
      onBehalf: true,
    });
    const followed = resolved().does('follower', 'follow');
    expect(followed.refuses('follower', 'reopen')).toMatchObject({ status: 404, code: 'not_found' });
    expect(followed.refuses('lme', 'reopen')).toMatchObject({ status: 403, code: 'forbidden' });
    expect(resolved().refuses('filer', 'reopen', { reason: '  ' })).toMatchObject({ status: 422 });
  });

  it('goes one level higher the second time, capped at the top, and closes as dissatisfied the third', () => {
    const story = resolved().does('filer', 'rate', LAME).does('ee', 'resolve').does('filer', 'rate', LAME);
    expect(story.state).toMatchObject({ state: 'reopened', owner: 'WATER-DYCE', level: 2, reopens: 2 });
    expect(story.state.dueAt).toBe(story.now + 18 * HOUR);
    story.does('dyce', 'resolve', { remarks: 'Closing order: pipe renewed' });
    expect(story.log.at(-1)?.data['closingOrder']).toBe(true);
    expect(story.last?.notices[0]?.data).toEqual({ closingOrder: 1 });
    expect(story.refuses('filer', 'reopen')).toMatchObject({ status: 409, code: 'limit_reached' });
    story.does('filer', 'rate', LAME);
    expect(story.events()).toEqual(['rated', 'closed']);
    expect(story.state).toMatchObject({ state: 'closed', outcome: 'dissatisfied', reopens: 2 });
  });

  it('speaks of a closing order only after the last reopening', () => {
    const story = resolved().does('filer', 'reopen').does('ee', 'resolve');
    expect(story.log.at(-1)?.data).not.toHaveProperty('closingOrder');
    expect(story.last?.notices[0]?.data).toEqual({});
  });

  it('forgets a direction and the time of the answer when it is reopened', () => {
    const story = resolved()
      .does('filer', 'reopen')
      .does('ee', 'direct')
      .does('lme', 'resolve')
      .does('filer', 'reopen');
    expect(story.state).toMatchObject({ directedBy: null, resolvedAt: null, digestAt: null, answer: null });
  });

  it('takes the level of that moment for the second reopening, at most the top', () => {
    const story = resolved()
      .does('filer', 'reopen')
      .until('level_deadline')
      .until('level_deadline')
      .does('ee', 'resolve');
    expect(story.state.level).toBe(3);
    expect(story.does('filer', 'reopen').state).toMatchObject({ level: 3, owner: 'COMMISSIONER-OSD' });
  });

  it('reopens at the level already reached when that is higher than one', () => {
    const story = Story.routed()
      .until('level_deadline')
      .until('level_deadline')
      .does('lme', 'resolve')
      .does('filer', 'reopen');
    expect(story.state).toMatchObject({ level: 2, owner: 'WATER-DYCE' });
  });

  it('closes as unrated when the window ends, after one reminder in waking hours', () => {
    const story = resolved().until('rating_reminder');
    expect(story.now).toBe(MONDAY + 2 * HOUR + 7 * DAY);
    expect(story.last?.notices).toEqual([
      { template: 'rating_reminder', audience: 'citizens', seq: 4, to: ['citizen:filer'], quietHours: true },
    ]);
    expect(() => story.until('rating_reminder')).toThrow('no rating_reminder');
    story.until('window_end');
    expect(story.state).toMatchObject({ state: 'closed', outcome: 'unrated' });
  });

  it('reminds nobody where nobody can be asked, but still ends', () => {
    const story = Story.routed({}, { filer: null }).does('lme', 'resolve');
    expect(() => story.until('rating_reminder')).toThrow();
    expect(story.until('window_end').state.outcome).toBe('unrated');
  });

  it('takes a rating by staff as the filer’s', () => {
    const story = resolved().does('follower', 'follow').does('callCentre', 'rate', { rating: 4 });
    expect(story.state.answer?.ratings).toMatchObject([{ person: 'citizen:filer', rating: 4 }]);
    expect(story.refuses('filer', 'rate')).toMatchObject({ status: 409, code: 'already_rated' });
    const anonymous = Story.routed({}, { filer: null })
      .does('lme', 'resolve')
      .does('mayorsOffice', 'rate', { rating: 4 });
    expect(anonymous.state.outcome).toBe('satisfied');
  });
});

describe('followers and ratings', () => {
  const followed = (): Story => resolved().does('follower', 'follow');

  it('stays resolved until filer and followers have all answered', () => {
    const story = followed().does('filer', 'rate', { rating: 5 });
    expect(story.state.state).toBe('resolved');
    expect(story.refuses('filer', 'rate')).toMatchObject({ status: 409, code: 'already_rated' });
    expect(story.does('follower', 'rate', { rating: 3 }).state).toMatchObject({
      state: 'closed',
      outcome: 'satisfied',
    });
  });

  it('reopens on any rating of two or less, once for that answer', () => {
    const story = followed().does('filer', 'rate', { rating: 5 }).does('follower', 'rate', { rating: 1 });
    expect(story.state).toMatchObject({ state: 'reopened', reopens: 1, rating: 1 });
    expect(story.refuses('filer', 'rate', { rating: 1 })).toMatchObject({ status: 409, code: 'state_conflict' });
  });

  it('closes at once as dissatisfied at the cap, whoever gave the low rating', () => {
    const story = followed()
      .does('filer', 'reopen')
      .does('ee', 'resolve')
      .does('filer', 'reopen')
      .does('dyce', 'resolve');
    expect(story.does('follower', 'rate', { rating: 2 }).state).toMatchObject({
      state: 'closed',
      outcome: 'dissatisfied',
    });
  });

  it('is satisfied at the end of the window if anyone rated', () => {
    expect(followed().does('filer', 'rate', { rating: 4 }).until('window_end').state.outcome).toBe('satisfied');
    expect(followed().until('window_end').state.outcome).toBe('unrated');
  });

  it('reminds only those whose rating is still out', () => {
    const story = followed().does('filer', 'rate', { rating: 4 }).until('rating_reminder');
    expect(story.last?.notices[0]?.to).toEqual(['citizen:follower']);
  });

  it('never closes by an unfollow', () => {
    const story = followed().does('filer', 'rate', { rating: 4 }).does('follower', 'unfollow');
    expect(story.state.state).toBe('resolved');
    expect(story.until('rating_reminder').last?.notices).toEqual([]);
    expect(story.until('window_end').state.outcome).toBe('satisfied');
  });
});

describe('rejecting', () => {
  const rejected = (): Story => Story.routed().does('gro', 'reject');

  it('tells the citizen the reason and asks for a rating', () => {
    const story = rejected();
    expect(story.state).toMatchObject({
      state: 'rejected',
      answer: { kind: 'rejected', reasonCode: 'sub_judice' },
      resolvedAt: null,
    });
    expect(story.last?.notices).toMatchObject([
      { template: 'rejected', audience: 'citizens', data: { reasonCode: 'sub_judice' } },
    ]);
  });

  it('closes as rejected on a good rating or at the end of the window, even if a follower rated', () => {
    expect(rejected().does('filer', 'rate', { rating: 3 }).state.outcome).toBe('rejected');
    expect(rejected().until('window_end').state.outcome).toBe('rejected');
    expect(rejected().does('follower', 'follow').does('filer', 'rate').until('window_end').state.outcome).toBe(
      'rejected',
    );
  });

  it('counts as one of the two reopenings, and closes as dissatisfied at the cap', () => {
    const story = rejected().does('filer', 'rate', LAME);
    expect(story.state).toMatchObject({ state: 'reopened', reopens: 1, owner: 'WATER-EE' });
    story.does('ee', 'reject').does('filer', 'reopen').does('gro', 'reject');
    expect(story.does('filer', 'rate', { rating: 1 }).state).toMatchObject({ outcome: 'dissatisfied', reopens: 2 });
  });

  it('needs a reason of the list, and no_answer only after the citizen let a question pass', () => {
    const problemOf = (story: Story, reasonCode: unknown): unknown =>
      story.refuses('gro', 'reject', { reasonCode: reasonCode as string, remarks: 'No' }).problems?.[0]?.problem;
    expect(problemOf(Story.routed(), 'not_ours')).toBe('unknown');
    expect(problemOf(Story.routed(), undefined)).toBe('required');
    expect(problemOf(Story.routed(), 7)).toBe('wrong_type');
    expect(problemOf(Story.routed(), 'no_answer')).toBe('not_allowed');
    expect(problemOf(Story.routed().does('lme', 'ask-citizen'), 'no_answer')).toBe('not_allowed');
    const silent = Story.routed().does('lme', 'ask-citizen').until('citizen_silence');
    expect(silent.does('gro', 'reject', { reasonCode: 'no_answer', remarks: 'Asked, no answer' }).state.state).toBe(
      'rejected',
    );
    const answered = Story.routed()
      .does('lme', 'ask-citizen')
      .until('citizen_silence')
      .does('lme', 'ask-citizen')
      .does('filer', 'answer');
    expect(problemOf(answered, 'no_answer')).toBe('not_allowed');
  });
});

describe('barred after a reopening', () => {
  it('does not give the case back to the LME who had it, unless directed', () => {
    const story = resolved().does('filer', 'reopen');
    const back = { position: 'WATER-LME-1', target: POSTS.lme };
    expect(story.refuses('gro', 'reassign', back)).toMatchObject({ status: 422, problems: [{ problem: 'barred' }] });
    expect(new Story(story.state).does('gro', 'reassign').state.owner).toBe('WATER-LME-2');
    expect(story.does('ee', 'direct').state).toMatchObject({ owner: 'WATER-LME-1', accountable: 'WATER-EE' });
  });

  it('bars the owner as well as the person who answered, whatever post that person holds', () => {
    const deputy = { ...ACTORS.spare, posts: [POSTS.spare, POSTS.lme] };
    const story = Story.routed().does(deputy, 'resolve').does('filer', 'reopen');
    expect(story.state.barred).toEqual([{ post: 'WATER-LME-1', person: 'user:WATER-LME-2' }]);
    expect(story.refuses('gro', 'reassign', { position: 'WATER-LME-2', target: POSTS.spare })).toMatchObject({
      status: 422,
    });
  });

  it('bars the owning LME when the accountable officer gave the answer', () => {
    const story = Story.routed().until('level_deadline').does('ee', 'resolve').does('filer', 'reopen');
    expect(story.state.barred).toEqual([{ post: 'WATER-LME-1', person: null }]);
  });

  it('bars nobody while nothing was reopened', () => {
    const story = resolved().does('lme', 'undo').does('gro', 'reassign');
    expect(story.does('gro', 'reassign', { position: 'WATER-LME-1', target: POSTS.lme }).state.owner).toBe(
      'WATER-LME-1',
    );
  });
});
