import { In } from 'typeorm';
import type { CaseView } from '#libs/contracts/api/views';
import { AuditEntity, GrievanceEventEntity } from '#libs/persistence/entities/index';
import { startStack, type Stack } from '#libs/testing/stack';
import type { OrderView } from './orders.service.js';

const CASES = 60;
let stack: Stack;
let citizen: string;
let admin: string;
const numbers: string[] = [];

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken('+919830012345');
  admin = await stack.login('it-admin');
  const complaint = { tenant: 'KMC', subCategory: 'WATER_NO_SUPPLY', ward: 92, description: 'No water' };
  for (let n = 0; n < CASES; n += 1) {
    const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, citizen);
    numbers.push(body.number);
  }
  for (const number of numbers) await stack.until(number, citizen, 'assigned');
}, 180_000);
afterAll(async () => stack?.stop());

const recomputed = (): Promise<GrievanceEventEntity[]> =>
  stack.sources.read.manager.findBy(GrievanceEventEntity, { number: In(numbers), event: 'recomputed' });
const order = async (id: string) => (await stack.get<OrderView>(`/api/v1/orders/${id}`, admin)).body;
const dueOf = async (number: string) => (await stack.get<CaseView>(`/api/v1/grievances/${number}`, citizen)).body.dueAt;

async function until(condition: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > giveUp) throw new Error('not in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a holiday published while cases are open', () => {
  it('is carried to every one of them once, although the worker goes away before and in the middle', async () => {
    const before = await dueOf(numbers[0] ?? '');
    const date = (before ?? '').slice(0, 10);
    await stack.stopWorker();
    const given = await stack.post<OrderView>('/api/v1/calendar/holidays', { date, name: 'Puja' }, admin);
    expect(given).toMatchObject({ status: 202, body: { kind: 'recompute', state: 'running', signalled: 0 } });

    await stack.startWorker();
    await until(async () => (await recomputed()).length > 0);
    await stack.stopWorker();
    expect((await recomputed()).length).toBeLessThan(CASES);

    await stack.startWorker();
    await until(async () => (await recomputed()).length >= CASES);
    await until(async () => (await order(given.body.id)).state === 'done');
    expect(await order(given.body.id)).toMatchObject({ signalled: CASES, finishedAt: expect.any(String) });
    const told = await recomputed();
    expect(told.map(({ number }) => number).sort()).toEqual([...numbers].sort());
    expect(new Set(told.map(({ data }) => data['order']))).toEqual(new Set([given.body.id]));
    const moved = await dueOf(numbers[0] ?? '');
    expect(Date.parse(moved ?? '')).toBeGreaterThan(Date.parse(before ?? ''));
    const audit = await stack.sources.read.manager.findBy(AuditEntity, { action: 'order_given' });
    expect(audit).toMatchObject([{ actor: 'user:it-admin', subject: given.body.id }]);
  }, 180_000);
});
