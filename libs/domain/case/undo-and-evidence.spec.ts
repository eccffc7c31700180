import { HOUR, MONDAY, Story } from './case-fixtures.js';

const resolved = (): Story =>
  Story.routed()
    .after(2 * HOUR)
    .does('lme', 'resolve');

describe('undo', () => {
  it('brings the previous state back, the clock going on as if it had never stopped', () => {
    const story = resolved()
      .after(3 * HOUR)
      .does('lme', 'undo');
    expect(story.state).toMatchObject({
      state: 'assigned',
      owner: 'WATER-LME-1',
      answer: null,
      resolvedAt: null,
      reopens: 0,
    });
    expect(story.state.dueAt).toBe(MONDAY + 24 * HOUR);
    expect(story.state.reminderAt).toBe(MONDAY + 18 * HOUR);
    expect(story.told()).toEqual(['answer_undone → citizens']);
  });

  it('is open to the GRO, who thereby gives the work back, and to nobody else', () => {
    expect(resolved().does('gro', 'undo').told()).toEqual(['answer_undone → citizens', 'work_assigned → owner']);
    expect(resolved().refuses('spare', 'undo')).toMatchObject({ status: 403 });
    expect(resolved().refuses('ee', 'undo')).toMatchObject({ status: 403 });
  });

  it('is refused once anyone has rated that answer', () => {
    const story = resolved().does('follower', 'follow').does('follower', 'rate', { rating: 4 });
    expect(story.refuses('lme', 'undo')).toMatchObject({ status: 409, code: 'already_rated' });
  });

  it('brings back a pending request, a pending question and a reopened case as they were', () => {
    const asked = Story.routed().does('lme', 'request-reassignment');
    const { request } = asked.state;
    expect(asked.does('lme', 'resolve').does('lme', 'undo').state).toMatchObject({
      state: 'reassignment_requested',
      request,
    });
    const waiting = Story.routed().does('lme', 'ask-citizen');
    const { waiting: question } = waiting.state;
    expect(waiting.does('lme', 'resolve').does('lme', 'undo').state).toMatchObject({
      state: 'awaiting_citizen',
      waiting: question,
      dueAt: null,
    });
    const reopened = resolved().does('filer', 'reopen').does('ee', 'reject').does('ee', 'undo');
    expect(reopened.state).toMatchObject({ state: 'reopened', reopens: 1, owner: 'WATER-EE' });
  });

  it('lets a deadline that passed meanwhile fall due at once', () => {
    const story = resolved()
      .after(30 * HOUR)
      .does('lme', 'undo')
      .until('level_deadline');
    expect(story.now).toBe(MONDAY + 32 * HOUR);
    expect(story.state).toMatchObject({ level: 1, accountable: 'WATER-EE', dueAt: MONDAY + 36 * HOUR });
  });
});

describe('evidence', () => {
  const photo = { id: 'a1', mime: 'image/jpeg' };

  it('asks for a photo where the category does', () => {
    const story = Story.routed({ evidencePhoto: true });
    expect(story.refuses('lme', 'resolve')).toMatchObject({
      status: 422,
      problems: [{ field: 'attachments', problem: 'required' }],
    });
    const pdf = [{ id: 'a1', mime: 'application/pdf' }];
    expect(story.refuses('lme', 'resolve', { remarks: 'Done', attachments: pdf })).toMatchObject({ status: 422 });
    expect(story.does('lme', 'resolve', { remarks: 'Done', attachments: [photo] }).log.at(-1)?.data).toMatchObject({
      attachments: ['a1'],
    });
  });

  it('asks for evidence near the complaint, by the photo’s own place or else the officer’s', () => {
    const story = (): Story => Story.routed({ evidencePhoto: true, evidenceWithinMetres: 100 });
    const problemOf = (body: object): unknown =>
      story().refuses('lme', 'resolve', { remarks: 'Done', attachments: [photo], ...body }).problems;
    expect(problemOf({})).toMatchObject([{ field: 'lat', problem: 'required' }]);
    expect(problemOf({ lat: 22.502, lon: 88.35 })).toMatchObject([{ field: 'lat', problem: 'too_far' }]);
    expect(problemOf({ lat: '22.5', lon: 200 })).toMatchObject([
      { problem: 'wrong_type' },
      { problem: 'out_of_range' },
    ]);
    expect(problemOf({ lat: 22.5, lon: 88.35, attachments: [{ ...photo, lat: 23, lon: 88.35 }] })).toMatchObject([
      { problem: 'too_far' },
    ]);
    expect(
      story().does('lme', 'resolve', { remarks: 'Done', attachments: [photo], lat: 22.5005, lon: 88.35 }).state.state,
    ).toBe('resolved');
    const located = [{ ...photo, lat: 22.5, lon: 88.3501 }];
    expect(story().does('lme', 'resolve', { remarks: 'Done', attachments: located }).state.state).toBe('resolved');
  });

  it('cannot ask for nearness where the complaint has no point', () => {
    const story = Story.routed({ evidenceWithinMetres: 100 }, { location: { landmark: 'Behind the temple' } });
    expect(story.does('lme', 'resolve').state.state).toBe('resolved');
  });
});
