import { setTimeout as pause } from 'node:timers/promises';
import { ACTORS, DAY } from '#libs/testing/case-samples';
import { useLives } from '#libs/testing/lives';

const { citizen, lme, gro } = ACTORS;

describe('a grievance whose worker was away', () => {
  const lives = useLives({ cached: false });
  const { record, register } = lives;

  it('meets the deadlines that passed before it hears the command that came after them', async () => {
    // The window of 15 days ends after two seconds.
    const life = await register({ rules: { slaHours: 100_000, clockScale: (15 * DAY) / 2_000 } });
    const { answer } = await life.do('resolve', lme, { remarks: 'done' });
    const { late } = await lives.bed.withoutWorker(async () => {
      await pause(2_500);
      const refused = life.refusal('reopen', citizen, { reason: 'late' });
      await pause(300);
      return { late: refused };
    });
    expect(await late).toMatchObject({ status: 409, state: 'closed' });
    await life.ended();
    expect(record.of(life.number).state).toMatchObject({ state: 'closed', outcome: 'unrated' });
    expect(record.of(life.number).state.closedAt).toBeGreaterThan(answer?.windowEndsAt ?? Infinity);
  });

  it('climbs as many levels as were due, each from the breach before it', async () => {
    // A day passes in a second.
    const life = await register({ rules: { clockScale: DAY / 1_000 } });
    await life.state();
    await lives.bed.withoutWorker(() => pause(2_500));
    const { level, dueAt } = await life.do('comment', gro, { text: 'at last' });
    expect(level).toBe(2);
    expect(dueAt).toBe(life.start.state.registeredAt + 1_000 + 1_000 + 2_000);
    expect(life.story.slice(0, 5)).toEqual(['registered', 'assigned', 'sla_reminded', 'escalated', 'escalated']);
  });

  it('routes a case that was registered meanwhile before anybody can command it', async () => {
    const life = await lives.bed.withoutWorker(async () => {
      // The server still hands the first task to the last poll of the worker that is gone.
      await pause(2_000);
      return register();
    });
    expect(await life.do('resolve', lme, { remarks: 'done' })).toMatchObject({ state: 'resolved', version: 3 });
  });
});
