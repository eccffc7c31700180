import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { adoptSignal, recomputeSignal } from '#libs/contracts/temporal/grievance';
import { ACTORS, CALENDAR, DAY, HOUR, POSTS } from '#libs/testing/case-samples';
import { Histories, recording } from '#libs/testing/histories';
import { Life } from '#libs/testing/life';
import { RecordedCases } from '#libs/testing/recorded-cases';
import { createWorkflowBed, sourceBundle } from '#libs/testing/workflow-environment';

const { citizen, lme, gro, first, second } = ACTORS;
const record = new RecordedCases();

/** How each recorded life went; `histories/<name>.json` holds what came of it. */
const LIVES: Readonly<Record<string, (life: Life) => Promise<unknown>>> = {
  satisfied: async (life) => {
    await life.do('resolve', lme, { remarks: 'done' });
    await life.do('rate', citizen, { rating: 5 });
  },
  'reopened-twice-dissatisfied': async (life) => {
    await life.do('resolve', lme, { remarks: 'done' });
    await life.do('rate', citizen, { rating: 2, remarks: 'no' });
    await life.do('resolve', first, { remarks: 'done' });
    await life.do('reopen', citizen, { reason: 'still no' });
    await life.do('resolve', second, { remarks: 'closing order' });
    await life.do('rate', citizen, { rating: 1 });
  },
  'escalated-window-over': async (life) => {
    await life.pass(4 * DAY);
    await life.do('comment', citizen, { text: 'any news?' });
    await life.do('resolve', lme, { remarks: 'late' });
  },
  'asked-reassigned-signalled': async (life) => {
    await life.do('ask-citizen', lme, { question: 'Which lane?' });
    await life.pass(8 * DAY);
    await life.do('request-reassignment', lme, { reason: 'not mine' });
    await life.pass(2 * HOUR);
    await life.do('reassign', gro, { position: POSTS.otherLme.position, target: POSTS.otherLme });
    await life.handle.signal(recomputeSignal, { order: 'puja', calendar: { ...CALENDAR, version: 2 } });
    await life.handle.signal(adoptSignal, { from: 'KMC-26-0000000-0', persons: [ACTORS.follower.id] });
    await life.do('withdraw', citizen, {});
  },
  'record-away': async (life) => {
    await life.state();
    record.trouble(life.number, { kind: 'before', times: 7 });
    await life.do('comment', gro, { text: 'one' });
    await life.do('comment', gro, { text: 'two' });
    await life.pass(HOUR);
    await life.do('reject', gro, { reasonCode: 'sub_judice', remarks: 'before the court' });
    await life.do('rate', citizen, { rating: 3 });
  },
  'commands-with-their-time': async (life) => {
    await life.do('comment', citizen, { text: 'any news?' });
    await life.do('resolve', lme, { remarks: 'done' });
    await life.do('rate', citizen, { rating: 2, remarks: 'no' });
    await life.do('resolve', first, { remarks: 'done' });
    await life.do('rate', citizen, { rating: 5 });
  },
  'registered-with-its-time': async (life) => {
    await life.do('comment', citizen, { text: 'any news?' });
    await life.pass(HOUR);
    await life.do('resolve', lme, { remarks: 'done' });
    await life.do('rate', citizen, { rating: 4 });
  },
};

interface Event {
  eventTime: string;
  workflowTaskStartedEventAttributes?: object;
  workflowExecutionUpdateAcceptedEventAttributes?: object;
}

/** As a server writes it that lost its memory between a command and its answer: the task is told to have begun later. */
function withTasksOfCommandsLater(history: { events: Event[] }, ms: number): { events: Event[] } {
  const { events } = structuredClone(history);
  for (const [place, event] of events.entries()) {
    if (!event.workflowTaskStartedEventAttributes) continue;
    const [, next] = events.slice(place + 1);
    if (!next?.workflowExecutionUpdateAcceptedEventAttributes) continue;
    event.eventTime = new Date(Date.parse(event.eventTime) + ms).toISOString();
  }
  return { events };
}

describe('histories of grievances', () => {
  const histories = new Histories('grievance');

  beforeAll(async () => {
    if (!recording) return;
    const bed = await createWorkflowBed({ recordSteps: record.recordSteps });
    for (const [name, live] of Object.entries(LIVES)) {
      if (histories.names.includes(name)) continue;
      const life = await Life.register(bed, record);
      await live(life);
      await life.ended();
      await histories.write(name, life.handle);
    }
    await bed.close();
  }, 120_000);

  it('are there for every life that is told here', () => {
    expect(histories.names).toEqual(expect.arrayContaining(Object.keys(LIVES)));
  });

  it('are understood by the workflow as it is now', async () => {
    const workflowBundle = await sourceBundle();
    for (const name of histories.names) {
      await expect(Worker.runReplayHistory({ workflowBundle }, histories.read(name), name)).resolves.toBeUndefined();
    }
  }, 120_000);

  it('are understood although the task with a command came again at another time', async () => {
    const workflowBundle = await sourceBundle();
    const history = histories.read('commands-with-their-time') as { events: Event[] };
    const later = withTasksOfCommandsLater(history, 3_000);
    expect(later.events.filter(({ eventTime }, place) => eventTime !== history.events[place]?.eventTime)).toHaveLength(
      5,
    );
    await expect(Worker.runReplayHistory({ workflowBundle }, later, 'later')).resolves.toBeUndefined();
  }, 120_000);

  it('catch a workflow that was changed without regard to running cases', async () => {
    const workflowBundle = await sourceBundle(join(process.cwd(), 'libs', 'testing', 'changed-workflows.ts'));
    for (const name of histories.names) {
      await expect(Worker.runReplayHistory({ workflowBundle }, histories.read(name), name)).rejects.toThrow(
        DeterminismViolationError,
      );
    }
  }, 120_000);

  it('go on in a next version whose change stands behind a patch', async () => {
    const workflowBundle = await sourceBundle(join(process.cwd(), 'libs', 'testing', 'next-version.ts'));
    for (const name of histories.names) {
      await expect(Worker.runReplayHistory({ workflowBundle }, histories.read(name), name)).resolves.toBeUndefined();
    }
  }, 120_000);
});
