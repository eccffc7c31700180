import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { LogFile } from './log-file.mjs';
import { ROOT } from './prepare.mjs';

const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));
const CHILD = pathToFileURL(fileURLToPath(new URL('child.mjs', import.meta.url))).href;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A part that ran this long has recovered: its next crash is a first one again. */
const RECOVERED_MS = 60_000;

/**
 * One child process of the launcher, restarted with growing pauses whenever it ends by itself. In a process group of
 * its own, so that Ctrl-C in the terminal reaches the launcher alone, which stops the parts in order.
 */
export class Part {
  /** Pid of the program itself, not of its guard. */
  pid = null;
  #child = null;
  #stopping = false;
  #crashes = 0;
  #startedAt = 0;

  /**
   * @param {{ name: string, program?: string, script?: string, args?: string[], env: NodeJS.ProcessEnv, logPath: string,
   *   say: (line: string) => void, changed: () => void }} options `program` runs under a guard, `script` in Node.
   */
  constructor(options) {
    this.name = options.name;
    this.options = options;
    this.log = new LogFile(options.logPath);
  }

  /** How often it ended by itself since it last ran for a minute. */
  get crashes() {
    return this.#crashes;
  }

  start() {
    const { program, script, args = [], env } = this.options;
    const command = program ? [GUARD, program, ...args] : ['--enable-source-maps', '--import', CHILD, script, ...args];
    this.#startedAt = Date.now();
    const child = spawn(process.execPath, command, {
      cwd: ROOT,
      env,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    let how = null;
    if (!program) this.pid = child.pid ?? null;
    child.on('message', (message) => {
      if (message?.pid) this.pid = message.pid;
      if (message && 'ended' in message) how = message.ended;
      this.options.changed();
    });
    child.stdout.on('data', (chunk) => this.log.write(chunk));
    child.stderr.on('data', (chunk) => this.log.write(chunk));
    child.on('error', (error) => this.log.write(Buffer.from(`${error.message}\n`)));
    child.on('exit', (code, signal) => void this.#ended(how ?? signal ?? code));
    this.options.changed();
  }

  async #ended(how) {
    // The guard may have been killed alone; its program would keep the port.
    if (this.options.program && this.pid) kill(this.pid, 'SIGKILL');
    this.pid = null;
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
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), patience);
    await gone;
    clearTimeout(timer);
  }

  /** Ends it at once. */
  kill() {
    this.#stopping = true;
    if (this.pid) kill(this.pid, 'SIGKILL');
    this.#child?.kill('SIGKILL');
  }
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
