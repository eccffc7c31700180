import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cpuBetween, cpuSeconds } from './cpu.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const READY = /^Pratikar is ready on (\S+)$/m;

export interface Stack {
  url: string;
  temporalAddress: string;
  accounts: Record<string, string>[];
  pids: { temporal: number; api: number; worker: number };
  /** File of everything that was sent. */
  outbox: string;
  /** Epoch ms of the last message that went out. */
  lastSaidAt(): number;
  /** Returns once Temporal and the worker have nothing left to do. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** A Pratikar of its own, in a data folder that is gone afterwards. */
export async function startStack(more: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pratikar-bench-'));
  const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', ...more };
  const child = spawn(process.execPath, ['deploy/launcher/start.mjs'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // However the measurement ends, nothing of it may go on running.
  process.once('exit', () => child.kill('SIGTERM'));
  const url = await readyUrl(child);
  const run = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as {
    temporal: { address: string };
    parts: Stack['pids'];
  };
  const outbox = join(dataDir, 'outbox.jsonl');
  return {
    url,
    temporalAddress: run.temporal.address,
    accounts: accountsIn(join(dataDir, 'demo-accounts.txt')),
    pids: { temporal: run.parts.temporal, api: run.parts.api, worker: run.parts.worker },
    outbox,
    lastSaidAt: () => statSync(outbox, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    settled: () => settled({ temporal: run.parts.temporal, worker: run.parts.worker }),
    stop: async () => {
      await end(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface BareWorker {
  pid: number;
  /** Epoch ms of its last activity. */
  lastNotedAt(): Promise<number>;
  stop(): Promise<void>;
}

export async function startBareWorker(address: string, taskQueue: string): Promise<BareWorker> {
  const script = fileURLToPath(new URL('bare-worker.js', import.meta.url));
  const child = fork(script, [address, taskQueue], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The bare worker ended with ${code}`)));
  });
  return {
    pid: child.pid ?? 0,
    lastNotedAt: async () => {
      child.send('last');
      const [at] = (await once(child, 'message')) as [number];
      return at;
    },
    stop: () => end(child),
  };
}

/** Neither their heartbeats nor their clocks take a tenth of a second in a second; any work left over does. */
async function settled(pids: Readonly<Record<'temporal' | 'worker', number>>): Promise<void> {
  for (let before = cpuSeconds(pids); ;) {
    await sleep(1_000);
    const now = cpuSeconds(pids);
    const { temporal, worker } = cpuBetween(before, now);
    if (temporal + worker < 0.15) return;
    before = now;
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = READY.exec(output)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error(`Pratikar did not start:\n${output}`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function accountsIn(file: string): Record<string, string>[] {
  const [heading = [], ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((row) => Object.fromEntries(heading.map((name, index) => [name, row[index] ?? ''])));
}
