import { randomBytes } from 'node:crypto';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { ensureNamespace, ensureSearchAttributes } from '#libs/temporal/cluster';
import { connectTemporal, type TemporalConnection } from '#libs/temporal/connection';
import { SEARCH_ATTRIBUTES, TASK_QUEUE } from '#libs/contracts/temporal/names';
import { startDevServer, type DevServer } from '#libs/testing/temporal';
import { ensureSchedules } from './schedules.js';

const secret = (): string => randomBytes(32).toString('hex');

describe('a real Temporal server', () => {
  let server: DevServer;
  let temporal: TemporalConnection;
  const settingsWith = (secretKey: string, ...previousSecretKeys: string[]) => ({
    temporal: { embedded: true, address: server.address, namespace: server.namespace },
    secretKey,
    previousSecretKeys,
  });
  const old = secret();

  beforeAll(async () => {
    server = await startDevServer();
    temporal = await connectTemporal(settingsWith(old));
  }, 120_000);
  afterAll(async () => {
    await temporal.close();
    await server.stop();
  });

  it('gets a retention of 90 days where it is ours, and a word of advice where it is not', async () => {
    const { connection } = temporal;
    const foreign = await ensureNamespace(connection, server.namespace, { own: false });
    expect(foreign).toMatchObject({ ok: false, message: expect.stringMatching(/for 1 days; set its retention to 90/) });
    expect(await ensureNamespace(connection, server.namespace, { own: true })).toMatchObject({ ok: true });
    expect(await ensureNamespace(connection, server.namespace, { own: false })).toMatchObject({ ok: true });
    const { config } = await connection.workflowService.describeNamespace({ namespace: server.namespace });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 86_400);
  });

  it('says that a namespace is missing on a cluster that is not ours, and makes it on ours', async () => {
    const { connection } = temporal;
    expect(await ensureNamespace(connection, 'elsewhere', { own: false })).toMatchObject({ ok: false });
    expect(await ensureNamespace(connection, 'elsewhere', { own: true })).toMatchObject({ ok: true });
    const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'elsewhere' });
    expect(namespaceInfo?.name).toBe('elsewhere');
  });

  it('has the search attributes afterwards, however often they are asked for', async () => {
    const { connection } = temporal;
    for (let round = 0; round < 2; round++) {
      expect(await ensureSearchAttributes(connection, server.namespace)).toMatchObject({ ok: true });
    }
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: server.namespace });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.values(SEARCH_ATTRIBUTES)));
  });

  it('gets one schedule a duty, which stays paused when an operator has paused it', async () => {
    await ensureSchedules(temporal.client);
    const handle = temporal.client.schedule.getHandle('housekeeping/archive');
    await handle.pause('for a restore');
    await ensureSchedules(temporal.client);
    const { state, policies } = await handle.describe();
    expect(state).toMatchObject({ paused: true, note: 'for a restore' });
    expect(policies.overlap).toBe(ScheduleOverlapPolicy.SKIP);
    const ids = [];
    for await (const { scheduleId } of temporal.client.schedule.list()) ids.push(scheduleId);
    expect(ids.length).toBeLessThanOrEqual(2);
  });

  it('stores nothing readable, and what it stores is read after a change of the secret key', async () => {
    const words = 'Rina Das, 98300 12345';
    const handle = await temporal.client.workflow.start('grievance', {
      workflowId: 'grievance/kmc/KMC-26-0000001-0',
      taskQueue: TASK_QUEUE,
      args: [words],
      memo: { view: words },
    });
    const { events } = await handle.fetchHistory();
    const stored = events?.[0]?.workflowExecutionStartedEventAttributes;
    const [payload] = stored?.input?.payloads ?? [];
    expect(Buffer.from(payload?.data ?? []).toString('latin1')).not.toContain('Rina');
    expect(payload?.metadata).toHaveProperty('encryption-key-id');
    expect(JSON.stringify(stored?.memo)).not.toContain(Buffer.from('Rina').toString('base64').slice(0, 5));
    const rotated = await connectTemporal(settingsWith(secret(), old));
    const { memo } = await rotated.client.workflow.getHandle(handle.workflowId).describe();
    expect(memo).toEqual({ view: words });
    await rotated.close();
  });
});
