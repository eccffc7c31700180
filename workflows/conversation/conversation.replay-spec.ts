import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import {
  inboundSignal,
  notifySignal,
  type DeliveryResult,
  type InboundBatch,
  type PendingMessage,
} from '#libs/contracts/temporal/conversation';
import { Histories, recording } from '#libs/testing/histories';
import { createWorkflowBed, sourceBundle, type WorkflowBed } from '#libs/testing/workflow-environment';

const HOUR = 3_600_000;

/** What each recorded conversation was told. */
const TOLD: Readonly<Record<string, (now: number) => PendingMessage[]>> = {
  'one-message': () => [{ id: '1/registered', notBefore: 0 }],
  'retried-and-quiet': (now) => [
    { id: 'retry', notBefore: 0 },
    { id: 'plain', notBefore: 0 },
    { id: 'reminder', notBefore: now + 9 * HOUR },
  ],
  'more-than-a-batch': () => Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, notBefore: 0 })),
};

/** What each recorded chat heard: one question, or a complaint that was begun and left. */
const HEARD: Readonly<Record<string, string>> = {
  'one-question': 'hi',
  'begun-and-left': 'begin',
  'asked-at-once': 'hi at once',
};

async function converse(
  _contact: string,
  _tenant: string,
  heard: readonly InboundBatch[],
): Promise<{ wakeAt: number | null }> {
  const message = heard[0]?.messages[0];
  const begun = message?.input.type === 'text' && message.input.text === 'begin';
  return { wakeAt: begun ? message.at + 4 * HOUR : null };
}

async function hear(bed: WorkflowBed, name: string, text: string) {
  const at = await bed.env.currentTimeMs();
  const batch: InboundBatch = {
    channel: 'whatsapp',
    from: { mobile: '+919800000001' },
    messages: [{ id: 'm1', at, input: { type: 'text', text } }],
    ...(text.includes('at once') ? { withinTask: true } : {}),
  };
  return bed.client.workflow.signalWithStart('conversation', {
    workflowId: `conversation/wb/${name}`,
    taskQueue: bed.taskQueue,
    args: [{ contact: name, tenant: 'wb' }],
    signal: inboundSignal,
    signalArgs: [batch],
  });
}

async function deliver(_contact: string, ids: readonly string[], attempt: number): Promise<DeliveryResult[]> {
  return ids.map((id) => (id === 'retry' && attempt < 3 ? { id, retryAfterMs: 60_000 } : { id }));
}

async function tell(bed: WorkflowBed, name: string, messages: PendingMessage[]) {
  return bed.client.workflow.signalWithStart('conversation', {
    workflowId: `conversation/wb/${name}`,
    taskQueue: bed.taskQueue,
    args: [{ contact: name, tenant: 'wb' }],
    signal: notifySignal,
    signalArgs: [messages],
  });
}

describe('histories of conversations', () => {
  const histories = new Histories('conversation');

  beforeAll(async () => {
    if (!recording) return;
    const bed = await createWorkflowBed({ deliver, converse });
    for (const name of [...Object.keys(TOLD), ...Object.keys(HEARD)]) {
      if (histories.names.includes(name)) continue;
      const told = TOLD[name];
      const handle = told
        ? await tell(bed, name, told(await bed.env.currentTimeMs()))
        : await hear(bed, name, HEARD[name] ?? '');
      await handle.result();
      await histories.write(name, handle);
    }
    await bed.close();
  }, 120_000);

  it('are there for every conversation that is told here', () => {
    expect(histories.names).toEqual(expect.arrayContaining([...Object.keys(TOLD), ...Object.keys(HEARD)]));
  });

  it('are understood by the workflow as it is now', async () => {
    const workflowBundle = await sourceBundle();
    for (const name of histories.names) {
      await expect(Worker.runReplayHistory({ workflowBundle }, histories.read(name), name)).resolves.toBeUndefined();
    }
  }, 120_000);

  it('catch a workflow that was changed without regard to running conversations', async () => {
    const workflowBundle = await sourceBundle(join(process.cwd(), 'libs', 'testing', 'changed-workflows.ts'));
    for (const name of histories.names) {
      await expect(Worker.runReplayHistory({ workflowBundle }, histories.read(name), name)).rejects.toThrow(
        DeterminismViolationError,
      );
    }
  }, 120_000);
});
