import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '#activities/index';
import { createApi } from '#apps/api/app';
import { deriveKeys } from '#libs/config/keys';
import { loadSettings, type Settings } from '#libs/config/settings';
import type { CaseView } from '#libs/contracts/api/views';
import { TASK_QUEUE } from '#libs/contracts/temporal/names';
import type { CaseStateName } from '#libs/domain/case/names';
import { createDataSources, type DataSources } from '#libs/persistence/data-sources';
import { connectionOptions, connectTemporal, type TemporalConnection } from '#libs/temporal/connection';
import { dataConverterOf } from '#libs/temporal/data-converter';
import { DocumentedAnswers } from './documented-answers.js';
import { putSeededRecord, STACK_PASSWORD } from './stack-seed.js';
import { freePort, startDevServer } from './temporal.js';
import { quietRuntime, sourceBundle } from './workflow-environment.js';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface RequestOptions {
  token?: string;
  body?: unknown;
  /** Sent as it is instead of a JSON body. */
  raw?: string | Uint8Array | FormData;
  headers?: Record<string, string>;
  key?: string;
}

export interface OutboxLine {
  id: string;
  at: string;
  channel: string;
  to: string;
  template: string;
  locale: string;
  text: string;
  case: string | null;
}

/** The real thing on a random port: API, worker, Temporal server and SQLite in a folder of its own. */
export interface Stack {
  baseUrl: string;
  settings: Settings;
  sources: DataSources;
  temporal: TemporalConnection;
  app: NestFastifyApplication;
  /** Token of the member of staff with that user name. */
  login(username: string): Promise<string>;
  /** Token of a citizen, through the code in the outbox. */
  citizenToken(mobile: string): Promise<string>;
  request<T = Record<string, unknown>>(method: string, path: string, options?: RequestOptions): Promise<Answer<T>>;
  get<T = Record<string, unknown>>(path: string, token?: string): Promise<Answer<T>>;
  post<T = Record<string, unknown>>(path: string, body: unknown, token?: string, key?: string): Promise<Answer<T>>;
  outbox(): OutboxLine[];
  /** Waits until the record shows the case in that state. */
  until(number: string, token: string, state: CaseStateName): Promise<CaseView>;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStack(env: Record<string, string> = {}): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pratikar-stack-'));
  const port = await freePort();
  const settings = loadSettings(
    {
      DATA_DIR: dataDir,
      PORT: '0',
      TEMPORAL_EMBEDDED_ADDRESS: `127.0.0.1:${port}`,
      SECRET_KEY: 'a secret key that only tests know, long enough',
      LOG_LEVEL: 'error',
      ...env,
    },
    join(dataDir, 'no.env'),
  );
  // The server starts while the record is made.
  const [server, sources] = await Promise.all([startDevServer({ port }), openRecord(settings), sourceBundle()]);
  const temporal = await connectTemporal(settings);
  const worker = new StackWorker(settings, sources, temporal);
  await worker.start();
  const app = await createApi(settings);
  await app.listen(settings.port, '127.0.0.1');
  const address = app.getHttpServer().address() as { port: number };
  const http = new StackClient(`http://127.0.0.1:${address.port}`, settings);
  return {
    baseUrl: http.baseUrl,
    settings,
    sources,
    temporal,
    app,
    login: (username) => http.login(username),
    citizenToken: (mobile) => http.citizenToken(mobile),
    request: (method, path, options) => http.request(method, path, options),
    get: (path, token) => http.request('GET', path, { ...(token === undefined ? {} : { token }) }),
    post: (path, body, token, key) =>
      http.request('POST', path, {
        body,
        ...(token === undefined ? {} : { token }),
        ...(key === undefined ? {} : { key }),
      }),
    outbox: () => http.outbox(),
    until: (number, token, state) => http.until(number, token, state),
    startWorker: () => worker.start(),
    stopWorker: () => worker.stop(),
    stop: async () => {
      await app.close();
      await worker.stop();
      await temporal.close();
      await sources.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openRecord(settings: Settings): Promise<DataSources> {
  if (settings.database.engine !== 'sqlite') throw new Error('A stack keeps its record in SQLite');
  await putSeededRecord(settings.database.file);
  return createDataSources(settings);
}

class StackWorker {
  private running: { worker: Worker; connection: NativeConnection; done: Promise<void> } | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly sources: DataSources,
    private readonly temporal: TemporalConnection,
  ) {}

  async start(): Promise<void> {
    if (this.running) return;
    quietRuntime();
    const { settings, sources } = this;
    const connection = await NativeConnection.connect(connectionOptions(settings.temporal));
    const worker = await Worker.create({
      connection,
      namespace: settings.temporal.namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle: await sourceBundle(),
      activities: createActivities({
        settings,
        keys: deriveKeys(settings.secretKey),
        sources,
        client: this.temporal.client,
      }),
      dataConverter: dataConverterOf(settings),
      shutdownGraceTime: '1 second',
    });
    this.running = { worker, connection, done: worker.run() };
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    const { worker, connection, done } = this.running;
    this.running = null;
    worker.shutdown();
    await done;
    await connection.close();
  }
}

class StackClient {
  private readonly tokens = new Map<string, string>();
  /** Whatever a test asks for, the answer has to be one that the OpenAPI document promises. */
  private documented: Promise<DocumentedAnswers> | null = null;

  constructor(
    readonly baseUrl: string,
    private readonly settings: Settings,
  ) {}

  async request<T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const { token, body, raw, headers = {}, key } = options;
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
        ...headers,
      },
      ...(raw !== undefined
        ? { body: raw as NonNullable<RequestInit['body']> }
        : body === undefined
          ? {}
          : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    const json = type.includes('json') && text !== '';
    const answer = { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
    this.documented ??= DocumentedAnswers.of(this.baseUrl);
    (await this.documented).hold(method, path, answer.status, type, answer.body);
    return answer;
  }

  async login(username: string): Promise<string> {
    const known = this.tokens.get(username);
    if (known) return known;
    const body = { username, password: STACK_PASSWORD };
    const answer = await this.request<{ token?: string }>('POST', '/api/v1/auth/login', { body });
    if (!answer.body.token) throw new Error(`${username} cannot log in: ${JSON.stringify(answer.body)}`);
    this.tokens.set(username, answer.body.token);
    return answer.body.token;
  }

  async citizenToken(mobile: string): Promise<string> {
    const known = this.tokens.get(mobile);
    if (known) return known;
    await this.request('POST', '/api/v1/auth/otp', { body: { mobile } });
    const line = this.outbox().findLast((each) => each.template === 'otp' && each.to === mobile);
    const code = /\d{6}/.exec(line?.text ?? '')?.[0];
    const answer = await this.request<{ token?: string }>('POST', '/api/v1/auth/otp/verify', {
      body: { mobile, code },
    });
    if (!answer.body.token) throw new Error(`${mobile} cannot log in: ${JSON.stringify(answer.body)}`);
    this.tokens.set(mobile, answer.body.token);
    return answer.body.token;
  }

  outbox(): OutboxLine[] {
    const file = join(this.settings.dataDir, 'outbox.jsonl');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as OutboxLine);
  }

  async until(number: string, token: string, state: CaseStateName): Promise<CaseView> {
    const giveUp = Date.now() + 25_000;
    for (;;) {
      const { body } = await this.request<CaseView>('GET', `/api/v1/grievances/${number}`, { token });
      if (body.state === state) return body;
      if (Date.now() > giveUp) throw new Error(`${number} is ${body.state}, not ${state}`);
      await sleep(25);
    }
  }
}
