import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './temporal.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY = /^Pratikar is ready on (\S+)$/m;

export interface RunningParts {
  pid: number;
  url: string;
  temporal: { address: string; ui: string } | null;
  parts: { temporal?: number | null; worker?: number | null; api?: number | null };
}

export interface DemoAccount {
  username: string;
  role: string;
  position: string;
  department: string;
  wards: string;
  password: string;
}

/** A whole Pratikar as `npm start` runs it, in a data folder and on a port of its own. */
export class Installation {
  output = '';
  exitCode: number | null = null;
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    readonly dataDir: string,
    readonly port: number,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {}

  static async create(env: NodeJS.ProcessEnv = {}): Promise<Installation> {
    const dataDir = mkdtempSync(join(tmpdir(), 'pratikar-'));
    // Of those that start at the same time only one would get the usual port.
    writeFileSync(join(dataDir, 'temporal-address'), `127.0.0.1:${await freePort()}\n`);
    return new Installation(dataDir, await freePort(), env);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it and waits for the ready line, or for its end. */
  async start(patience = 150_000): Promise<void> {
    this.launch();
    const giveUp = Date.now() + patience;
    while (!READY.test(this.output)) {
      if (this.exitCode !== null) throw new Error(`It ended with ${this.exitCode}:\n${this.output}`);
      if (Date.now() > giveUp) throw new Error(`Not ready after ${patience} ms:\n${this.output}\n${this.logs()}`);
      await sleep(50);
    }
  }

  /** Starts it where it is expected to end by itself; answers the exit code. */
  async startAndFail(): Promise<number | null> {
    this.launch();
    await this.ended;
    return this.exitCode;
  }

  private launch(): void {
    this.output = '';
    this.exitCode = null;
    const env = { ...process.env, NODE_OPTIONS: '', ...this.env, DATA_DIR: this.dataDir, PORT: String(this.port) };
    const child = spawn(process.execPath, ['deploy/launcher/start.mjs'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer): void => void (this.output += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    this.ended = new Promise((resolve) =>
      child.once('close', (code) => {
        this.exitCode = code ?? -1;
        resolve();
      }),
    );
    this.child = child;
    process.once('exit', () => child.kill('SIGKILL'));
  }

  /** What `run.json` says; null while nothing runs. */
  running(): RunningParts | null {
    const path = join(this.dataDir, 'run.json');
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunningParts) : null;
  }

  pidOf(part: keyof RunningParts['parts']): number {
    const pid = this.running()?.parts[part];
    if (!pid) throw new Error(`${part} does not run`);
    return pid;
  }

  /** Kills a part as a power cut would, and waits until the launcher has started another. */
  async killPart(part: keyof RunningParts['parts']): Promise<void> {
    const before = this.pidOf(part);
    process.kill(before, 'SIGKILL');
    const giveUp = Date.now() + 60_000;
    while ((this.running()?.parts[part] ?? before) === before) {
      if (Date.now() > giveUp) throw new Error(`${part} did not come back:\n${this.output}`);
      await sleep(50);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.signal(signal);
    await this.ended;
  }

  /** Stops it and removes its data. */
  async remove(): Promise<void> {
    if (this.child && this.exitCode === null) await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  accounts(): DemoAccount[] {
    const [heading, ...rows] = this.lines('demo-accounts.txt').map((line) => line.split('\t'));
    return rows.map(
      (row) => Object.fromEntries((heading ?? []).map((name, i) => [name, row[i] ?? ''])) as unknown as DemoAccount,
    );
  }

  /** Lines of the outbox, oldest first. */
  outbox(): { id: string; channel: string; to: string; template: string; text: string; case: string | null }[] {
    return this.lines('outbox.jsonl').map((line) => JSON.parse(line) as never);
  }

  private lines(file: string): string[] {
    const path = join(this.dataDir, file);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  }

  /** Everything that part has logged. */
  log(part: keyof RunningParts['parts']): string {
    return this.lines(`logs/${part}.log`).join('\n');
  }

  private logs(): string {
    return ['temporal', 'worker', 'api']
      .map((name) => `${name}:\n${this.lines(`logs/${name}.log`).slice(-15).join('\n')}`)
      .join('\n');
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
