import { startStack, type Stack } from '#libs/testing/stack';
import type { CaseView, TimelineItem } from '#libs/contracts/api/views';

const CITIZEN = '+919830012345';
let stack: Stack;
let citizen: string;
let lme: string;
let gro: string;
let officer: string;

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken(CITIZEN);
  lme = await stack.login('water-lme-b10');
  gro = await stack.login('water-gro');
  officer = await stack.login('water-ee-b10');
}, 120_000);
afterAll(async () => stack?.stop());

const complaint = { tenant: 'KMC', subCategory: 'WATER_NO_SUPPLY', ward: 92, description: 'তিন দিন জল নেই 💧' };

async function lodged(more: object = {}, token = citizen): Promise<CaseView> {
  const { status, body } = await stack.post<CaseView>('/api/v1/grievances', { ...complaint, ...more }, token);
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

/** A case that has reached the post that works on it. */
async function assigned(more: object = {}): Promise<CaseView> {
  return stack.until((await lodged(more)).number, citizen, 'assigned');
}

function give<T = CaseView>(number: string, command: string, body: unknown, token: string, key?: string) {
  return stack.post<T>(`/api/v1/grievances/${number}/${command}`, body, token, key);
}

describe('the life of a grievance over HTTP', () => {
  it('goes from the citizen to the officer, back when the citizen is dissatisfied, and ends when they are content', async () => {
    const lodging = await lodged();
    expect(lodging).toMatchObject({
      state: 'registered',
      source: 'portal',
      description: complaint.description,
      ward: '92',
    });
    const { number } = lodging;
    expect(await stack.until(number, citizen, 'assigned')).toMatchObject({
      owner: { position: 'WATER-LME-B10', designation: 'Sub-Assistant Engineer' },
      citizen: { mobile: CITIZEN },
    });

    const resolved = await give(number, 'resolve', { remarks: 'Pump repaired' }, lme);
    expect(resolved).toMatchObject({ status: 200, body: { state: 'resolved' } });
    const reopened = await give(number, 'rate', { rating: 2, remarks: 'Still dry' }, citizen);
    expect(reopened).toMatchObject({
      status: 200,
      body: { state: 'reopened', reopens: 1, rating: 2, remarks: 'Still dry', owner: { position: 'WATER-EE-B10' } },
    });
    const again = await give(number, 'resolve', { remarks: 'Main cleaned' }, officer);
    expect(again).toMatchObject({ status: 200, body: { state: 'resolved', escalationLevel: 1 } });
    const closed = await give(number, 'rate', { rating: 5 }, citizen);
    expect(closed).toMatchObject({ status: 200, body: { state: 'closed', outcome: 'satisfied', allowed: [] } });

    await stack.until(number, citizen, 'closed');
    const timeline = await stack.get<{ items: TimelineItem[] }>(`/api/v1/grievances/${number}/timeline`, citizen);
    expect(timeline.body.items.map((item) => item.seq)).toEqual(timeline.body.items.map((_item, index) => index + 1));
    expect(timeline.body.items.map((item) => item.event)).toEqual([
      'registered',
      'assigned',
      'resolved',
      'rated',
      'reopened',
      'resolved',
      'rated',
      'closed',
    ]);
    expect(timeline.body.items.every((item) => item.actor.name === undefined)).toBe(true);
  });

  it('tells the citizen at each step, in the language of the complaint', async () => {
    const { number } = await assigned({ locale: 'bn' });
    await give(number, 'resolve', { remarks: 'সারানো হয়েছে' }, lme);
    const wanted = ['registered', 'resolved'];
    const toCitizen = () => stack.outbox().filter((line) => line.case === number && line.to === CITIZEN);
    const giveUp = Date.now() + 25_000;
    while (!wanted.every((template) => toCitizen().some((line) => line.template === template)) && Date.now() < giveUp) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(toCitizen().map((line) => [line.template, line.locale])).toEqual([
      ['registered', 'bn'],
      ['resolved', 'bn'],
    ]);
    // The gateway has it a moment before the record knows.
    let told: { template: string; status: string; to: string }[] = [];
    while (!told.some(({ template, status }) => template === 'resolved' && status === 'sent') && Date.now() < giveUp) {
      const { body } = await stack.get<{ items: TimelineItem[] }>(`/api/v1/grievances/${number}/timeline`, citizen);
      told = body.items.flatMap((item) =>
        item.notifications.map(({ template, status, to }) => ({ template, status, to: to ?? '' })),
      );
    }
    expect(told).toContainEqual({ template: 'resolved', status: 'sent', to: '+91******2345' });
  });

  it('passes a request for reassignment to the GRO, who declines or decides', async () => {
    const { number } = await assigned();
    const asked = await give(number, 'request-reassignment', { reason: 'Not my pump house' }, lme);
    expect(asked.body).toMatchObject({ state: 'reassignment_requested', owner: { position: 'WATER-LME-B10' } });
    const declined = await give(number, 'decline-reassignment', { reason: 'It is' }, gro);
    expect(declined.body).toMatchObject({ state: 'assigned', owner: { position: 'WATER-LME-B10' } });
    await give(number, 'request-reassignment', { reason: 'On leave' }, lme);
    const moved = await give(number, 'reassign', { position: 'WATER-LME-B9', reason: 'He is on leave' }, gro);
    expect(moved.body).toMatchObject({ state: 'assigned', owner: { position: 'WATER-LME-B9' } });
  });

  it('reopens twice, then closes as dissatisfied', async () => {
    const { number } = await assigned();
    await give(number, 'resolve', { remarks: 'Done' }, lme);
    expect((await give(number, 'rate', { rating: 1 }, citizen)).body).toMatchObject({ reopens: 1, state: 'reopened' });
    await give(number, 'resolve', { remarks: 'Done again' }, officer);
    const second = await give(number, 'reopen', { reason: 'Not at all' }, citizen);
    expect(second.body).toMatchObject({ reopens: 2, state: 'reopened', owner: { position: 'WATER-DYCE' } });
    await give(number, 'resolve', { remarks: 'Closing order' }, await stack.login('water-dyce'));
    const third = await give<{ code: string; allowed: string[] }>(number, 'reopen', { reason: 'Please' }, citizen);
    expect(third).toMatchObject({ status: 409, body: { code: 'limit_reached', state: 'resolved' } });
    expect(third.body.allowed).toContain('rate');
    const end = await give(number, 'rate', { rating: 1 }, citizen);
    expect(end.body).toMatchObject({ state: 'closed', outcome: 'dissatisfied', reopens: 2 });
  });

  it('answers commands on a closed case from the record', async () => {
    const { number } = await assigned();
    await give(number, 'withdraw', { reason: 'Solved itself' }, citizen);
    await stack.until(number, citizen, 'closed');
    const late = await give(number, 'resolve', { remarks: 'Too late' }, lme);
    expect(late).toMatchObject({ status: 409, body: { code: 'state_conflict', state: 'closed', allowed: [] } });
  });

  it('gives one winner and one clear conflict when two officers answer at the same time', async () => {
    const { number } = await assigned();
    await give(number, 'request-reassignment', { reason: 'Unsure' }, lme);
    const answers = await Promise.all([
      give(number, 'resolve', { remarks: 'I did it' }, lme),
      give(number, 'reject', { reasonCode: 'private_dispute', remarks: 'Not ours to settle' }, gro),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'state_conflict' });
  });

  it('lets staff lodge for a caller, who is asked for as their own', async () => {
    const callCentre = await stack.login('call-centre-1');
    const body = { ...complaint, citizen: { mobile: '98300 99999', name: 'Mitali Sen' }, source: 'walk_in' };
    const { body: view } = await stack.post<CaseView>('/api/v1/grievances', body, callCentre);
    expect(view).toMatchObject({ source: 'walk_in', citizen: { name: 'Mitali Sen', mobile: '+919830099999' } });
    const caller = await stack.citizenToken('+919830099999');
    await stack.until(view.number, caller, 'assigned');
    const { body: list } = await stack.get<{ items: CaseView[] }>('/api/v1/grievances', caller);
    expect(list.items.map(({ number }) => number)).toEqual([view.number]);
  });

  it('masks the citizen for colleagues and shows who is behind the mask for a reason that is kept', async () => {
    const { number } = await assigned({ citizen: { name: 'Mitali Sen' } });
    const auditor = await stack.login('auditor');
    const seen = await stack.get<CaseView>(`/api/v1/grievances/${number}`, auditor);
    expect(seen.body.citizen).toEqual({ name: 'M*** S***', mobile: '+91******2345' });
    const colleague = await stack.login('water-lme-b1');
    const unreasoned = await stack.post(`/api/v1/grievances/${number}/reveal`, {}, colleague);
    expect(unreasoned).toMatchObject({ status: 422, body: { errors: [{ field: 'reason', problem: 'required' }] } });
    const revealed = await stack.post(`/api/v1/grievances/${number}/reveal`, { reason: 'To ask the way' }, colleague);
    expect(revealed).toMatchObject({ status: 200, body: { name: 'Mitali Sen', mobile: CITIZEN } });
  });

  it('lets a neighbour follow and rate but nothing else, and hides the rest', async () => {
    const { number } = await assigned({ lat: 22.5065, lon: 88.3732 });
    const neighbour = await stack.citizenToken('+919830077777');
    expect((await stack.get(`/api/v1/grievances/${number}`, neighbour)).status).toBe(404);
    const near = await stack.get<{ items: { number: string }[] }>(
      '/api/v1/grievances/nearby?tenant=KMC&subCategory=WATER_NO_SUPPLY&lat=22.5066&lon=88.3731',
      neighbour,
    );
    expect(near.body.items.map((item) => item.number)).toContain(number);
    const followed = await give(number, 'follow', {}, neighbour);
    expect(followed).toMatchObject({ status: 200, body: { followers: 1, citizen: null, attachments: [] } });
    expect((await give(number, 'withdraw', {}, neighbour)).status).toBe(404);
    expect((await give(number, 'follow', {}, neighbour)).status).toBe(409);
    await give(number, 'resolve', { remarks: 'Done' }, lme);
    expect((await give(number, 'rate', { rating: 1 }, neighbour)).body).toMatchObject({ state: 'reopened' });
  });
});

describe('repeating a request', () => {
  it('answers the same case for the same key, and refuses another body under it', async () => {
    const first = await stack.post<CaseView>('/api/v1/grievances', complaint, citizen, 'lodge-1');
    const second = await stack.post<CaseView>('/api/v1/grievances', complaint, citizen, 'lodge-1');
    expect(second).toMatchObject({ status: 201, body: { number: first.body.number } });
    const other = await stack.post('/api/v1/grievances', { ...complaint, ward: 93 }, citizen, 'lodge-1');
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    const neighbour = await stack.citizenToken('+919830077777');
    const theirs = await stack.post<CaseView>('/api/v1/grievances', complaint, neighbour, 'lodge-1');
    expect(theirs.body.number).not.toBe(first.body.number);
  });

  it('carries a command out once per key, also after it has closed the case', async () => {
    const { number } = await assigned();
    const body = { remarks: 'Done' };
    const [one, two] = [
      await give(number, 'resolve', body, lme, 'resolve-1'),
      await give(number, 'resolve', body, lme, 'resolve-1'),
    ];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.body.version).toBe(one.body.version);
    const other = await give(number, 'resolve', { remarks: 'Other' }, lme, 'resolve-1');
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    await give(number, 'rate', { rating: 5 }, citizen, 'rate-1');
    await stack.until(number, citizen, 'closed');
    const rated = await give(number, 'rate', { rating: 5 }, citizen, 'rate-1');
    expect(rated).toMatchObject({ status: 200, body: { state: 'closed', rating: 5 } });
    const twice = await give(number, 'rate', { rating: 5 }, citizen, 'rate-2');
    expect(twice.status).toBe(409);
  });

  it('answers a repeated transfer like the first, although the case is out of sight by then', async () => {
    const { number } = await assigned();
    const body = { subCategory: 'POTHOLE', reason: 'A hole in the road' };
    const first = await give(number, 'transfer', body, gro, 'transfer-1');
    expect(first).toMatchObject({ status: 200, body: { department: 'ROADS' } });
    await stack.get(`/api/v1/grievances/${number}?version=${first.body.version}`, citizen);
    expect((await give(number, 'transfer', body, gro, 'transfer-1')).body).toMatchObject({ department: 'ROADS' });
    const other = await give<{ code: string }>(number, 'transfer', { ...body, reason: 'x' }, gro, 'transfer-1');
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    expect((await give(number, 'transfer', body, gro)).status).toBe(404);
  });
});

describe('without a worker', () => {
  it('takes complaints in, shows them from the memo, and refuses commands with a time to come back', async () => {
    await stack.stopWorker();
    try {
      const view = await lodged({ description: 'While nobody works' });
      const read = await stack.get<CaseView>(`/api/v1/grievances/${view.number}`, citizen);
      expect(read).toMatchObject({ status: 200, body: { state: 'registered', description: 'While nobody works' } });
      const command = await give<{ code: string }>(view.number, 'withdraw', {}, citizen);
      expect(command).toMatchObject({ status: 503, body: { code: 'worker_unavailable' } });
      expect(Number(command.headers.get('retry-after'))).toBeGreaterThan(0);
      await stack.startWorker();
      const later = await stack.get<CaseView>(`/api/v1/grievances/${view.number}?version=2`, citizen);
      expect(later.status).toBe(200);
      const giveUp = Date.now() + 25_000;
      let state = '';
      while (!['assigned', 'closed'].includes(state) && Date.now() < giveUp) {
        state = (await stack.get<CaseView>(`/api/v1/grievances/${view.number}`, citizen)).body.state;
      }
      expect(['assigned', 'closed']).toContain(state);
    } finally {
      await stack.startWorker();
    }
  }, 40_000);
});
