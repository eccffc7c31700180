import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { bundleOptions } from '#libs/temporal/bundle';
import { KEYWORD_ATTRIBUTES } from '#libs/temporal/cluster';
import { FAILURE_CONVERTER } from '#libs/temporal/failures';
import { testServerPath } from './temporal.js';

const ROOT = process.cwd();
const CACHE = join(ROOT, 'node_modules', '.cache', 'pratikar');
const BUNDLED = ['workflows', 'libs/domain', 'libs/contracts'];

// A leap over weeks runs every clock on the way; a busy machine takes its time.
import.meta.jest.setTimeout(60_000);

/** A time-skipping server with a worker of the real workflows; the activities are the test's own. */
export interface WorkflowBed {
  env: TestWorkflowEnvironment;
  client: Client;
  taskQueue: string;
  /**
   * Does something while no worker is there, on a bed without cache: this server never gives a task that waits for the
   * cache of a gone worker to another one. Nor does it skip time meanwhile: let real time pass.
   */
  withoutWorker<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

let quiet = false;
export function quietRuntime(): void {
  if (!quiet) Runtime.install({ logger: new DefaultLogger('ERROR') });
  quiet = true;
}

/** The workflows bundled from their sources, once for each state of these (kept in node_modules/.cache). */
export async function sourceBundle(entry = join(ROOT, 'workflows', 'index.ts')): Promise<WorkflowBundleWithSourceMap> {
  const files = [...BUNDLED.flatMap(sourcesIn).sort(), FAILURE_CONVERTER];
  const hash = createHash('sha256').update(entry);
  for (const file of [...files, entry]) hash.update(file).update(readFileSync(file));
  const cached = join(CACHE, `workflows-${hash.digest('hex').slice(0, 20)}.js`);
  if (!existsSync(cached)) {
    quietRuntime();
    const { code } = await bundleWorkflowCode({
      ...bundleOptions(entry),
      logger: new DefaultLogger('ERROR'),
      webpackConfigHook: (config) => ({
        ...config,
        resolve: {
          ...config.resolve,
          alias: { ...config.resolve?.alias, '#libs': join(ROOT, 'libs'), '#workflows': join(ROOT, 'workflows') },
        },
      }),
    });
    mkdirSync(CACHE, { recursive: true });
    const unfinished = `${cached}.${process.pid}`;
    writeFileSync(unfinished, code);
    renameSync(unfinished, cached);
  }
  return { code: readFileSync(cached, 'utf8'), sourceMap: '' };
}

/** Starts server and worker; close it when the file's tests are done. */
export async function createWorkflowBed(
  activities: object,
  { cached = true, taskQueue = 'test' }: { cached?: boolean; taskQueue?: string } = {},
): Promise<WorkflowBed> {
  quietRuntime();
  const [path, workflowBundle] = await Promise.all([testServerPath(), sourceBundle()]);
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  // An unregistered search attribute makes the time-skipping server hang. It cannot list them, hence no `ensure…`.
  await env.connection.operatorService.addSearchAttributes({ searchAttributes: KEYWORD_ATTRIBUTES });
  let stop = await startWorker();
  return {
    env,
    client: env.client,
    taskQueue,
    withoutWorker: async (work) => {
      await stop();
      try {
        return await work();
      } finally {
        stop = await startWorker();
      }
    },
    close: async () => {
      await stop();
      await env.teardown();
    },
  };

  async function startWorker(): Promise<() => Promise<void>> {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue,
      workflowBundle,
      activities,
      shutdownGraceTime: '1 second',
      ...(cached ? {} : { maxCachedWorkflows: 0 }),
    });
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
    };
  }
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('spec.ts'))
    .map((name) => join(ROOT, folder, name));
}
