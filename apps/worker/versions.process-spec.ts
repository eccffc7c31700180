import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { ACTORS } from '#libs/testing/case-samples';
import { Life } from '#libs/testing/life';
import { RecordedCases } from '#libs/testing/recorded-cases';
import { startDevServer, type DevServer } from '#libs/testing/temporal';
import { quietRuntime, sourceBundle, type WorkflowBed } from '#libs/testing/workflow-environment';

const { citizen, lme } = ACTORS;
const TASK_QUEUE = 'versions';
const NEXT = join(process.cwd(), 'libs', 'testing', 'next-version.ts');

/** A worker process of one build. */
interface Build {
  stop(): Promise<void>;
}

describe('a changed workflow, deployed while cases run', () => {
  const record = new RecordedCases();
  let server: DevServer;
  let connection: Connection;
  let bed: WorkflowBed;
  const running = new Set<Build>();

  beforeAll(async () => {
    quietRuntime();
    server = await startDevServer();
    connection = await Connection.connect({ address: server.address });
    const client = new Client({ connection, namespace: server.namespace });
    const env = { currentTimeMs: () => Promise.resolve(Date.now()) };
    bed = { env, client, taskQueue: TASK_QUEUE } as unknown as WorkflowBed;
  }, 120_000);
  afterAll(async () => {
    await Promise.all([...running].map((build) => build.stop()));
    await connection.close();
    await server.stop();
  });

  async function start(workflowBundle: { code: string }): Promise<Build> {
    const own = await NativeConnection.connect({ address: server.address });
    const worker = await Worker.create({
      connection: own,
      namespace: server.namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle,
      activities: { recordSteps: record.recordSteps },
      shutdownGraceTime: '1 second',
    });
    const run = worker.run();
    const build: Build = {
      stop: async () => {
        running.delete(build);
        worker.shutdown();
        await run;
        await own.close();
      },
    };
    running.add(build);
    return build;
  }

  const register = () => Life.register(bed, record);
  const resolve = (life: Life) => life.do('resolve', lme, { remarks: 'done' });
  const end = async (life: Life): Promise<void> => {
    await life.do('rate', citizen, { rating: 5 });
    await life.ended();
    expect(life.story).toEqual(['registered', 'assigned', 'resolved', 'rated', 'closed']);
  };
  const beganWithTheChange = async (life: Life): Promise<boolean> => {
    const { events } = await life.handle.fetchHistory();
    return (events ?? []).some((event) => event.markerRecordedEventAttributes?.markerName === 'core_patch');
  };

  it('ends what began before, with both builds side by side and then with the new one alone', async () => {
    const old = await start(await sourceBundle());
    const before = await Promise.all([1, 2, 3, 4].map(register));
    for (const life of before) await resolve(life);
    const next = await start(await sourceBundle(NEXT));
    const [first, second, ...later] = before;
    for (const life of [first, second]) if (life) await end(life);
    await old.stop();
    const after = await register();
    for (const life of later) await end(life);
    await resolve(after);
    await end(after);
    expect(await Promise.all(before.map(beganWithTheChange))).toEqual(before.map(() => false));
    expect(await beganWithTheChange(after)).toBe(true);
    await next.stop();
  }, 120_000);
});
