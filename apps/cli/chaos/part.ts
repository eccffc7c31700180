import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RESTART_PAUSE_MS = 500;
const POLL_MS = 100;

export interface PartOptions {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Folder of its log. */
  folder: string;
  /** Whether the process with this id serves. */
  answers: (pid: number) => Promise<boolean>;
}

/** A process that is killed, frozen and started again; whoever looks after it starts it whenever it has ended. */
export class Part {
  kills = 0;
  freezes = 0;
  private child: ChildProcess | null = null;
  private wanted = false;

  constructor(private readonly options: PartOptions) {}

  get name(): string {
    return this.options.name;
  }

  async start(patienceMs = 90_000): Promise<void> {
    this.wanted = true;
    if (!this.child) this.spawn();
    const giveUp = Date.now() + patienceMs;
    while (!(await this.options.answers(this.child?.pid ?? 0).catch(() => false))) {
      if (Date.now() > giveUp) throw new Error(`${this.name} does not serve; see ${this.log}`);
      await sleep(POLL_MS);
    }
  }

  /** In order, as a new version is brought out. */
  async restart(): Promise<void> {
    await this.end('SIGTERM');
    await this.start();
  }

  /** As a power cut would; it stays down for so long. */
  async kill(downMs: number): Promise<void> {
    this.kills += 1;
    await this.end('SIGKILL');
    await sleep(downMs);
    await this.start();
  }

  /** It neither answers nor ends, as on a machine that swaps. */
  async freeze(ms: number): Promise<void> {
    this.freezes += 1;
    const { child } = this;
    child?.kill('SIGSTOP');
    try {
      await sleep(ms);
    } finally {
      child?.kill('SIGCONT');
    }
    await this.start();
  }

  /** Ends it for good. */
  async end(signal: NodeJS.Signals = 'SIGTERM', patienceMs = 20_000): Promise<void> {
    this.wanted = false;
    const { child } = this;
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGCONT');
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await gone;
    clearTimeout(force);
  }

  private get log(): string {
    return join(this.options.folder, `${this.name}.log`);
  }

  private spawn(): void {
    const { command, args, env } = this.options;
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(this.log, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const withUs = (): void => void child.kill('SIGKILL');
    process.once('exit', withUs);
    child.once('exit', () => {
      process.removeListener('exit', withUs);
      log.end();
      this.child = null;
      // An API that finds no database ends; it is started until it finds one.
      if (this.wanted) setTimeout(() => this.wanted && !this.child && this.spawn(), RESTART_PAUSE_MS).unref();
    });
    this.child = child;
  }
}
