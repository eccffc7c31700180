import { ACTORS, DAY, POSTS } from '#libs/testing/case-samples';
import { useLives } from '#libs/testing/lives';

const { citizen, lme } = ACTORS;

describe('a grievance that lives long', () => {
  const lives = useLives();
  const { record, register } = lives;

  it('lives a year with hundreds of comments in bounded histories, and still knows its old keys', async () => {
    const life = await register({ rules: { slaHours: 100_000 } });
    await life.command('comment', citizen, { text: 'the first' }, 'first-key', 'first-body');
    const runs = new Set<string>();
    for (let index = 0; index < 700; index++) {
      await life.do('comment', citizen, { text: `day ${index}` });
      if (index % 70 === 0) {
        await life.pass(30 * DAY);
        runs.add((await life.handle.describe()).runId);
      }
    }
    runs.add((await life.handle.describe()).runId);
    expect(runs.size).toBeGreaterThan(1);
    expect(await life.historyLength()).toBeLessThan(4_000);
    for (const runId of runs) {
      const { historyLength } = await lives.bed.client.workflow.getHandle(life.handle.workflowId, runId).describe();
      expect(historyLength).toBeLessThan(4_100);
    }
    expect(life.story).toHaveLength(703);
    expect(record.of(life.number).events.map(({ seq }) => seq)).toEqual(life.story.map((_, index) => index + 1));
    expect(record.of(life.number).notices.filter(({ template }) => template === 'registered')).toHaveLength(1);
    const { version } = await life.state();
    const key = record.of(life.number).updates.at(-100) ?? '';
    const again = await life.command('comment', citizen, { text: 'again' }, key, 'another-body');
    expect(again).toMatchObject({ bodyHash: 'hash', state: { version } });
    expect(life.story).toHaveLength(703);
    expect(await life.do('resolve', lme, { remarks: 'done' })).toMatchObject({
      state: 'resolved',
      owner: POSTS.lme.position,
    });
  });
});
