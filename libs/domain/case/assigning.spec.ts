import { ACTORS, CITY, DAY, freshCase, HOUR, MONDAY, POSTS, Story, SYSTEM } from './case-fixtures.js';
import { registeredEvent } from './registration.js';

describe('registration and routing', () => {
  it('begins as registered, version 1, with the GRO accountable and the SLA running', () => {
    const state = freshCase();
    expect(state).toMatchObject({ state: 'registered', version: 1, owner: null, accountable: 'WATER-GRO', level: 0 });
    expect(state.dueAt).toBe(MONDAY + 24 * HOUR);
    expect(state.reminderAt).toBe(MONDAY + 18 * HOUR);
    expect(registeredEvent(state)).toMatchObject({
      seq: 1,
      event: 'registered',
      actor: { id: 'citizen:filer', role: 'citizen' },
    });
  });

  it('records who lodged it for the citizen', () => {
    const event = registeredEvent(freshCase(), { id: 'user:call', role: 'call_centre', name: 'Asha' });
    expect(event.actor).toEqual({ id: 'user:call', role: 'call_centre', name: 'Asha', onBehalf: true });
  });

  it('goes at once to the first post for category and ward, with one message to the citizen', () => {
    const story = Story.routed({ candidates: [POSTS.lme, POSTS.spare] });
    expect(story.state).toMatchObject({
      state: 'assigned',
      owner: 'WATER-LME-1',
      accountable: 'WATER-LME-1',
      version: 2,
    });
    expect(story.events()).toEqual(['assigned']);
    expect(story.told()).toEqual(['registered → citizens', 'work_assigned → owner']);
  });

  it('awaits assignment by the GRO when no post serves category and ward', () => {
    const story = Story.routed({ candidates: [] });
    expect(story.state).toMatchObject({
      state: 'awaiting_assignment',
      owner: null,
      accountable: 'WATER-GRO',
      version: 2,
    });
    expect(story.events()).toEqual(['unassigned']);
    expect(story.told()).toEqual(['registered → citizens', 'work_assigned → gro']);
  });

  it('is routed only once', () => {
    expect(() => Story.routed().system({ name: 'route', actor: SYSTEM })).toThrow('409 state_conflict');
  });

  it('carries the state and every change in its events, so that figures follow from the log', () => {
    const [assigned] = Story.routed().log;
    expect(assigned?.data).toEqual({
      state: 'assigned',
      from: { state: 'registered', owner: null, accountable: 'WATER-GRO' },
      to: { state: 'assigned', owner: 'WATER-LME-1', accountable: 'WATER-LME-1' },
    });
  });
});

describe('assigning and reassigning', () => {
  it('lets the GRO assign a waiting case, tells owner and citizen, and leaves the clock alone', () => {
    const story = Story.routed({ candidates: [] }).after(HOUR).does('gro', 'assign');
    expect(story.state).toMatchObject({ state: 'assigned', owner: 'WATER-LME-2', accountable: 'WATER-LME-2' });
    expect(story.state.dueAt).toBe(MONDAY + 24 * HOUR);
    expect(story.told()).toEqual(['assigned_to_citizen → citizens', 'work_assigned → owner']);
    expect(story.log.at(-1)?.actor).toMatchObject({ role: 'gro', post: 'WATER-GRO' });
  });

  it('assigns only what awaits assignment and reassigns everything else', () => {
    expect(Story.routed().refuses('gro', 'assign')).toMatchObject({ status: 409, code: 'state_conflict' });
    expect(Story.routed({ candidates: [] }).refuses('gro', 'reassign')).toMatchObject({
      status: 409,
      state: 'awaiting_assignment',
    });
    const story = Story.routed().does('gro', 'reassign');
    expect(story.state).toMatchObject({ state: 'assigned', owner: 'WATER-LME-2' });
    expect(story.events()).toEqual(['reassigned']);
  });

  it('tells the post that loses the work', () => {
    const story = Story.routed().does('gro', 'reassign');
    expect(story.last?.notices).toContainEqual(
      expect.objectContaining({ template: 'work_withdrawn', to: ['WATER-LME-1'] }),
    );
    expect(story.told()).toEqual(['work_withdrawn → owner', 'assigned_to_citizen → citizens', 'work_assigned → owner']);
  });

  it('refuses a post of another department, an unknown one and the present owner', () => {
    const story = Story.routed();
    const problemOf = (body: object): unknown => story.refuses('gro', 'reassign', body).problems?.[0];
    expect(problemOf({ position: 'ROADS-LME-1', target: POSTS.roadsLme })).toMatchObject({
      field: 'position',
      problem: 'not_allowed',
    });
    expect(problemOf({ position: 'NOWHERE' })).toMatchObject({ field: 'position', problem: 'unknown' });
    expect(problemOf({})).toMatchObject({ field: 'position', problem: 'required' });
    expect(problemOf({ position: 7 })).toMatchObject({ field: 'position', problem: 'wrong_type' });
    expect(problemOf({ position: 'WATER-LME-1', target: POSTS.lme })).toMatchObject({
      field: 'position',
      problem: 'unchanged',
    });
  });

  it('lets the GRO act as owner of a vacant post', () => {
    const covering = { ...ACTORS.gro, posts: [POSTS.gro, POSTS.lme] };
    const story = Story.routed().does(covering, 'resolve');
    expect(story.log.at(-1)?.actor).toMatchObject({ post: 'WATER-LME-1', role: 'lme' });
  });
});

