import { CITY, DAY, HOUR, MONDAY, Story, SYSTEM, ctx, freshCase, refused } from './case-fixtures.js';
import { nextDeadlines } from './deadlines.js';

/** Office hours of the fixtures' city: Monday to Friday, 10:00 to 18:00. */
const office = { calendar: 'office' as const, slaHours: 10 };

describe('the SLA clock', () => {
  it('counts office hours in the office calendar and all hours round the clock', () => {
    expect(freshCase(office).dueAt).toBe(MONDAY + DAY + 2 * HOUR);
    expect(freshCase({ slaHours: 10 }).dueAt).toBe(MONDAY + 10 * HOUR);
  });

  it('reminds the owner once at three quarters', () => {
    const story = Story.routed().until('sla_reminder');
    expect(story.now).toBe(MONDAY + 18 * HOUR);
    expect(story.told()).toEqual(['sla_reminder → owner']);
    expect(nextDeadlines(story.state).map((deadline) => deadline.kind)).toEqual(['level_deadline']);
    expect(Story.routed({ candidates: [] }).until('sla_reminder').told()).toEqual(['sla_reminder → gro']);
  });

  it('is never touched by a comment', () => {
    const story = Story.routed().after(HOUR);
    const { clock, dueAt } = story.state;
    expect(story.does('lme', 'comment').does('filer', 'comment').state).toMatchObject({ clock, dueAt });
  });

  it('is divided by the scale of the demo', () => {
    const story = Story.routed({ clockScale: 3600 });
    expect(story.state.dueAt).toBe(MONDAY + 24_000);
    story.does('lme', 'resolve');
    expect(story.state.answer?.windowEndsAt).toBe(MONDAY + (15 * DAY) / 3600);
  });

  it('keeps the owner and moves the accountable post up at each breach, hours running from the breach', () => {
    const story = Story.routed().until('level_deadline');
    expect(story.state).toMatchObject({ state: 'assigned', owner: 'WATER-LME-1', accountable: 'WATER-EE', level: 1 });
    expect(story.state.dueAt).toBe(MONDAY + 36 * HOUR);
    expect(story.told()).toEqual(['work_escalated → accountable', 'escalated_to_citizen → citizens']);
    story.until('level_deadline');
    expect(story.state).toMatchObject({ accountable: 'WATER-DYCE', level: 2, dueAt: MONDAY + 54 * HOUR });
  });

  it('runs the next level from the breach itself when a worker is late', () => {
    const story = Story.routed()
      .after(40 * HOUR)
      .until('level_deadline');
    expect(story.state).toMatchObject({ level: 1, dueAt: MONDAY + 36 * HOUR });
    expect(story.until('level_deadline').state.level).toBe(2);
  });

  it('escalates a requested and a reopened case like an assigned one', () => {
    const requested = Story.routed().does('lme', 'request-reassignment').until('level_deadline');
    expect(requested.state).toMatchObject({ state: 'reassignment_requested', level: 1, owner: 'WATER-LME-1' });
    const reopened = Story.routed().does('lme', 'resolve').does('filer', 'reopen').until('level_deadline');
    expect(reopened.state).toMatchObject({ state: 'reopened', level: 2, owner: 'WATER-EE', accountable: 'WATER-DYCE' });
  });

  it('passes an ownerless case to the accountable officer, who must assign it', () => {
    const story = Story.routed({ candidates: [] }).until('level_deadline');
    expect(story.state).toMatchObject({
      state: 'awaiting_assignment',
      owner: 'WATER-EE',
      accountable: 'WATER-EE',
      level: 1,
    });
    expect(story.refuses('ee', 'resolve')).toMatchObject({ status: 409 });
    story.until('level_deadline');
    expect(story.state).toMatchObject({ owner: 'WATER-DYCE', accountable: 'WATER-DYCE' });
    expect(story.does('dyce', 'assign').state).toMatchObject({
      state: 'assigned',
      owner: 'WATER-LME-2',
      accountable: 'WATER-DYCE',
    });
  });

  it('sends a daily digest once the top level is overdue, as long as it is', () => {
    const story = Story.routed()
      .until('level_deadline')
      .until('level_deadline')
      .until('level_deadline')
      .until('level_deadline');
    expect(story.state).toMatchObject({ level: 3, accountable: 'COMMISSIONER-OSD', digestAt: story.now + DAY });
    expect(story.events()).toEqual(['digest_due']);
    expect(story.told()).toEqual(['daily_digest → accountable']);
    const first = story.now;
    story.until('daily_digest').until('daily_digest');
    expect(story.now).toBe(first + 2 * DAY);
    expect(() => story.does('lme', 'resolve').until('daily_digest')).toThrow('no daily_digest');
  });
});

