import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import proto from '@temporalio/proto';
import mysql from 'mysql2/promise';
import { loadSettings, type Settings } from '#libs/config/settings';
import { TASK_QUEUE } from '#libs/contracts/temporal/names';
import { createDemoAccounts, importSeed } from '#libs/masters/index';
import { createDataSources, type DataSources } from '#libs/persistence/data-sources';
import { runMigrations } from '#libs/persistence/migrate';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { ensureNamespace, ensureSearchAttributes } from '#libs/temporal/cluster';
import { connectTemporal, type TemporalConnection } from '#libs/temporal/connection';
import type { Random } from '../demo/random.js';
import { ThriceCaller } from './caller.js';
import { mariaDb } from './database.js';
import { Part } from './part.js';
import { SMS_TOKEN, StandIns, WHATSAPP } from './stand-ins.js';

const DIST = fileURLToPath(new URL('../../..', import.meta.url));
const ROOT = join(DIST, '..');
const SEED = join(ROOT, 'deploy/seed/kolkata');
const MEDIA_BYTES = '16m';
const BALLAST = 'ballast';

/** A city's whole installation: two APIs, two workers, MariaDB, Temporal, and what stands in for the providers. */
export class World {
  readonly password = randomBytes(12).toString('hex');
  readonly caller: ThriceCaller;
  readonly standIns: StandIns;
  urls: string[] = [];
  settings!: Settings;
  sources!: DataSources;
  temporalClient!: TemporalConnection;
  apis: Part[] = [];
  workers: Part[] = [];
  database!: Part;
  temporal!: Part;
  /** The media lie on a disk of their own, which can be filled. */
  ownDisk = false;
  private readonly folder = mkdtempSync(join(tmpdir(), 'pratikar-chaos-'));

  constructor(random: Random) {
    this.caller = new ThriceCaller(() => this.urls, WHATSAPP.secret, random);
    this.standIns = new StandIns(this.caller);
  }

  get media(): string {
    return join(this.folder, 'data', 'media');
  }

  async start(): Promise<void> {
    const ports = await freePorts(5);
    const [databasePort = 0, temporalPort = 0, metricsPort = 0, ...apiPorts] = ports;
    this.mountMedia();
    const standIns = await this.standIns.start();
    this.urls = apiPorts.map((port) => `http://127.0.0.1:${port}`);
    const env = this.environment(standIns, databasePort, temporalPort);
    this.database = mariaDb(this.folder, databasePort);
    this.temporal = await this.temporalPart(temporalPort, metricsPort);
    await Promise.all([this.database.start(), this.temporal.start()]);
    await createDatabase(databasePort);
    this.settings = loadSettings({ ...env, PORT: String(apiPorts[0] ?? 0) });
    this.sources = await createDataSources(this.settings);
    this.temporalClient = await connectTemporal(this.settings);
    await this.prepare();
    this.apis = apiPorts.map((port, index) =>
      this.node(`api-${index + 1}`, 'api', { ...env, PORT: String(port) }, port),
    );
    this.workers = [1, 2].map((index) => this.node(`worker-${index}`, 'worker', env));
    await Promise.all([...this.apis, ...this.workers].map((part) => part.start()));
    await Promise.all(this.urls.map((url) => this.ready(url)));
  }

  /** Every part serves, and what was broken is whole. */
  async calm(): Promise<void> {
    await Promise.all(this.urls.map((url) => this.ready(url)));
  }

  /** Fills the disk of the pictures; whatever is written there fails. Answers how to make room again. */
  fillDisk(): () => void {
    if (!this.ownDisk) {
      // Without the right to mount, the folder is replaced by a file: writing fails likewise, by another name.
      const aside = `${this.media}.aside`;
      execFileSync('mv', [this.media, aside]);
      writeFileSync(this.media, '');
      return () => {
        rmSync(this.media);
        execFileSync('mv', [aside, this.media]);
      };
    }
    const ballast = join(this.media, BALLAST);
    const { bavail, bsize } = statfsSync(this.media);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    return () => rmSync(ballast, { force: true });
  }

  async stop(keep: boolean): Promise<void> {
    this.caller.stop();
    await Promise.all([...this.apis, ...this.workers].map((part) => part.end('SIGTERM')));
    await this.temporalClient?.close();
    await this.sources?.close().catch(() => undefined);
    await Promise.all([this.database?.end('SIGTERM'), this.temporal?.end('SIGKILL')]);
    await this.standIns.stop();
    this.unmount();
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }

