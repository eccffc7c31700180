import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { runsOf } from '#libs/casework/history';
import { deriveKeys } from '#libs/config/keys';
import { recomputeSignal } from '#libs/contracts/temporal/grievance';
import { grievanceWorkflowId, TASK_QUEUE, WORKFLOW_TYPES } from '#libs/contracts/temporal/names';
import { MastersService } from '#libs/masters/masters.service';
import { writeSteps } from '#libs/persistence/case-record';
import {
  GrievanceEntity,
  HistoryArchiveEntity,
  HistoryChunkEntity,
  MasterOrderEntity,
} from '#libs/persistence/entities/index';
import { useCluster } from '#libs/testing/cluster';
import { describeOnEachEngine } from '#libs/testing/database';
import { buildCity, CITY, CityCase } from '#libs/testing/small-city';
import { chunksOf, CHUNK_BYTES, createArchiveActivity, FORGOTTEN_RUN } from './archive.activities.js';
import { createOrderActivities } from './order.activities.js';

const keys = deriveKeys('a secret for tests');

const cluster = useCluster(keys);
let next = 0;

describeOnEachEngine('housekeeping', (db) => {
  beforeAll(() => buildCity(db.sources));

  const parts = () => ({
    sources: db.sources,
    unitOfWork: db.uow,
    client: cluster.client,
    masters: new MastersService(db.sources),
  });
  const archived = (number: string) => db.sources.read.manager.findBy(HistoryArchiveEntity, { number });

  /** A case in the record, closed or open, without a worker behind it. */
  async function recorded(closed: boolean): Promise<string> {
    const grievance = new CityCase(`KMC-26-${String(++next).padStart(7, '0')}-0`, {
      id: 'someone',
      mobile: '+919830012345',
    });
    const steps = [grievance.register(), ...(closed ? [grievance.resolve('Done'), grievance.rate(5)] : [])];
    const written = steps.map((record) => ({ record, category: 'WATER', rootTenant: CITY.root, notifications: [] }));
    await db.uow.run((em) => writeSteps(em, written));
    return grievance.state.number;
  }
  const start = (number: string, argument = 'গোপন complaint 🙂') =>
    cluster.client.workflow.start(WORKFLOW_TYPES.grievance, {
      workflowId: grievanceWorkflowId(CITY.tenant, number),
      taskQueue: TASK_QUEUE,
      args: [argument],
    });

  /** Lets the case's workflow continue in another run, as a worker would have it do. */
  async function continued(taskQueue: { name: string }): Promise<void> {
    const { namespace } = cluster.server;
    const identity = 'test';
    const poll = { namespace, taskQueue, identity };
    const { taskToken } = await cluster.client.withDeadline(Date.now() + 25_000, () =>
      cluster.client.workflowService.pollWorkflowTaskQueue(poll),
    );
    const again = { workflowType: { name: WORKFLOW_TYPES.grievance }, taskQueue, input: { payloads: [] } };
    const commandType = proto.temporal.api.enums.v1.CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION;
    const commands = [{ commandType, continueAsNewWorkflowExecutionCommandAttributes: again }];
    await cluster.client.workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, identity, commands });
  }

  it('archives every run of a long life, and tells them from there once Temporal has forgotten them', async () => {
    const number = await recorded(true);
    const workflowId = grievanceWorkflowId(CITY.tenant, number);
    const taskQueue = `runs of ${number}`;
    const handle = await cluster.client.workflow.start(WORKFLOW_TYPES.grievance, { workflowId, taskQueue, args: [] });
    await continued({ name: taskQueue });
    await continued({ name: taskQueue });
    await cluster.client.workflow.getHandle(workflowId).terminate('over');
    const told = await runsOf(cluster.client, db.sources.read, CITY.tenant, number);
    expect(told.map(({ archived: fromArchive, events }) => [fromArchive, events.length])).toEqual([
      [false, 5],
      [false, 5],
      [false, expect.any(Number)],
    ]);

    expect(await createArchiveActivity(parts())(10)).toMatchObject({ archived: 1 });
    const rows = (await archived(number)).sort((a, b) => a.position - b.position);
    expect(rows.map(({ run }) => run)).toEqual(told.map(({ runId }) => runId));
    expect(rows[0]?.run).toBe(handle.firstExecutionRunId);
    // In a namespace of its own Temporal knows nothing of the case, as after its retention.
    const forgetful = new Client({ connection: cluster.client.connection, namespace: 'temporal-system' });
    const kept = await runsOf(forgetful, db.sources.read, CITY.tenant, number);
    expect(kept.every((run) => run.archived)).toBe(true);
    expect(kept.map(({ runId, events }) => [runId, events.length])).toEqual(
      told.map(({ runId, events }) => [runId, events.length]),
    );
  }, 60_000);

  it('looks at the cases that wait, not at all that were ever closed', async () => {
    const waiting = await recorded(true);
    const row = () => db.sources.read.manager.findOneByOrFail(GrievanceEntity, { number: waiting });
    expect((await row()).toArchive).toBe((await row()).closedAt);
    await createArchiveActivity(parts())(100);
    expect((await row()).toArchive).toBeNull();
    expect(
      (await db.sources.read.manager.findOneByOrFail(GrievanceEntity, { number: await recorded(false) })).toArchive,
    ).toBeNull();
    const query = 'SELECT number FROM grievance WHERE to_archive > 0 ORDER BY to_archive ASC LIMIT 10';
    const explain = db.sources.engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    expect(JSON.stringify(await db.uow.run((em) => em.query(`${explain} ${query}`)))).toContain(
      'ix_grievance_to_archive',
    );
  });

  it('archives the history of a closed case once, as Temporal gives it, payloads unreadable', async () => {
    const [closed, running, open] = [await recorded(true), await recorded(true), await recorded(false)];
    const handle = await start(closed);
    await handle.terminate('over');
    await start(running);
    await start(open);
    const archive = createArchiveActivity(parts());

    expect(await archive(10)).toEqual({ archived: 1, left: 1 });
    const [run, ...more] = await archived(closed);
    expect(more).toEqual([]);
    expect(run).toMatchObject({
      run: handle.firstExecutionRunId,
      tenant: CITY.tenant,
      position: 0,
      events: 3,
      parts: 1,
    });
    const chunk = await db.sources.read.manager.findOneByOrFail(HistoryChunkEntity, { number: closed, part: 0 });
    const json = (await promisify(gunzip)(chunk.bytes)).toString();
    const history = JSON.parse(json) as { events: { eventType: string }[] };
    expect(history.events[0]?.eventType).toBe('EVENT_TYPE_WORKFLOW_EXECUTION_STARTED');
    expect(json).not.toContain('complaint');
    expect(json).toContain(Buffer.from('binary/encrypted').toString('base64'));

    expect(await archive(10)).toEqual({ archived: 0, left: 1 });
    expect(await archived(running)).toEqual([]);
    expect(await archived(open)).toEqual([]);
    await cluster.client.workflow.getHandle(grievanceWorkflowId(CITY.tenant, running)).terminate('over');
    expect(await archive(10)).toEqual({ archived: 1, left: 0 });
  });

  it('does not look for ever for a history that Temporal has forgotten', async () => {
    const number = await recorded(true);
    const archive = createArchiveActivity(parts());
    await archive(10);
    expect(await archived(number)).toMatchObject([{ run: FORGOTTEN_RUN, events: 0, parts: 0 }]);
    expect(await archive(10)).toEqual({ archived: 0, left: 0 });
  });

  it('says how many are left when there are more than one call may take', async () => {
    for (let n = 0; n < 3; n += 1) await recorded(true);
    expect(await createArchiveActivity(parts())(2)).toEqual({ archived: 2, left: 1 });
  });

  it('tells a changed calendar to the open cases alone, and files the order as done', async () => {
    const [open, closed] = [await recorded(false), await recorded(true)];
    const orders = createOrderActivities(parts());
    const handle = await start(open);
    await (await start(closed)).terminate('over');
    const order = {
      id: 'order-1',
      tenant: CITY.tenant,
      kind: 'recompute',
      state: 'running',
      by: 'user:admin',
    } as const;
    await db.uow.run((em) =>
      em.insert(MasterOrderEntity, { ...order, cursor: null, signalled: 0, createdAt: Date.now(), finishedAt: null }),
    );
    const batch = await orders.recomputeBatch('order-1', CITY.tenant, null);
    // The open case of the archive test has a workflow of its own, which is told as well.
    expect(batch).toEqual({ cursor: null, signalled: 2 });
    const history = await handle.fetchHistory();
    expect(history.events?.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName)).toContain(
      recomputeSignal.name,
    );
    await orders.finishOrder('order-1', batch.signalled);
    expect(await db.sources.read.manager.findOneByOrFail(MasterOrderEntity, { id: 'order-1' })).toMatchObject({
      state: 'done',
      signalled: 2,
      cursor: open,
    });
    expect(await orders.recomputeBatch('order-1', CITY.tenant, open)).toEqual({ cursor: null, signalled: 0 });
  });

  it('cuts a large history into chunks that fit a column', () => {
    const chunks = chunksOf(Buffer.alloc(CHUNK_BYTES * 2 + 1, 7));
    expect(chunks.map((chunk) => chunk.length)).toEqual([CHUNK_BYTES, CHUNK_BYTES, 1]);
    expect(chunksOf(Buffer.alloc(0))).toEqual([]);
  });
});