describe('reassignment requests', () => {
  it('goes to the GRO, the LME staying owner', () => {
    const story = Story.routed().does('lme', 'request-reassignment');
    expect(story.state).toMatchObject({ state: 'reassignment_requested', owner: 'WATER-LME-1' });
    expect(story.last?.notices).toEqual([
      { template: 'reassignment_requested', audience: 'deciders', seq: 3, to: ['WATER-GRO'] },
    ]);
    expect(story.log.at(-1)).toMatchObject({ public: false, text: 'Not my beat' });
  });

  it('is granted by reassigning or declined with a reason that the requester is told', () => {
    const asked = Story.routed().does('lme', 'request-reassignment').state;
    expect(new Story(asked).does('gro', 'reassign').state).toMatchObject({
      state: 'assigned',
      owner: 'WATER-LME-2',
      request: null,
    });
    const declined = new Story(asked).does('gro', 'decline-reassignment');
    expect(declined.state).toMatchObject({ state: 'assigned', owner: 'WATER-LME-1', request: null });
    expect(declined.last?.notices).toEqual([
      { template: 'reassignment_declined', audience: 'requester', seq: 4, to: ['WATER-LME-1'] },
    ]);
  });

  it('lets the owner still resolve while it waits', () => {
    const story = Story.routed().does('lme', 'request-reassignment').does('lme', 'resolve');
    expect(story.state).toMatchObject({ state: 'resolved', request: null });
  });

  it('adds one level to those who may decide with each working day that passes, to the top', () => {
    const story = Story.routed({ slaHours: 10_000 }).does('lme', 'request-reassignment');
    expect(story.refuses('ee', 'decline-reassignment')).toMatchObject({ status: 403 });
    const started = story.now;
    story.until('decision_deadline');
    expect(story.now).toBe(started + DAY);
    expect(story.state).toMatchObject({
      state: 'reassignment_requested',
      level: 0,
      request: { level: 1, deciders: ['WATER-GRO', 'WATER-EE'] },
    });
    expect(story.last?.notices).toEqual([
      { template: 'decision_overdue', audience: 'deciders', seq: 4, to: ['WATER-EE'] },
    ]);
    expect(new Story(story.state).does('ee', 'reassign').state.owner).toBe('WATER-LME-2');
    expect(new Story(story.state).does('gro', 'decline-reassignment').state.state).toBe('assigned');
    story.until('decision_deadline').until('decision_deadline');
    expect(story.state.request).toMatchObject({ level: 3, decideBy: null });
    expect(story.state.request?.deciders).toEqual(['WATER-GRO', 'WATER-EE', 'WATER-DYCE', 'COMMISSIONER-OSD']);
  });

  it('adds the level above the accountable one when the case has escalated meanwhile', () => {
    const story = Story.routed()
      .after(10 * HOUR)
      .does('lme', 'request-reassignment')
      .until('level_deadline');
    story.until('decision_deadline');
    expect(story.state).toMatchObject({ level: 1, request: { level: 2, deciders: ['WATER-GRO', 'WATER-DYCE'] } });
    expect(story.does('dyce', 'decline-reassignment').state.state).toBe('assigned');
  });

  it('counts a working day, not a calendar day: asked on Friday, overdue on Monday', () => {
    const story = Story.routed({ slaHours: 10_000 })
      .after(4 * DAY)
      .does('lme', 'request-reassignment')
      .until('decision_deadline');
    expect(story.now).toBe(MONDAY + 7 * DAY);
    expect(CITY.week[6]).toBeUndefined();
  });

  it('goes from a directed LME to the officer who directed, GRO and accountable officer deciding as well', () => {
    const story = Story.routed()
      .until('level_deadline')
      .does('ee', 'direct', { position: 'WATER-LME-2', target: POSTS.spare, instruction: 'Do it' });
    story.does('spare', 'request-reassignment');
    expect(story.last?.notices[0]).toMatchObject({ audience: 'deciders', to: ['WATER-EE'] });
    expect(new Story(story.state).does('ee', 'decline-reassignment').state).toMatchObject({
      owner: 'WATER-LME-2',
      directedBy: 'WATER-EE',
    });
    expect(new Story(story.state).does('gro', 'decline-reassignment').state.state).toBe('assigned');
  });

  it('lets the officer who directed decide even when the case has moved past him', () => {
    const story = Story.routed().until('level_deadline').does('ee', 'direct').does('lme', 'request-reassignment');
    story.until('level_deadline');
    expect(story.state.accountable).toBe('WATER-DYCE');
    expect(story.does('ee', 'decline-reassignment').state.state).toBe('assigned');
  });
});

describe('directing', () => {
  it('gives the work to an LME with an instruction, the officer staying accountable', () => {
    const story = Story.routed().until('level_deadline').does('ee', 'direct');
    expect(story.state).toMatchObject({
      state: 'assigned',
      owner: 'WATER-LME-1',
      accountable: 'WATER-EE',
      level: 1,
      directedBy: 'WATER-EE',
    });
    expect(story.told()).toEqual(['work_directed → owner']);
    expect(story.log.at(-1)).toMatchObject({ event: 'directed', text: 'Repair it today', public: false });
  });

  it('takes only an LME of the department', () => {
    const story = Story.routed().until('level_deadline');
    for (const target of [POSTS.gro, POSTS.dyce, POSTS.roadsLme]) {
      const refusal = story.refuses('ee', 'direct', { position: target.position, target, instruction: 'Do it' });
      expect(refusal).toMatchObject({ status: 422, problems: [{ field: 'position', problem: 'not_allowed' }] });
    }
  });

  it('is the accountable officer’s alone, from level 1 on', () => {
    expect(Story.routed().refuses('ee', 'direct')).toMatchObject({ status: 403 });
    const story = Story.routed().until('level_deadline');
    expect(story.refuses('gro', 'direct')).toMatchObject({ status: 403 });
    expect(story.refuses('dyce', 'direct')).toMatchObject({ status: 403 });
  });
});
