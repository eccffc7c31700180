import { ACTORS, DAY, HOUR, POSTS } from '#libs/testing/case-samples';
import type { Life } from '#libs/testing/life';
import { useLives } from '#libs/testing/lives';

const { citizen, lme, otherLme, gro, first, second } = ACTORS;

describe('the life of a grievance', () => {
  const lives = useLives();
  const { record, register } = lives;
  const bedNow = (): Promise<number> => lives.bed.env.currentTimeMs();

  it('goes from the LME over an unhappy citizen to the Escalation Officer and ends satisfied', async () => {
    const life = await register();
    expect(await life.state()).toMatchObject({ state: 'assigned', owner: POSTS.lme.position, level: 0 });
    await life.do('resolve', lme, { remarks: 'cleared' });
    expect(await life.do('rate', citizen, { rating: 2, remarks: 'still there' })).toMatchObject({
      state: 'reopened',
      owner: POSTS.first.position,
      accountable: POSTS.first.position,
      reopens: 1,
    });
    await life.do('resolve', first, { remarks: 'a lorry came' });
    expect(await life.do('rate', citizen, { rating: 5 })).toMatchObject({ state: 'closed', outcome: 'satisfied' });
    await life.ended();
    expect(life.story).toEqual([
      'registered',
      'assigned',
      'resolved',
      'rated',
      'reopened',
      'resolved',
      'rated',
      'closed',
    ]);
    expect(record.of(life.number).events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(record.of(life.number).state).toMatchObject({ state: 'closed', rating: 5 });
  });

  it('is routed at the time of its registration, however late its first task comes, but not by a clock that runs ahead', async () => {
    const now = await bedNow();
    const late = await register({}, { at: now - 2 * HOUR });
    await late.state();
    expect(record.of(late.number).events[1]).toMatchObject({ event: 'assigned', at: now - 2 * HOUR });
    const ahead = await register({}, { at: now + DAY });
    await ahead.state();
    const assigned = record.of(ahead.number).events[1];
    expect(assigned?.at).toBeGreaterThan(now);
    expect(assigned?.at).toBeLessThan(now + HOUR);
  });

  it('takes at most 28 history events when all goes well, and at most 20 more for a reopening', async () => {
    const happy = await historyOfQuickLife(async (life) => {
      await life.do('resolve', lme, { remarks: 'done' });
      await life.do('rate', citizen, { rating: 4 });
    });
    expect(happy.length).toBeLessThanOrEqual(28);
    const reopened = await historyOfQuickLife(async (life) => {
      await life.do('resolve', lme, { remarks: 'done' });
      await life.do('rate', citizen, { rating: 1 });
      await life.do('resolve', first, { remarks: 'done now' });
      await life.do('rate', citizen, { rating: 4 });
    });
    // From one rating to the next. The beginning differs from life to life: a command that is quick enough shares its task.
    const [low = NaN, high = NaN] = reopened.flatMap((command, at) => (command === 'rate' ? [at] : []));
    expect(high - low).toBeLessThanOrEqual(20);
  });

  /**
   * The command that each event accepted, if it did. A record that takes more than two seconds, on a machine that stands
   * still, costs six events more: lived again.
   */
  async function historyOfQuickLife(live: (life: Life) => Promise<void>): Promise<(string | undefined)[]> {
    for (let attempt = 1; attempt <= 5; attempt++) {
      const life = await register();
      await live(life);
      await life.ended();
      const { events = [] } = await life.handle.fetchHistory();
      const recordedLater = events?.some(({ activityTaskScheduledEventAttributes: later }) => later);
      if (events && !recordedLater)
        return events.map(
          ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
            accepted?.acceptedRequest?.input?.name ?? undefined,
        );
    }
    throw new Error('In none of five lives did the record answer within its two seconds');
  }

  it('is reassigned on request, or stays where the GRO declines', async () => {
    const life = await register();
    expect(await life.do('request-reassignment', lme, { reason: 'not my beat' })).toMatchObject({
      state: 'reassignment_requested',
      owner: POSTS.lme.position,
    });
    expect(await life.do('decline-reassignment', gro, { reason: 'it is' })).toMatchObject({ state: 'assigned' });
    await life.do('request-reassignment', lme, { reason: 'really not' });
    const reassigned = await life.do('reassign', gro, { position: POSTS.otherLme.position, target: POSTS.otherLme });
    expect(reassigned).toMatchObject({ state: 'assigned', owner: POSTS.otherLme.position });
    expect(await life.refusal('resolve', lme, { remarks: 'done' })).toMatchObject({ status: 403 });
    expect(await life.do('resolve', otherLme, { remarks: 'done' })).toMatchObject({ state: 'resolved' });
  });

  it('lets the next level decide too when nobody decides within a working day', async () => {
    const life = await register({ rules: { slaHours: 500 } });
    await life.do('request-reassignment', lme, { reason: 'not my beat' });
    await life.pass(5 * DAY);
    const { request } = await life.state();
    expect(request?.deciders).toContain(POSTS.first.position);
    expect(await life.do('decline-reassignment', first, { reason: 'stay' })).toMatchObject({ state: 'assigned' });
  });

  it('is reopened twice and closes as dissatisfied at the third low rating', async () => {
    const life = await register();
    await life.do('resolve', lme, { remarks: 'done' });
    await life.do('rate', citizen, { rating: 1 });
    await life.do('resolve', first, { remarks: 'done' });
    expect(await life.do('reopen', citizen, { reason: 'no' })).toMatchObject({
      reopens: 2,
      owner: POSTS.second.position,
    });
    await life.do('resolve', second, { remarks: 'closing order' });
    expect(await life.refusal('reopen', citizen, { reason: 'again' })).toMatchObject({
      status: 409,
      state: 'resolved',
    });
    expect(await life.do('rate', citizen, { rating: 2 })).toMatchObject({ state: 'closed', outcome: 'dissatisfied' });
    await life.ended();
  });

  it('reminds once and closes unrated when the window is over', async () => {
    const life = await register();
    const { answer } = await life.do('resolve', lme, { remarks: 'done' });
    await life.pass(8 * DAY);
    expect(life.story.filter((event) => event === 'rating_reminded')).toHaveLength(1);
    await life.ended();
    const { state, events } = record.of(life.number);
    expect(state).toMatchObject({ state: 'closed', outcome: 'unrated' });
    expect(state.closedAt ?? 0).toBeGreaterThanOrEqual(answer?.windowEndsAt ?? Infinity);
    expect((state.closedAt ?? 0) - (answer?.windowEndsAt ?? 0)).toBeLessThan(1_000);
    expect(events.filter(({ event }) => event === 'rating_reminded')).toHaveLength(1);
  });

  it('climbs the matrix when nobody acts, and at the top a digest goes out each day', async () => {
    const life = await register();
    await life.pass(25 * HOUR);
    expect(await life.state()).toMatchObject({
      level: 1,
      owner: POSTS.lme.position,
      accountable: POSTS.first.position,
    });
    await life.pass(24 * HOUR);
    expect(await life.state()).toMatchObject({ level: 2, accountable: POSTS.second.position });
    await life.pass(6 * DAY);
    expect(life.story.filter((event) => event === 'escalated')).toHaveLength(2);
    expect(life.story.filter((event) => event === 'sla_reminded')).toHaveLength(1);
    expect(life.story.filter((event) => event === 'digest_due').length).toBeGreaterThanOrEqual(3);
    expect(await life.do('resolve', lme, { remarks: 'late' })).toMatchObject({ state: 'resolved' });
  });

  it('pauses while it waits for the citizen, and goes on after a week of silence', async () => {
    const life = await register();
    await life.pass(10 * HOUR);
    await life.do('ask-citizen', lme, { question: 'Which lane?' });
    await life.pass(6 * DAY);
    expect(await life.state()).toMatchObject({ state: 'awaiting_citizen', level: 0, dueAt: null });
    await life.pass(1 * DAY + HOUR);
    expect(await life.state()).toMatchObject({ state: 'assigned', level: 0, silent: true });
    await life.pass(14 * HOUR);
    expect(await life.state()).toMatchObject({ level: 1 });
  });

  it('refuses without a trace in the history and says what is allowed', async () => {
    const life = await register();
    const before = (await life.handle.fetchHistory()).events?.filter(
      (event) => event.workflowExecutionUpdateAcceptedEventAttributes,
    );
    const refusal = await life.refusal('rate', citizen, { rating: 5 });
    expect(refusal).toMatchObject({ status: 409, code: 'state_conflict', state: 'assigned' });
    expect(refusal.allowed).toContain('withdraw');
    const after = (await life.handle.fetchHistory()).events?.filter(
      (event) => event.workflowExecutionUpdateAcceptedEventAttributes,
    );
    expect(after).toEqual(before);
    expect(life.story).toEqual(['registered', 'assigned']);
  });
});
