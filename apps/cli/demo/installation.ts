import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadSettings, type Settings } from '#libs/config/settings';
import { createDataSources, type DataSources } from '#libs/persistence/data-sources';
import { runMigrations } from '#libs/persistence/migrate';
import { OperatorError } from '../context.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const READY = /^Pratikar is ready on (\S+)$/m;
const READY_WITHIN_MS = 120_000;

/** Where the story is played. */
export interface Installation {
  url: string;
  settings: Settings;
  sources: DataSources;
  close(): Promise<void>;
}

/** The installation that runs with this checkout's settings; the story's city appears beside its own. */
export async function joinRunning(): Promise<Installation> {
  const settings = loadSettings();
  if (!settings.demo) throw new OperatorError('Only a demo installation keeps the play city’s fast clock.');
  const file = join(settings.dataDir, 'run.json');
  if (!existsSync(file)) throw new OperatorError(`Nothing runs in ${settings.dataDir}: npm start first.`);
  const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string };
  const answer = await fetch(`${url}/readyz`).catch(() => null);
  if (!answer?.ok) throw new OperatorError(`${url} is not ready.`);
  const sources = await createDataSources(settings);
  return { url, settings, sources, close: () => sources.close() };
}

/**
 * A stack of its own in a folder that is removed afterwards.
 * @param raise makes the masters, before the parts start
 */
export async function startOwn(
  raise: (settings: Settings, sources: DataSources) => Promise<void>,
  keep: boolean,
): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pratikar-demo-'));
  const port = await freePort();
  // Set to nothing rather than left out: a .env file must not lead the story into somebody's real record.
  const away = { DATABASE_URL: '', TEMPORAL_ADDRESS: '', PUBLIC_URL: '', SECRET_KEY: '', HOST: '', SMS_GATEWAY: '' };
  const env = { ...process.env, ...away, DATA_DIR: dataDir, PORT: String(port), DEMO: 'on', LOG_LEVEL: 'error' };
  const before = loadSettings(env);
  const sources = await createDataSources(before);
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  try {
    await runMigrations(sources);
    await raise(before, sources);
    const parts = await launch(env);
    const close = async (): Promise<void> => {
      await sources.close();
      await parts.stop();
      if (!keep) remove();
    };
    return { url: parts.url, settings: loadSettings(env), sources, close };
  } catch (error) {
    await sources.close();
    if (!keep) remove();
    throw error;
  }
}

interface Parts {
  url: string;
  stop(): Promise<void>;
}

async function launch(env: NodeJS.ProcessEnv): Promise<Parts> {
  const child = spawn(process.execPath, ['deploy/launcher/start.mjs'], {
    cwd: ROOT,
    env: { ...env, NODE_OPTIONS: '' },
    // Ctrl-C reaches the story alone, which then stops the parts in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const hear = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    if (isRunning(child)) child.kill('SIGTERM');
    await ended;
  };
  process.once('exit', () => isRunning(child) && child.kill('SIGTERM'));
  // A signal alone would end the story without that, and leave the stack behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const giveUp = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const url = READY.exec(output)?.[1];
    if (url !== undefined) return { url, stop };
    if (!isRunning(child) || Date.now() > giveUp) {
      await stop();
      throw new OperatorError(`The stack does not start:\n${output}`);
    }
    await sleep(50);
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
