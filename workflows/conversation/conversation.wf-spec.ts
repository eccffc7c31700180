import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryResult, PendingMessage } from '#libs/contracts/temporal/conversation';
import { createWorkflowBed, type WorkflowBed } from '#libs/testing/workflow-environment';

interface Delivery {
  at: number;
  ids: readonly string[];
  attempt: number;
}

/** A gateway whose answers the test decides by contact; without a word it delivers everything. */
class Gateway {
  readonly deliveries = new Map<string, Delivery[]>();
  readonly answers = new Map<
    string,
    (delivery: Delivery) => readonly DeliveryResult[] | Promise<readonly DeliveryResult[]>
  >();
  now: () => Promise<number> = () => Promise.resolve(0);

  deliver = async (contact: string, ids: readonly string[], attempt: number): Promise<readonly DeliveryResult[]> => {
    const delivery = { at: await this.now(), ids, attempt };
    this.to(contact).push(delivery);
    return (await this.answers.get(contact)?.(delivery)) ?? ids.map((id) => ({ id }));
  };

  to(contact: string): Delivery[] {
    const made = this.deliveries.get(contact) ?? [];
    this.deliveries.set(contact, made);
    return made;
  }

  idsTo(contact: string): string[] {
    return this.to(contact).flatMap(({ ids }) => ids);
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('conversation with one contact', () => {
  const gateway = new Gateway();
  let bed: WorkflowBed;

  beforeAll(async () => {
    bed = await createWorkflowBed({ deliver: gateway.deliver });
    gateway.now = () => bed.env.currentTimeMs();
  }, 120_000);
  afterAll(() => bed.close());

  const notify = (contact: string, ...messages: PendingMessage[]) =>
    bed.client.workflow.signalWithStart('conversation', {
      workflowId: `conversation/wb/${contact}`,
      taskQueue: bed.taskQueue,
      args: [{ contact, tenant: 'wb' }],
      signal: 'notify',
      signalArgs: [messages],
    });
  const now = (id: string): PendingMessage => ({ id, notBefore: 0 });
  const ended = (contact: string) => bed.client.workflow.getHandle(`conversation/wb/${contact}`).result();

  it('says what there is to say, in order, and ends after at most 14 events', async () => {
    const handle = await notify('one', now('1/registered'));
    await ended('one');
    expect(gateway.to('one')).toEqual([{ at: expect.any(Number), ids: ['1/registered'], attempt: 1 }]);
    const { events } = await handle.fetchHistory();
    expect(events?.length).toBeLessThanOrEqual(14);
  });

  it('needs a single task for what is written on this machine only', async () => {
    const handle = await notify('here', { id: '1/registered', notBefore: 0, local: true });
    await ended('here');
    expect(gateway.idsTo('here')).toEqual(['1/registered']);
    const { events } = await handle.fetchHistory();
    expect(events?.length).toBeLessThanOrEqual(7);
  });

  it('goes the ordinary way when writing on this machine keeps failing', async () => {
    gateway.answers.set('full', () => {
      if (gateway.to('full').length <= 2) throw new Error('the disk is full');
      return [];
    });
    await notify('full', { id: '1/registered', notBefore: 0, local: true });
    await ended('full');
    expect(gateway.idsTo('full')).toEqual(['1/registered', '1/registered', '1/registered']);
  });

  it('says a thing once, however often it is told to', async () => {
    await notify('twice', now('1/a'), now('1/a'));
    await notify('twice', now('1/a'), now('1/b'));
    await ended('twice');
    expect(gateway.idsTo('twice').sort()).toEqual(['1/a', '1/b']);
  });

  it('delivers many messages ten at a time', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `many/${String(index).padStart(2, '0')}`);
    await notify('many', ...ids.map(now));
    await ended('many');
    expect(gateway.to('many').map((delivery) => delivery.ids.length)).toEqual([10, 10, 5]);
    expect(gateway.idsTo('many')).toEqual(ids);
  });

  it('keeps a reminder until the quiet hours are over, and lets a later answer go first', async () => {
    const start = await bed.env.currentTimeMs();
    await notify('quiet', { id: 'reminder', notBefore: start + 9 * HOUR }, now('answer'));
    await ended('quiet');
    const [first, second] = gateway.to('quiet');
    expect(first).toMatchObject({ ids: ['answer'] });
    expect(second).toMatchObject({ ids: ['reminder'] });
    expect(second?.at).toBeGreaterThanOrEqual(start + 9 * HOUR);
  });

  it('tries a failing message again after the delay the channel asks for, counting the attempts', async () => {
    gateway.answers.set('flaky', ({ ids, attempt }) =>
      ids.map((id) => (id === 'bad' && attempt < 4 ? { id, retryAfterMs: 10 * MINUTE } : { id })),
    );
    await notify('flaky', now('bad'), now('good'));
    await ended('flaky');
    const tries = gateway.to('flaky').filter(({ ids }) => ids.includes('bad'));
    expect(tries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect((tries[3]?.at ?? 0) - (tries[0]?.at ?? 0)).toBeGreaterThanOrEqual(30 * MINUTE);
    expect(gateway.idsTo('flaky').filter((id) => id === 'good')).toHaveLength(1);
  });

  it('hears what it is told while it delivers the last message', async () => {
    gateway.answers.set('late', async ({ ids }) => {
      if (ids.includes('first')) {
        await notify('late', now('second'));
        await pause(50);
      }
      return ids.map((id) => ({ id }));
    });
    await notify('late', now('first'));
    await ended('late');
    expect(gateway.idsTo('late')).toEqual(['first', 'second']);
  });

  it('loses nothing that is told around the moment in which it ends', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `edge/${index}`);
    for (const id of ids) {
      await notify('edge', now(id));
      await pause((ids.indexOf(id) * 7) % 20);
    }
    await ended('edge');
    expect(gateway.idsTo('edge')).toEqual(ids);
  });

  it('goes on in a new run when it never rests, with what is still to be said', async () => {
    const rounds = 260;
    gateway.answers.set('busy', ({ ids, attempt }) =>
      ids.map((id) => (attempt < rounds ? { id, retryAfterMs: MINUTE } : { id })),
    );
    const handle = await notify('busy', now('stubborn'));
    await ended('busy');
    expect(gateway.to('busy').map(({ attempt }) => attempt)).toEqual(Array.from({ length: rounds }, (_, i) => i + 1));
    const { events } = await bed.client.workflow.getHandle(handle.workflowId, handle.signaledRunId).fetchHistory();
    expect(events?.length).toBeLessThan(2_100);
  }, 60_000);
});
