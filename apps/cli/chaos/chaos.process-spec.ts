import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseView } from '#libs/contracts/api/views';
import { HttpClient } from '#libs/testing/http-client';
import { Installation } from '#libs/testing/installation';

const WARD = 91;
const OFFICER = 'LIGHT-LME-B10';
/** Cases that are registered while the worker is down. */
const DOWN = 5;

/** A street light: no photo is asked for, so every case can run to its end by commands alone. */
const complaint = (n: number): object => ({
  subCategory: 'LIGHT_OFF',
  ward: WARD,
  description: `Lamp post ${n} is dark`,
});

describe('an installation whose parts die in mid-life of ten cases', () => {
  let installation: Installation;
  let citizen: HttpClient;
  let officer: HttpClient;
  let superior: HttpClient;
  const acknowledged: string[] = [];

  beforeAll(async () => {
    installation = await Installation.create();
    await installation.start();
    citizen = await HttpClient.citizen(installation, '9830012345');
    officer = await HttpClient.staff(installation, OFFICER);
    superior = await HttpClient.staff(installation, 'LIGHT-EE-B10');
  }, 200_000);

  afterAll(() => installation.remove(), 60_000);

  /** Resolved, rated 2, reopened with the escalation officer, resolved, rated 5. */
  async function live(number: string): Promise<CaseView> {
    await citizen.until(number, (view) => view.state === 'assigned');
    await officer.surely(`grievances/${number}/resolve`, { remarks: 'Bulb replaced' });
    await citizen.surely(`grievances/${number}/rate`, { rating: 2, remarks: 'Dark again' });
    await superior.surely(`grievances/${number}/resolve`, { remarks: 'Cable replaced' });
    return citizen.surely(`grievances/${number}/rate`, { rating: 5 });
  }

  it('accepts registrations while no worker runs, and hands them out once one does', async () => {
    process.kill(installation.pidOf('worker'), 'SIGKILL');
    for (let n = 0; n < DOWN; n++) {
      const { status, body } = await citizen.once('grievances', complaint(n));
      expect(status).toBe(201);
      acknowledged.push(body.number);
    }
    for (let n = DOWN; n < 10; n++) acknowledged.push((await citizen.surely('grievances', complaint(n))).number);
    expect(new Set(acknowledged).size).toBe(10);
    const views = await Promise.all(
      acknowledged.map((number) => citizen.until(number, (view) => view.state === 'assigned')),
    );
    expect(new Set(views.map((view) => view.owner?.position))).toEqual(new Set([OFFICER]));
  }, 120_000);

  it('brings every case to its end although worker, API and Temporal are killed meanwhile', async () => {
    const lives = acknowledged.map(live);
    await sleep(300);
    await installation.killPart('worker');
    await sleep(300);
    await installation.killPart('api');
    await sleep(300);
    await installation.killPart('temporal');
    const ended = await Promise.all(lives);
    expect(ended.map((view) => [view.state, view.outcome, view.reopens])).toEqual(
      ended.map(() => ['closed', 'satisfied', 1]),
    );
  }, 180_000);

  /** The last step is answered before it is recorded, and what a killed worker held comes to the record when Temporal gives it out again. */
  async function recordedToItsEnd(number: string): ReturnType<HttpClient['timeline']> {
    for (const giveUp = Date.now() + 45_000; ; await sleep(200)) {
      const timeline = await superior.timeline(number);
      if (timeline.some(({ event }) => event === 'closed') || Date.now() > giveUp) return timeline;
    }
  }

  it('has lost nothing that was acknowledged and done nothing twice', async () => {
    const { items } = await citizen.list();
    expect(items.map((view) => view.number).sort()).toEqual([...acknowledged].sort());
    for (const number of acknowledged) {
      const timeline = await recordedToItsEnd(number);
      expect(timeline.map((item) => item.seq)).toEqual(timeline.map((_, index) => index + 1));
      const events = timeline.map((item) => item.event);
      const times = (name: string): number => events.filter((event) => event === name).length;
      expect({
        registered: times('registered'),
        resolved: times('resolved'),
        rated: times('rated'),
        reopened: times('reopened'),
        closed: times('closed'),
      }).toEqual({ registered: 1, resolved: 2, rated: 2, reopened: 1, closed: 1 });
    }
  }, 120_000);

  it('has told the citizen of every step, each once', async () => {
    const wanted = acknowledged.length;
    const giveUp = Date.now() + 60_000;
    const sent = (template: string): string[] =>
      installation
        .outbox()
        .filter((line) => line.template === template && line.channel === 'sms')
        .map((line) => line.id);
    while (sent('closed').length < wanted && Date.now() < giveUp) await sleep(200);
    for (const [template, each] of [
      ['registered', 1],
      ['resolved', 2],
      ['closed', 1],
    ] as const) {
      const ids = sent(template);
      expect([template, ids.length]).toEqual([template, wanted * each]);
      expect(new Set(ids).size).toBe(ids.length);
    }
  }, 90_000);

  it('says in one line each that a part had ended and starts again', () => {
    const told = installation.output.split('\n').filter((line) => /ended \(SIGKILL\); it starts again in/.test(line));
    expect(told.map((line) => line.split(' ')[0]).sort()).toEqual(['api', 'temporal', 'worker', 'worker']);
  });
});
