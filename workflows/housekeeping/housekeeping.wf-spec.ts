import type { HousekeepingActivities } from '#libs/contracts/temporal/housekeeping';
import { createWorkflowBed, type WorkflowBed } from '#libs/testing/workflow-environment';

const MINUTE = 60_000;

/** Closed cases without an archive, and orders over 2,400 open cases, in memory. */
class Office implements HousekeepingActivities {
  waiting = 0;
  stuck = 0;
  rounds = 0;
  readonly cursors: (string | null)[] = [];
  readonly finished: { order: string; signalled: number }[] = [];
  failures = 0;

  archiveClosed = async (limit: number) => {
    this.rounds += 1;
    const archived = Math.min(limit, this.waiting);
    this.waiting -= archived;
    return { archived, left: this.waiting + this.stuck };
  };

  recomputeBatch = async (_order: string, _tenant: string, cursor: string | null) => {
    if (this.failures-- > 0) throw new Error('the database is away');
    this.cursors.push(cursor);
    const next = Number(cursor ?? 0) + 1;
    return { cursor: next === 240 ? null : String(next), signalled: 10 };
  };

  unfolded = 0;
  looks = 0;

  rollUpInsight = async (limit: number) => {
    this.looks += 1;
    const folded = Math.min(limit, this.unfolded);
    this.unfolded -= folded;
    return { folded, more: folded === limit };
  };

  finishOrder = async (order: string, signalled: number) => {
    this.finished.push({ order, signalled });
  };
}

describe('housekeeping', () => {
  const office = new Office();
  let bed: WorkflowBed;

  beforeAll(async () => {
    const { archiveClosed, recomputeBatch, finishOrder, rollUpInsight } = office;
    bed = await createWorkflowBed({ archiveClosed, recomputeBatch, finishOrder, rollUpInsight });
  }, 120_000);
  afterAll(() => bed.close());

  it('archives a backlog at once, then looks minute by minute, in bounded histories', async () => {
    office.waiting = 120;
    const handle = await bed.client.workflow.start('housekeepingArchive', {
      workflowId: 'housekeeping/archive',
      taskQueue: bed.taskQueue,
    });
    await bed.env.sleep(30_000);
    expect(office).toMatchObject({ waiting: 0, rounds: 3 });
    office.waiting = 7;
    office.stuck = 1;
    await bed.env.sleep(MINUTE + 1_000);
    expect(office).toMatchObject({ waiting: 0, rounds: 4 });
    await bed.env.sleep(300 * MINUTE);
    const { historyLength, runId } = await bed.client.workflow.getHandle(handle.workflowId).describe();
    expect(runId).not.toBe(handle.firstExecutionRunId);
    expect(historyLength).toBeLessThan(2_100);
    await bed.client.workflow.getHandle(handle.workflowId).terminate();
  });

  it('takes a backlog into the figures at once, then looks minute by minute', async () => {
    office.unfolded = 1_234;
    const handle = await bed.client.workflow.start('housekeepingInsight', {
      workflowId: 'housekeeping/insight',
      taskQueue: bed.taskQueue,
    });
    await bed.env.sleep(30_000);
    expect(office).toMatchObject({ unfolded: 0, looks: 3 });
    office.unfolded = 2;
    await bed.env.sleep(MINUTE);
    expect(office).toMatchObject({ unfolded: 0, looks: 4 });
    await handle.terminate();
  });

  it('carries an order to every case over failures and new runs, and finishes it once', async () => {
    office.failures = 3;
    const handle = await bed.client.workflow.start('housekeepingOrder', {
      workflowId: 'order/puja',
      taskQueue: bed.taskQueue,
      args: [{ order: 'puja', tenant: 'kmc' }],
    });
    await handle.result();
    expect(office.cursors).toEqual([null, ...Array.from({ length: 239 }, (_, index) => String(index + 1))]);
    expect(office.finished).toEqual([{ order: 'puja', signalled: 2_400 }]);
    const { runId } = await bed.client.workflow.getHandle('order/puja').describe();
    expect(runId).not.toBe(handle.firstExecutionRunId);
  });
});
