import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { ChatMessage } from '#libs/contracts/chat';
import type { InboundBatch } from '#libs/contracts/temporal/conversation';
import { createWorkflowBed, type WorkflowBed } from '#libs/testing/workflow-environment';

const HOUR = 3_600_000;
type HistoryEvent = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];

interface Step {
  at: number;
  /** Ids of the messages; empty: time alone had passed. */
  ids: string[];
}

/** A dialogue that remembers what it was told and wakes when the test says so. */
class Dialogue {
  readonly steps = new Map<string, Step[]>();
  readonly wakes = new Map<string, (step: Step) => number | null | Promise<number | null>>();
  readonly delivered = new Map<string, string[]>();
  now: () => Promise<number> = () => Promise.resolve(0);

  converse = async (contact: string, _tenant: string, heard: readonly InboundBatch[]) => {
    const step = { at: await this.now(), ids: heard.flatMap(({ messages }) => messages.map(({ id }) => id)) };
    this.with(contact).push(step);
    return { wakeAt: (await this.wakes.get(contact)?.(step)) ?? null };
  };

  deliver = (contact: string, ids: readonly string[]) => {
    this.delivered.set(contact, [...(this.delivered.get(contact) ?? []), ...ids]);
    return Promise.resolve(ids.map((id) => ({ id })));
  };

  with(contact: string): Step[] {
    const steps = this.steps.get(contact) ?? [];
    this.steps.set(contact, steps);
    return steps;
  }

  heard(contact: string): string[] {
    return this.with(contact).flatMap(({ ids }) => ids);
  }
}

