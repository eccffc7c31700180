import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '#activities/index';
import { deriveKeys } from '#libs/config/keys';
import type { Settings } from '#libs/config/settings';
import { TASK_QUEUE } from '#libs/contracts/temporal/names';
import { createDataSources } from '#libs/persistence/data-sources';
import { BUNDLE_FILE } from '#libs/temporal/bundle';
import { ensureNamespace, ensureSearchAttributes, type ClusterReport } from '#libs/temporal/cluster';
import { connectionOptions, connectTemporal, type TemporalConnection } from '#libs/temporal/connection';
import { dataConverterOf } from '#libs/temporal/data-converter';
import { untilReady } from './patience.js';
import { ensureSchedules } from './schedules.js';

/** Sized for two cores: workflows are light, and every activity ends in the one writer of the database. */
const CAPACITY = {
  maxCachedWorkflows: 500,
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentWorkflowTaskPolls: 16,
  // Every message starts a run of a conversation: with the usual fifth of the pollers new runs queue up behind the running
  // ones, and commands to cases that have just been registered time out meanwhile.
  nonStickyToStickyPollRatio: 0.5,
  maxConcurrentActivityTaskExecutions: 40,
  maxConcurrentLocalActivityExecutions: 40,
} as const;

/** Runs a worker until `signal` stops it; waits for database and cluster for as long as they take to come. */
export async function runWorker(settings: Settings, log: Logger, signal: AbortSignal): Promise<void> {
  const { temporal: cluster } = settings;
  const where = `Temporal at ${cluster.address}`;
  const opened: { close(): Promise<void> }[] = [];
  const open = async <T extends { close(): Promise<void> }>(what: string, attempt: () => Promise<T>): Promise<T> => {
    const resource = await untilReady(what, attempt, log, signal);
    opened.unshift(resource);
    return resource;
  };
  try {
    const sources = await open('Database', () => createDataSources(settings));
    const temporal = await open(where, () => connectTemporal(settings));
    await untilReady(where, () => prepareCluster(temporal, settings, log), log, signal);
    const connection = await open(where, () => NativeConnection.connect(connectionOptions(cluster)));
    const worker = await Worker.create({
      connection,
      namespace: cluster.namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle: { codePath: fileURLToPath(new URL(`../../${BUNDLE_FILE}`, import.meta.url)) },
      activities: createActivities({
        settings,
        keys: deriveKeys(settings.secretKey),
        sources,
        client: temporal.client,
        log,
      }),
      dataConverter: dataConverterOf(settings),
      shutdownGraceTime: '5 seconds',
      shutdownForceTime: '10 seconds',
      ...CAPACITY,
    });
    signal.addEventListener('abort', () => worker.shutdown(), { once: true });
    log.info({ address: cluster.address, namespace: cluster.namespace }, 'Worker is polling');
    if (!signal.aborted) await worker.run();
  } finally {
    for (const resource of opened) await resource.close();
  }
}

async function prepareCluster(
  { connection, client }: TemporalConnection,
  settings: Settings,
  log: Logger,
): Promise<void> {
  const { namespace, embedded } = settings.temporal;
  report(log, await ensureNamespace(connection, namespace, { own: embedded }));
  report(log, await ensureSearchAttributes(connection, namespace));
  await ensureSchedules(client);
}

function report(log: Logger, { ok, message }: ClusterReport): void {
  if (ok) log.info(message);
  else log.warn(message);
}
