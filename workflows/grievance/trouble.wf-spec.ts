import { recomputeSignal } from '#libs/contracts/temporal/grievance';
import { ACTORS, CALENDAR, DAY, HOUR } from '#libs/testing/case-samples';
import { Life, refusalIn } from '#libs/testing/life';
import { useLives } from '#libs/testing/lives';

const { citizen, lme, first, gro } = ACTORS;
const MINUTE = 60_000;

describe('a grievance in trouble', () => {
  const { record, register } = useLives();
  const gapless = (life: Life) =>
    expect(record.of(life.number).events.map(({ seq }) => seq)).toEqual(life.story.map((_, index) => index + 1));

  describe('while the record is away', () => {
    it('answers at once, and records every step once and in order when it is back', async () => {
      const life = await register();
      await life.state();
      record.trouble(life.number, { kind: 'before', times: 9 });
      expect(await life.do('comment', gro, { text: 'one' })).toMatchObject({ version: 3 });
      for (const text of ['two', 'three', 'four']) await life.do('comment', gro, { text });
      expect(await life.do('resolve', lme, { remarks: 'done' })).toMatchObject({ state: 'resolved', version: 7 });
      expect(record.of(life.number).events).toHaveLength(2);
      await life.pass(10 * MINUTE);
      expect(record.of(life.number).events).toHaveLength(7);
      expect(record.of(life.number).steps).toHaveLength(6);
      gapless(life);
      // What came meanwhile went together.
      expect(record.of(life.number).calls.at(-1)).toBe(4);
    });

    it('records nothing twice when the answer of the record gets lost', async () => {
      const life = await register();
      record.trouble(life.number, { kind: 'after', times: 5 });
      await life.do('resolve', lme, { remarks: 'done' });
      await life.pass(10 * MINUTE);
      await life.do('rate', citizen, { rating: 5 });
      await life.ended();
      expect(life.story).toEqual(['registered', 'assigned', 'resolved', 'rated', 'closed']);
      gapless(life);
    });

    it('records a step again when a task that was lost had recorded it with the time of that one', async () => {
      const life = await register();
      await life.state();
      record.trouble(life.number, { kind: 'lost task', times: 1 });
      await life.do('resolve', lme, { remarks: 'done' });
      await life.do('rate', citizen, { rating: 5 });
      await life.ended();
      expect(life.story).toEqual(['registered', 'assigned', 'resolved', 'rated', 'closed']);
      gapless(life);
    });

    it('ends only when its last step is recorded, and refuses commands meanwhile', async () => {
      const life = await register();
      await life.do('resolve', lme, { remarks: 'done' });
      record.trouble(life.number, { kind: 'before', times: 12 });
      expect(await life.do('rate', citizen, { rating: 5 })).toMatchObject({ state: 'closed' });
      expect((await life.handle.describe()).status.name).toBe('RUNNING');
      expect(await life.refusal('comment', citizen, { text: 'thanks' })).toMatchObject({
        status: 409,
        state: 'closed',
      });
      await life.ended();
      expect(life.story.at(-1)).toBe('closed');
      gapless(life);
    });

    it('sends no more than twenty steps in one call', async () => {
      const life = await register();
      await life.state();
      record.trouble(life.number, { kind: 'before', times: 4 });
      for (let index = 0; index < 30; index++) await life.do('comment', gro, { text: `note ${index}` });
      await life.pass(10 * MINUTE);
      gapless(life);
      expect(life.story).toHaveLength(32);
      expect(Math.max(...record.of(life.number).calls)).toBeLessThanOrEqual(20);
    });
  });

  describe('when the same is asked twice', () => {
    it('acts once under one key and answers the same', async () => {
      const life = await register();
      const once = await life.command('resolve', lme, { remarks: 'done' }, 'key-1', 'body-1');
      const again = await life.command('resolve', lme, { remarks: 'other words' }, 'key-1', 'body-2');
      expect(again).toEqual(once);
      expect(again.bodyHash).toBe('body-1');
      expect(life.story).toEqual(['registered', 'assigned', 'resolved']);
      expect(record.of(life.number).updates).toEqual(['key-1']);
    });

    it('lets one of two officers win and tells the other what happened', async () => {
      const life = await register();
      await life.pass(25 * HOUR);
      const outcomes = await Promise.allSettled([
        life.command('resolve', lme, { remarks: 'by the owner' }),
        life.command('resolve', first, { remarks: 'by the officer' }),
      ]);
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(refusalIn(lost[0]?.reason)).toMatchObject({ status: 409, code: 'state_conflict', state: 'resolved' });
      expect(life.story.filter((event) => event === 'resolved')).toHaveLength(1);
    });
  });

  it('keeps living when an operator cancels its workflow', async () => {
    const life = await register();
    await life.state();
    await life.handle.cancel();
    expect(await life.do('resolve', lme, { remarks: 'done' })).toMatchObject({ state: 'resolved' });
    await life.do('rate', citizen, { rating: 5 });
    await life.ended();
    expect(life.story.at(-1)).toBe('closed');
  });

  it('moves its deadlines when a holiday is published, once for each calendar', async () => {
    const life = await register({ rules: { calendar: 'office' } });
    const { dueAt } = await life.state();
    const days = [0, 1, 2, 3].map((day) => new Date((dueAt ?? 0) - day * DAY).toISOString().slice(0, 10));
    const calendar = { ...CALENDAR, version: 2, holidays: days };
    await life.handle.signal(recomputeSignal, { order: 'durga-puja', calendar });
    await life.handle.signal(recomputeSignal, { order: 'durga-puja', calendar });
    const moved = await life.state();
    expect(moved.dueAt).toBeGreaterThan(dueAt ?? Infinity);
    expect(life.story.filter((event) => event === 'recomputed')).toHaveLength(1);
    await life.handle.signal(recomputeSignal, { order: 'stale', calendar: CALENDAR });
    expect((await life.state()).dueAt).toBe(moved.dueAt);
  });

  it('takes over the followers of a duplicate', async () => {
    const life = await register();
    await life.handle.signal('adopt', { from: 'KMC-26-0000000-0', persons: [citizen.id, ACTORS.follower.id] });
    expect((await life.state()).followers).toEqual([ACTORS.follower.id]);
    expect(life.story.at(-1)).toBe('followed');
  });
});