describe('a conversation that is written to', () => {
  const dialogue = new Dialogue();
  let bed: WorkflowBed;

  beforeAll(async () => {
    bed = await createWorkflowBed({ converse: dialogue.converse, deliver: dialogue.deliver });
    dialogue.now = () => bed.env.currentTimeMs();
  }, 120_000);
  afterAll(() => bed.close());

  const message = (id: string, at = 1): ChatMessage => ({ id, at, input: { type: 'text', text: id } });
  const signal = (contact: string, name: 'inbound' | 'notify', argument: unknown) =>
    bed.client.workflow.signalWithStart('conversation', {
      workflowId: `conversation/wb/${contact}`,
      taskQueue: bed.taskQueue,
      args: [{ contact, tenant: 'wb' }],
      signal: name,
      signalArgs: [argument],
    });
  const heard = (...ids: string[]): InboundBatch => ({
    channel: 'whatsapp',
    from: {},
    messages: ids.map((id) => message(id)),
  });
  const write = (contact: string, ...ids: string[]) =>
    signal(contact, 'inbound', { ...heard(...ids), withinTask: true });
  // The time-skipping server loses a task during which a signal comes; what then happens is seen on a real server.
  const writeMeanwhile = (contact: string, ...ids: string[]) => signal(contact, 'inbound', heard(...ids));
  const handle = (contact: string) => bed.client.workflow.getHandle(`conversation/wb/${contact}`);
  const ended = (contact: string) => handle(contact).result();
  const counts = (events: readonly HistoryEvent[]) => ({
    tasks: events.filter((event) => event.workflowTaskStartedEventAttributes).length,
    activities: events.filter(
      (event) => event.activityTaskScheduledEventAttributes ?? event.markerRecordedEventAttributes,
    ).length,
  });
  /** Answered so many messages and waits: the task with the last answer is over. */
  async function isAtRest(contact: string, answers: number): Promise<boolean> {
    const { events } = await handle(contact).fetchHistory();
    return counts(events ?? []).activities === answers;
  }

  it('answers a message in one task and one activity, and ends, after at most 7 events', async () => {
    const begun = await write('one', 'm1');
    await ended('one');
    expect(dialogue.heard('one')).toEqual(['m1']);
    const { events = [] } = await begun.fetchHistory();
    expect(events?.length).toBeLessThanOrEqual(7);
    expect(counts(events ?? [])).toEqual({ tasks: 1, activities: 1 });
  });

  it('needs one task and one activity for each message of a conversation that goes on', async () => {
    dialogue.wakes.set('steady', ({ at, ids }) => (ids.includes('m8') ? null : at + 4 * HOUR));
    const begun = await write('steady', 'm1');
    for (let n = 1; n <= 8; n++) {
      if (n > 1) await write('steady', `m${n}`);
      for (const giveUp = Date.now() + 25_000; !(await isAtRest('steady', n)) && Date.now() < giveUp;) await pause(20);
    }
    await ended('steady');
    expect(dialogue.with('steady').map(({ ids }) => ids)).toEqual(Array.from({ length: 8 }, (_, n) => [`m${n + 1}`]));
    const { events } = await begun.fetchHistory();
    expect(counts(events ?? [])).toEqual({ tasks: 8, activities: 8 });
    expect(events?.length).toBeLessThanOrEqual(8 * 7);
  });

  it('goes the ordinary way when answering at once fails', async () => {
    dialogue.wakes.set('hard', () => {
      if (dialogue.with('hard').length === 1) throw new Error('the database is away');
      return null;
    });
    await write('hard', 'm1');
    await ended('hard');
    expect(dialogue.heard('hard')).toEqual(['m1', 'm1']);
  });

  it('takes what has come meanwhile together: one task and one activity for many messages', async () => {
    dialogue.wakes.set('many', async ({ ids }) => {
      if (ids.includes('m0')) {
        for (let n = 1; n <= 9; n++) await writeMeanwhile('many', `m${n}`);
        await pause(50);
      }
      return null;
    });
    await writeMeanwhile('many', 'm0');
    await ended('many');
    expect(dialogue.heard('many').sort()).toEqual(Array.from({ length: 10 }, (_, n) => `m${n}`));
    expect(dialogue.with('many').length).toBeLessThanOrEqual(3);
  });

  it('answers before it tells news', async () => {
    await bed.withoutWorker(async () => {
      await signal('both', 'notify', [{ id: 'news', notBefore: 0 }]);
      await write('both', 'question');
    });
    await ended('both');
    expect(dialogue.heard('both')).toEqual(['question']);
    expect(dialogue.delivered.get('both')).toEqual(['news']);
  });

  it('loses nothing that is written around the moment in which it ends', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `edge/${n}`);
    for (const id of ids) {
      await writeMeanwhile('edge', id);
      await pause((ids.indexOf(id) * 7) % 20);
    }
    await ended('edge');
    expect(dialogue.heard('edge')).toEqual(ids);
  });

  it('stays for a reminder and gives it when it is due, once', async () => {
    const start = await bed.env.currentTimeMs();
    dialogue.wakes.set('begun', ({ at, ids }) => (ids.length > 0 ? at + 4 * HOUR : null));
    await write('begun', 'm1');
    await ended('begun');
    const steps = dialogue.with('begun');
    expect(steps.map(({ ids }) => ids)).toEqual([['m1'], []]);
    expect((steps[1]?.at ?? 0) - start).toBeGreaterThanOrEqual(4 * HOUR);
  });

  it('forgets the reminder when the citizen goes on', async () => {
    dialogue.wakes.set('going', ({ at, ids }) => (ids.includes('m1') ? at + 4 * HOUR : null));
    await write('going', 'm1');
    for (const giveUp = Date.now() + 25_000; dialogue.with('going').length === 0 && Date.now() < giveUp;)
      await pause(20);
    await write('going', 'm2');
    await ended('going');
    expect(dialogue.with('going').map(({ ids }) => ids)).toEqual([['m1'], ['m2']]);
  });

  it('goes on in a new run when it never rests, with what was not answered yet', async () => {
    let rounds = 0;
    dialogue.wakes.set('busy', ({ at }) => (++rounds < 300 ? at + 60_000 : null));
    const begun = await write('busy', 'm1');
    await ended('busy');
    expect(rounds).toBe(300);
    const { events } = await bed.client.workflow.getHandle(begun.workflowId, begun.signaledRunId).fetchHistory();
    expect(events?.length).toBeLessThan(2_100);
  }, 60_000);
});
