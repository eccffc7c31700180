import { DAY, GOOD_BODIES, HOUR, MONDAY, POSTS, ROADS, ROADS_RULES, RULES, Story, WARD_82 } from './case-fixtures.js';
import type { CommandBodies } from './types.js';

type Transfer = CommandBodies['transfer'];

const toRoads: Transfer = {
  department: 'ROADS',
  subCategory: 'ROADS_POTHOLE',
  reason: 'It is the road',
  target: ROADS,
};

function withRules(rules: Partial<typeof ROADS_RULES>): Transfer {
  return { ...toRoads, target: { ...ROADS, rules: { ...ROADS_RULES, ...rules } } };
}

describe('transfer', () => {
  it('routes anew to the other department, the SLA hours of the new sub-category counting from registration', () => {
    const story = Story.routed()
      .after(5 * HOUR)
      .does('gro', 'transfer', toRoads);
    expect(story.state).toMatchObject({
      state: 'assigned',
      department: 'ROADS',
      subCategory: 'ROADS_POTHOLE',
      owner: 'ROADS-LME-1',
      accountable: 'ROADS-LME-1',
      level: 0,
    });
    expect(story.state.rules.gro).toBe('ROADS-GRO');
    expect(story.state.dueAt).toBe(MONDAY + 48 * HOUR);
    expect(story.events()).toEqual(['transferred']);
    expect(story.told()).toEqual(['transferred → citizens', 'work_assigned → owner']);
  });

  it('counts elapsed time without the pauses', () => {
    const story = Story.routed().after(HOUR).does('lme', 'ask-citizen').after(DAY).does('gro', 'transfer', toRoads);
    expect(story.state).toMatchObject({
      state: 'assigned',
      waiting: null,
      dueAt: MONDAY + DAY + 48 * HOUR,
      ownerPauses: 1,
    });
  });

  it('counts the hours since registration in the calendar of the new sub-category', () => {
    const story = Story.routed()
      .after(DAY)
      .does('gro', 'transfer', withRules({ calendar: 'office', slaHours: 16 }));
    expect(story.state.dueAt).toBe(MONDAY + DAY + 8 * HOUR);
  });

  it('keeps level, reopens and elapsed time, the new matrix’s post at that level being accountable', () => {
    const story = Story.routed()
      .does('lme', 'resolve')
      .does('filer', 'reopen')
      .after(2 * HOUR)
      .does('ee', 'transfer', toRoads);
    expect(story.state).toMatchObject({
      level: 1,
      reopens: 1,
      accountable: 'ROADS-EE',
      owner: 'ROADS-LME-1',
      state: 'assigned',
    });
    expect(story.state.dueAt).toBe(MONDAY + 10 * HOUR);
  });

  it('caps the level at the top of a lower matrix', () => {
    const story = Story.routed().until('level_deadline').until('level_deadline').until('level_deadline');
    expect(story.does('gro', 'transfer', toRoads).state).toMatchObject({ level: 2, accountable: 'COMMISSIONER-OSD' });
  });

  it('corrects a wrong ward within the department, hours and windows staying frozen', () => {
    const changed = { ...RULES, slaHours: 1, ratingWindowDays: 1, candidates: [POSTS.spare] };
    const body: Transfer = { ...GOOD_BODIES.transfer, target: { ...WARD_82, rules: changed } };
    const story = Story.routed().does('gro', 'transfer', body);
    expect(story.state).toMatchObject({ ward: '082', owner: 'WATER-LME-2', dueAt: MONDAY + 24 * HOUR });
    expect(story.state.rules).toMatchObject({ slaHours: 24, ratingWindowDays: 15 });
  });

  it('takes hours and evidence with a new sub-category, never the windows', () => {
    const story = Story.routed().does(
      'gro',
      'transfer',
      withRules({ evidencePhoto: true, ratingWindowDays: 1, maxReopens: 9 }),
    );
    expect(story.state.rules).toMatchObject({ slaHours: 48, evidencePhoto: true, ratingWindowDays: 15, maxReopens: 2 });
  });

  it('awaits assignment by the new GRO where no post serves the place', () => {
    const story = Story.routed().does('gro', 'transfer', withRules({ candidates: [] }));
    expect(story.state).toMatchObject({ state: 'awaiting_assignment', owner: null, accountable: 'ROADS-GRO' });
    expect(story.told()).toEqual(['transferred → citizens', 'work_assigned → gro']);
    expect(story.does('roadsGro', 'assign', { position: 'ROADS-LME-1', target: POSTS.roadsLme }).state.owner).toBe(
      'ROADS-LME-1',
    );
  });

  it('goes to the GRO instead of the LME who had it before a reopening', () => {
    const back = { ...GOOD_BODIES.transfer, target: { ...WARD_82, rules: RULES } };
    const story = Story.routed().does('lme', 'resolve').does('filer', 'reopen').does('gro', 'transfer', back);
    expect(story.state).toMatchObject({ state: 'awaiting_assignment', owner: null, accountable: 'WATER-EE', level: 1 });
  });

  it('reminds the new owner again only if three quarters are still to come', () => {
    const late = Story.routed().until('sla_reminder');
    expect(late.does('gro', 'transfer', toRoads).state).toMatchObject({
      reminded: false,
      reminderAt: MONDAY + 36 * HOUR,
    });
    const ward = Story.routed().until('sla_reminder').does('gro', 'transfer');
    expect(ward.state).toMatchObject({ reminded: true, reminderAt: null });
  });

  it('escalates at once where the new hours have passed already', () => {
    const story = Story.routed()
      .after(20 * HOUR)
      .does('gro', 'transfer', withRules({ slaHours: 12 }))
      .until('level_deadline');
    expect(story.now).toBe(MONDAY + 20 * HOUR);
    expect(story.state).toMatchObject({ level: 1, accountable: 'ROADS-EE', dueAt: MONDAY + 22 * HOUR });
  });

  it('ends the digests of the old top level; the new one is told by a deadline of its own', () => {
    const levels = [{ level: 1, position: 'WATER-EE', hours: 1 }];
    const story = Story.routed({ slaHours: 1, levels }).until('level_deadline').until('level_deadline');
    expect(story.state.digestAt).not.toBeNull();
    story.does('gro', 'transfer', toRoads);
    expect(story.state.digestAt).toBeNull();
    expect(story.state.dueAt).toBe(story.now + 9 * HOUR);
  });

  it('is the GRO’s or the accountable officer’s, and ends requests and directions', () => {
    expect(Story.routed().refuses('lme', 'transfer', toRoads)).toMatchObject({ status: 403 });
    expect(Story.routed().refuses('ee', 'transfer', toRoads)).toMatchObject({ status: 403 });
    const story = Story.routed().until('level_deadline').does('ee', 'direct').does('lme', 'request-reassignment');
    expect(story.does('ee', 'transfer', toRoads).state).toMatchObject({ request: null, directedBy: null });
  });

  it('names nothing, contradicts itself or changes nothing: 422 with the field', () => {
    const story = Story.routed();
    const problemsOf = (body: object): unknown => story.refuses('gro', 'transfer', body).problems;
    const same = { ...WARD_82, ward: '081' };
    expect(problemsOf({ reason: 'x' })).toMatchObject([{ field: 'subCategory', problem: 'required' }]);
    expect(problemsOf({ ward: 82, reason: 'x' })).toMatchObject([{ field: 'ward', problem: 'wrong_type' }]);
    expect(problemsOf({ ward: '999', reason: 'x' })).toMatchObject([{ field: 'ward', problem: 'unknown' }]);
    expect(problemsOf({ ...toRoads, department: 'WATER' })).toMatchObject([
      { field: 'department', problem: 'contradiction' },
    ]);
    expect(problemsOf({ ward: '081', reason: 'x', target: same })).toMatchObject([{ problem: 'unchanged' }]);
    expect(problemsOf({ ...toRoads, reason: '' })).toMatchObject([{ field: 'reason', problem: 'required' }]);
  });

  it('may name a department alone', () => {
    const alone: Transfer = {
      department: 'ROADS',
      reason: 'Theirs',
      target: { ...ROADS, subCategory: 'WATER_NO_SUPPLY' },
    };
    const story = Story.routed().does('gro', 'transfer', alone);
    expect(story.state).toMatchObject({
      department: 'ROADS',
      subCategory: 'WATER_NO_SUPPLY',
      owner: 'ROADS-LME-1',
      dueAt: MONDAY + 24 * HOUR,
    });
  });
});