describe('deadlines as commands', () => {
  it('are refused before their time and when they do not run', () => {
    const { state } = Story.routed();
    const early = refused(state, { name: 'deadline', kind: 'level_deadline', actor: SYSTEM }, ctx(MONDAY));
    expect(early).toMatchObject({ status: 409, code: 'state_conflict' });
    const other = refused(state, { name: 'deadline', kind: 'window_end', actor: SYSTEM }, ctx(MONDAY + 99 * DAY));
    expect(other).toMatchObject({ status: 409, reason: expect.stringContaining('no window_end is running') });
  });

  it('come sorted, the nearest first, and none is left once closed', () => {
    const story = Story.routed().does('mayorsOffice', 'directive', { text: 'Soon', dueAt: MONDAY + 20 * HOUR });
    expect(nextDeadlines(story.state)).toEqual([
      { kind: 'sla_reminder', at: MONDAY + 18 * HOUR },
      { kind: 'directive_due', at: MONDAY + 20 * HOUR },
      { kind: 'level_deadline', at: MONDAY + 24 * HOUR },
    ]);
    expect(nextDeadlines(story.does('filer', 'withdraw').state)).toEqual([]);
  });
});

describe('asking the citizen', () => {
  it('pauses the clock and resumes with what was left when the citizen answers', () => {
    const story = Story.routed()
      .after(4 * HOUR)
      .does('lme', 'ask-citizen');
    expect(story.state).toMatchObject({
      state: 'awaiting_citizen',
      dueAt: null,
      reminderAt: null,
      owner: 'WATER-LME-1',
    });
    expect(story.told()).toEqual(['citizen_asked → citizens']);
    story.after(3 * DAY).does('filer', 'answer');
    expect(story.state).toMatchObject({ state: 'assigned', waiting: null, silent: false });
    expect(story.state.dueAt).toBe(MONDAY + 3 * DAY + 24 * HOUR);
    expect(story.state.reminderAt).toBe(MONDAY + 3 * DAY + 18 * HOUR);
    expect(story.told()).toEqual(['citizen_answered → owner']);
  });

  it('returns by itself after seven calendar days and notes the silence', () => {
    const story = Story.routed().does('lme', 'ask-citizen').until('citizen_silence');
    expect(story.now).toBe(MONDAY + 7 * DAY);
    expect(story.state).toMatchObject({
      state: 'assigned',
      silent: true,
      waiting: null,
      dueAt: MONDAY + 7 * DAY + 24 * HOUR,
    });
    expect(story.events()).toEqual(['citizen_silent']);
    expect(story.told()).toEqual(['citizen_answered → owner']);
  });

  it('returns to the state it came from', () => {
    const waiting = Story.routed({ candidates: [] }).does('gro', 'ask-citizen').does('callCentre', 'answer');
    expect(waiting.state).toMatchObject({ state: 'awaiting_assignment', owner: null });
    expect(waiting.told()).toEqual(['citizen_answered → gro']);
    const reopened = Story.routed()
      .does('lme', 'resolve')
      .does('filer', 'reopen')
      .does('ee', 'ask-citizen')
      .does('ee', 'recall');
    expect(reopened.state).toMatchObject({ state: 'reopened', owner: 'WATER-EE' });
  });

  it('allows two pauses by the owner, then one by the GRO, and no fourth', () => {
    const story = Story.routed();
    expect(story.refuses('gro', 'ask-citizen')).toMatchObject({ status: 403 });
    story.does('lme', 'ask-citizen').does('lme', 'recall').does('lme', 'ask-citizen').does('filer', 'answer');
    expect(story.refuses('lme', 'ask-citizen')).toMatchObject({ status: 409, code: 'limit_reached' });
    story.does('gro', 'ask-citizen').does('filer', 'answer');
    expect(story.state).toMatchObject({ ownerPauses: 2, extraPauses: 1 });
    expect(story.refuses('gro', 'ask-citizen')).toMatchObject({ status: 409, code: 'limit_reached' });
    story.does('lme', 'resolve').does('filer', 'reopen');
    expect(story.refuses('ee', 'ask-citizen')).toMatchObject({ status: 409, code: 'limit_reached' });
  });

  it('gives the third pause to an accountable officer, also where he owns the case', () => {
    const story = Story.routed()
      .does('lme', 'ask-citizen')
      .does('lme', 'recall')
      .does('lme', 'ask-citizen')
      .does('lme', 'recall');
    story.does('lme', 'resolve').does('filer', 'reopen').does('ee', 'ask-citizen');
    expect(story.state).toMatchObject({ state: 'awaiting_citizen', ownerPauses: 2, extraPauses: 1 });
  });

  it('lets owner and GRO recall, owner and accountable resolve, GRO and accountable officer reassign', () => {
    const waiting = Story.routed().until('level_deadline').does('lme', 'ask-citizen').state;
    const at = (): Story => new Story(waiting).after(2 * DAY);
    expect(at().does('lme', 'recall').state.state).toBe('assigned');
    expect(at().does('gro', 'recall').state.state).toBe('assigned');
    expect(at().refuses('ee', 'recall')).toMatchObject({ status: 403 });
    expect(at().does('lme', 'resolve').state.state).toBe('resolved');
    expect(at().does('ee', 'resolve').state.state).toBe('resolved');
    expect(at().refuses('gro', 'resolve')).toMatchObject({ status: 403 });
    expect(at().does('ee', 'reassign').state).toMatchObject({ state: 'assigned', owner: 'WATER-LME-2', waiting: null });
    expect(at().does('gro', 'reassign').state.dueAt).not.toBeNull();
    expect(at().refuses('lme', 'reassign')).toMatchObject({ status: 403 });
  });

  it('refuses resolving where nobody was assigned before the question', () => {
    const story = Story.routed({ candidates: [] }).until('level_deadline').does('ee', 'ask-citizen');
    expect(story.refuses('ee', 'resolve')).toMatchObject({ status: 409, code: 'state_conflict' });
  });

  it('takes no answer from a follower', () => {
    const story = Story.routed().does('follower', 'follow').does('lme', 'ask-citizen');
    expect(story.refuses('follower', 'answer')).toMatchObject({ status: 404 });
  });
});

