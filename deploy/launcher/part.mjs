import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogFile } from './log-file.mjs';
import { ROOT } from './prepare.mjs';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A part that ran this long has recovered: its next crash is a first one again. */
const RECOVERED_MS = 60_000;

/**
 * One child process of the launcher, restarted with growing pauses whenever it ends by itself. In a process group of
 * its own, so that Ctrl-C in the terminal reaches the launcher alone, which stops the parts in order.
 */
export class Part {
  #child = null;
  #stopping = false;
  #crashes = 0;
  #startedAt = 0;

  /**
   * @param {{ name: string, command: string, args: string[], env: NodeJS.ProcessEnv, logPath: string,
   *   say: (line: string) => void, changed: () => void }} options `changed` is called whenever the pid does.
   */
  constructor(options) {
    this.name = options.name;
    this.options = options;
    this.log = new LogFile(options.logPath);
  }

  get pid() {
    return this.#child?.pid ?? null;
  }

  /** How often it ended by itself since it last ran for a minute. */
  get crashes() {
    return this.#crashes;
  }

  start() {
    const { command, args, env } = this.options;
    this.#startedAt = Date.now();
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout.on('data', (chunk) => this.log.write(chunk));
    child.stderr.on('data', (chunk) => this.log.write(chunk));
    child.on('error', (error) => {
      this.log.write(Buffer.from(`${error.message}\n`));
      if (child.pid === undefined) void this.#ended(error.code);
    });
    child.on('exit', (code, signal) => void this.#ended(signal ?? code));
    this.options.changed();
  }

  async #ended(how) {
    this.#child = null;
    if (this.#stopping) return;
    this.#crashes = Date.now() - this.#startedAt > RECOVERED_MS ? 1 : this.#crashes + 1;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (this.#crashes - 1), LONGEST_PAUSE_MS);
    const cause = typeof how === 'string' ? how : `code ${how}`;
    this.options.say(`${this.name} ended (${cause}); it starts again in ${pause / 1000} s. Log: ${this.log.path}`);
    this.options.changed();
    await sleep(pause);
    if (!this.#stopping) this.start();
  }

  /** Ends it in order, by force after `patience` ms. */
  async stop(patience) {
    this.#stopping = true;
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    await gone;
    clearTimeout(timer);
  }

  /** Ends it at once. */
  kill() {
    this.#stopping = true;
    this.#child?.kill('SIGKILL');
  }
}