  get where(): string {
    return this.folder;
  }

  private mountMedia(): void {
    mkdirSync(this.media, { recursive: true });
    if (process.getuid?.() !== 0) return;
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEDIA_BYTES}`, 'tmpfs', this.media], { stdio: 'ignore' });
      this.ownDisk = true;
      process.once('exit', () => this.unmount());
    } catch {
      // A container without that right.
    }
  }

  private unmount(): void {
    if (!this.ownDisk) return;
    this.ownDisk = false;
    // Lazily: a part that is just dying may still have a file open.
    execFileSync('umount', ['-l', this.media], { stdio: 'ignore' });
  }

  private environment(standIns: string, databasePort: number, temporalPort: number): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATA_DIR: join(this.folder, 'data'),
      DEMO: 'off',
      HOST: '127.0.0.1',
      PUBLIC_URL: this.urls[0],
      SECRET_KEY: randomBytes(32).toString('hex'),
      DATABASE_URL: `mariadb://root@127.0.0.1:${databasePort}/pratikar`,
      TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
      LOG_LEVEL: 'warn',
      SMS_GATEWAY: 'http',
      SMS_URL: `${standIns}/sms`,
      SMS_BODY: '{"id":"{id}","to":"{to}","text":"{text}"}',
      SMS_ID_PATH: 'id',
      SMS_WEBHOOK_TOKEN: SMS_TOKEN,
      WHATSAPP_API_URL: `${standIns}/graph`,
      WHATSAPP_PHONE_NUMBER_ID: WHATSAPP.line,
      WHATSAPP_TOKEN: WHATSAPP.token,
      WHATSAPP_APP_SECRET: WHATSAPP.secret,
      WHATSAPP_VERIFY_TOKEN: 'chaos',
    };
  }

  private async temporalPart(port: number, metricsPort: number): Promise<Part> {
    const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--log-level', 'error'];
    args.push('--port', String(port), '--metrics-port', String(metricsPort));
    const { stateIn } = await launcher<{ stateIn: (file: string) => string[] }>('temporal-file.mjs');
    args.push(...stateIn(join(this.folder, 'temporal.db')));
    const { ensureTemporalCli } = await launcher<{ ensureTemporalCli: () => Promise<string> }>('binaries.mjs');
    const command = await ensureTemporalCli();
    return new Part({
      name: 'temporal',
      command,
      args,
      env: process.env,
      folder: this.folder,
      answers: () => connects(port),
    });
  }

  private node(name: string, process_: 'api' | 'worker', env: NodeJS.ProcessEnv, port?: number): Part {
    const args = ['--enable-source-maps', join(DIST, `apps/${process_}/main.js`)];
    const answers = (pid: number): Promise<boolean> =>
      port === undefined ? this.polls(pid) : healthy(`http://127.0.0.1:${port}`);
    return new Part({ name, command: process.execPath, args, env, folder: this.folder, answers });
  }

  /** Whether the worker with this process id asks Temporal for work. */
  private async polls(pid: number): Promise<boolean> {
    const { pollers } = await this.temporalClient.connection.workflowService.describeTaskQueue({
      namespace: this.settings.temporal.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    });
    return (pollers ?? []).some(({ identity }) => identity?.startsWith(`${pid}@`));
  }

  private async prepare(): Promise<void> {
    const { namespace } = this.settings.temporal;
    await runMigrations(this.sources);
    const unitOfWork = new UnitOfWork(this.sources);
    const { tenant } = await importSeed(unitOfWork, SEED);
    await createDemoAccounts(unitOfWork, [tenant], this.password);
    await ensureNamespace(this.temporalClient.connection, namespace, { own: true });
    await ensureSearchAttributes(this.temporalClient.connection, namespace);
  }

  private async ready(url: string): Promise<void> {
    const giveUp = Date.now() + 120_000;
    for (;;) {
      const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
      await answer?.arrayBuffer().catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > giveUp) throw new Error(`${url} does not become ready; see the logs in ${this.folder}`);
      await sleep(250);
    }
  }
}

async function createDatabase(port: number): Promise<void> {
  const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' });
  await connection.query('CREATE DATABASE IF NOT EXISTS pratikar CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  await connection.end();
}

async function healthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) });
  await answer.arrayBuffer();
  return answer.ok;
}

/** Not part of the build: it also runs before there is one. */
async function launcher<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(join(ROOT, 'deploy/launcher', file)).href)) as Module;
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1', () => {
      probe.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

/** Held together until all are known, so that none comes twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