describe('a changed calendar', () => {
  const withHoliday = { ...CITY, version: 2, holidays: ['2026-01-06'] };

  it('moves the deadlines of an open case by the holiday, as one recorded order', () => {
    const story = Story.routed(office);
    story.calendar = withHoliday;
    story.system({ name: 'recompute', actor: SYSTEM, order: 'order-1' });
    expect(story.state.dueAt).toBe(MONDAY + 2 * DAY + 2 * HOUR);
    expect(story.log.at(-1)).toMatchObject({
      event: 'recomputed',
      public: false,
      data: { order: 'order-1', calendarVersion: 2 },
    });
    story.calendar = CITY;
    expect(story.system({ name: 'recompute', actor: SYSTEM, order: 'order-2' }).state.dueAt).toBe(
      MONDAY + DAY + 2 * HOUR,
    );
  });

  it('counts the time before a pause anew as well', () => {
    const story = Story.routed(office)
      .after(DAY + HOUR)
      .does('lme', 'ask-citizen');
    expect(story.state.clock.consumedMs).toBe(9 * HOUR);
    story.calendar = withHoliday;
    story.system({ name: 'recompute', actor: SYSTEM, order: 'o' });
    expect(story.state).toMatchObject({ dueAt: null, clock: { consumedMs: 8 * HOUR } });
  });

  it('ends the digests of a case that is no longer overdue, but takes no escalation back', () => {
    const levels = [{ level: 1, position: 'WATER-EE', hours: 8 }];
    const story = Story.routed({ calendar: 'office', slaHours: 8, levels })
      .until('level_deadline')
      .until('level_deadline');
    expect(story.state.digestAt).not.toBeNull();
    story.calendar = withHoliday;
    story.system({ name: 'recompute', actor: SYSTEM, order: 'o' });
    expect(story.state).toMatchObject({ digestAt: null, level: 1 });
    expect(story.state.dueAt).toBeGreaterThan(story.now);
  });

  it('moves the decision clock and what an undo would bring back', () => {
    const requested = Story.routed(office).does('lme', 'request-reassignment');
    requested.calendar = withHoliday;
    requested.system({ name: 'recompute', actor: SYSTEM, order: 'o' });
    expect(requested.state.request?.decideBy).toBe(MONDAY + 2 * DAY);
    const answered = Story.routed(office).does('lme', 'resolve');
    answered.calendar = withHoliday;
    answered.system({ name: 'recompute', actor: SYSTEM, order: 'o' });
    expect(answered.state.dueAt).toBeNull();
    expect(answered.does('lme', 'undo').state.dueAt).toBe(MONDAY + 2 * DAY + 2 * HOUR);
  });

  it('leaves closed cases alone', () => {
    const story = Story.routed().does('filer', 'withdraw');
    expect(refused(story.state, { name: 'recompute', actor: SYSTEM, order: 'o' }, ctx(story.now))).toMatchObject({
      status: 409,
    });
  });
});
