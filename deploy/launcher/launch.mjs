/** Everything `npm start` does, from an empty checkout to the ready line, and the watch over the parts afterwards. */
import { fork, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureTemporalCli } from './binaries.mjs';
import { readBasics, reachable } from './basics.mjs';
import { Part } from './part.mjs';
import { assertPortFree, claimPort, freePort, listening } from './ports.mjs';
import { BUILD_STAMP, ensureBuild, ensurePackages, ROOT, Trouble } from './prepare.mjs';
import { RunFile } from './run-file.mjs';
import { stateIn } from './temporal-file.mjs';

const READY_WITHIN_MS = 120_000;
/** Crashes before the first readiness after which the start is given up. */
const HOPELESS = 4;
// The API finishes the answers that it has begun, which a call to the cluster may hold up for 13 s.
const PATIENCE_MS = { api: 16_000, worker: 15_000, temporal: 10_000 };

const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));

const say = (line) => console.log(line);
const progress = (line) => console.log(`  ${line}`);

export async function launch() {
  const launcher = new Launcher();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void launcher.stop(signal));
  process.on('uncaughtException', (error) => void launcher.fail(error));
  try {
    await launcher.start();
  } catch (error) {
    await launcher.fail(error);
  }
}

class Launcher {
  #parts = [];
  #runFile = null;
  #release = () => {};
  #run = null;
  #stopping = false;
  #child = null;
  #guard = null;
  /** How long the API says that it goes before it does. */
  #noticeMs = 0;

  async start() {
    const basics = readBasics();
    if (basics.port === 0) basics.port = await freePort();
    const { host, port, dataDir } = basics;
    const env = { ...basics.env, PORT: String(port) };
    this.#noticeMs = Number(env.STOP_NOTICE_MS) || 2_000;
    const runFile = new RunFile(dataDir);
    await runFile.take();
    this.#runFile = runFile;
    await assertPortFree(host, port);
    say('Starting Pratikar');
    await ensurePackages(progress);
    await ensureBuild(progress);
    if (this.#stopping) return;

    const url = `http://${reachable(host)}:${port}`;
    this.#run = { pid: process.pid, url, startedAt: new Date().toISOString(), temporal: null, parts: {} };
    const startTemporal = basics.temporalEmbedded ? await this.#placeTemporal(env, basics) : null;
    const part = (name, script) => {
      const args = ['--enable-source-maps', join(ROOT, script)];
      this.#add({ name, command: process.execPath, args, env, dataDir }).start();
    };
    const startOwn = () => {
      part('worker', 'dist/apps/worker/main.js');
      part('api', 'dist/apps/api/main.js');
    };
    // Loading them takes the longest. What this build has prepared before it finds in order, so that they need not wait.
    const again = await isPrepared(dataDir, basics);
    if (again) startOwn();
    await startTemporal?.();
    if (this.#stopping) return;
    await this.#prepare(env);
    if (this.#stopping) return;
    if (!again) startOwn();
    await markPrepared(dataDir, basics);
    progress('Waiting for API and worker');
    await this.#ready(url);
    if (this.#stopping) return;
    await this.#greet(url, dataDir);
  }

  #add({ name, env, dataDir, ...what }) {
    const logPath = join(dataDir, 'logs', `${name}.log`);
    const changed = () => this.#partsChanged();
    const part = new Part({ name, env, logPath, say, changed, ...what });
    this.#parts.push(part);
    return part;
  }

  #partsChanged() {
    if (!this.#run || !this.#runFile || this.#stopping) return;
    this.#tellGuard();
    this.#run.parts = Object.fromEntries(this.#parts.map((part) => [part.name, part.pid]));
    this.#runFile.write(this.#run);
  }

  /** The guard is told of every part at once; one that was killed is replaced. */
  #tellGuard() {
    if (!this.#guard?.connected) {
      this.#guard = fork(GUARD, { detached: true, stdio: 'ignore', execArgv: [] });
      this.#guard.on('error', () => undefined);
      this.#guard.on('exit', () => !this.#stopping && this.#tellGuard());
    }
    this.#guard.send(this.#parts.map((part) => part.pid).filter(Boolean));
  }

  /**
   * Settles where the embedded development server will listen: the same port at every start, so that what is connected
   * finds it again. Answers what starts it there.
   */
  async #placeTemporal(env, { dataDir, namespace }) {
    const addressFile = join(dataDir, 'temporal-address');
    const last = existsSync(addressFile) ? Number(readFileSync(addressFile, 'utf8').split(':').pop()) : 0;
    const claim = await claimPort(last, 7233);
    this.#release = claim.release;
    const { port } = claim;
    const uiPort = await freePort(port + 1000);
    const address = `127.0.0.1:${port}`;
    writeFileSync(addressFile, `${address}\n`);
    this.#run.temporal = { address, ui: `http://127.0.0.1:${uiPort}` };
    env.TEMPORAL_EMBEDDED_ADDRESS = address;
    return async () => {
      const program = await ensureTemporalCli({ env, log: progress }).catch((error) => {
        throw new Trouble(error.message);
      });
      if (this.#stopping) return;
      const args = ['server', 'start-dev', ...stateIn(join(dataDir, 'temporal.db')), '--namespace', namespace];
      args.push('--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort), '--ui-disable-news-fetch');
      args.push('--log-level', 'error');
      progress('Starting Temporal');
      const temporal = this.#add({ name: 'temporal', command: program, args, env, dataDir });
      temporal.start();
      const up = await listening(port, () => this.#stopping || temporal.crashes >= HOPELESS);
      if (!up && !this.#stopping) throw hopeless(temporal);
    };
  }

  /** Namespace, migrations, masters and demo accounts: the product's own code, in a process that ends. */
  #prepare(env) {
    return new Promise((resolve, reject) => {
      const script = join(ROOT, 'dist/apps/cli/main.js');
      const child = spawn(process.execPath, ['--enable-source-maps', script, 'prepare'], {
        cwd: ROOT,
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.#child = child;
      let errors = '';
      child.stdout.setEncoding('utf8').on('data', (text) => text.trimEnd().split('\n').forEach(progress));
      child.stderr.on('data', (chunk) => (errors += chunk));
      child.on('error', reject);
      child.on('close', (code) => {
        this.#child = null;
        if (code === 0 || this.#stopping) resolve();
        else reject(new Trouble(errors.trim() || `The preparation ended with code ${code}.`));
      });
    });
  }

  async #ready(url) {
    const giveUp = Date.now() + READY_WITHIN_MS;
    let last = 'no answer';
    while (!this.#stopping) {
      const lost = this.#parts.find((part) => part.crashes >= HOPELESS);
      if (lost) throw hopeless(lost);
      if (Date.now() > giveUp) throw new Trouble(`Not ready after ${READY_WITHIN_MS / 1000} s: ${last}`);
      try {
        const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) });
        if (response.ok) return;
        last = (await response.text()).slice(0, 500);
      } catch (error) {
        last = error.cause?.message ?? error.message;
      }
      await sleep(100);
    }
  }

  async #greet(url, dataDir) {
    const lines = ['', `  Citizens   ${url}/`, `  Staff      ${url}/staff`, `  API        ${url}/docs`];
    // There only in demo mode.
    const simulator = await fetch(`${url}/simulator`).catch(() => null);
    if (simulator?.ok) lines.push(`  Telephones ${url}/simulator`);
    if (this.#run.temporal) lines.push(`  Temporal   ${this.#run.temporal.ui}`);
    lines.push(
      ...demoAccounts(join(dataDir, 'demo-accounts.txt')),
      '',
      `  Logs: ${relative(ROOT, dataDir) || '.'}/logs   Stop: Ctrl-C`,
      '',
    );
    say(lines.join('\n'));
    say(`Pratikar is ready on ${url}`);
  }

  async stop(signal) {
    if (this.#stopping) {
      say('Stopping at once');
      for (const part of this.#parts) part.kill();
      this.#child?.kill('SIGKILL');
      this.#giveBack();
      process.exit(1);
    }
    this.#stopping = true;
    say(signal === 'SIGINT' ? '\nStopping' : 'Stopping');
    await this.#stopParts();
    say('Stopped');
    process.exit(0);
  }

  async fail(error) {
    if (this.#stopping) return;
    this.#stopping = true;
    console.error(error instanceof Trouble ? error.message : error);
    await this.#stopParts();
    process.exit(1);
  }

  #giveBack() {
    this.#release();
    this.#runFile?.release();
  }

  /** The API first, so that nothing new is accepted; Temporal last, so that the worker can report what it did. */
  async #stopParts() {
    this.#child?.kill('SIGKILL');
    for (const name of ['api', 'worker', 'temporal']) {
      const part = this.#parts.find((each) => each.name === name);
      await part?.stop(PATIENCE_MS[name] + (name === 'api' ? this.#noticeMs : 0));
    }
    // Pids are used again: the guard must not look for those that are gone.
    if (this.#guard?.connected) await new Promise((resolve) => this.#guard.send([], resolve));
    this.#giveBack();
  }
}

/** Which build has prepared things under which settings: what differs is checked and prepared before it is used. */
async function preparation({ env }) {
  const { VARIABLES } = await import(pathToFileURL(join(ROOT, 'dist/libs/config/variables.js')).href);
  const names = [...VARIABLES, ...Object.keys(env).filter((name) => name.startsWith('SMS_'))];
  const settings = names.filter((name) => name !== 'PORT').map((name) => [name, env[name] ?? '']);
  return createHash('sha256')
    .update(JSON.stringify([readFileSync(BUILD_STAMP, 'utf8'), settings]))
    .digest('hex');
}

async function isPrepared(dataDir, basics) {
  const file = join(dataDir, 'prepared');
  const record = Boolean(basics.env.DATABASE_URL?.trim()) || existsSync(join(dataDir, 'pratikar.sqlite'));
  return record && existsSync(file) && readFileSync(file, 'utf8').trim() === (await preparation(basics));
}

async function markPrepared(dataDir, basics) {
  writeFileSync(join(dataDir, 'prepared'), `${await preparation(basics)}\n`, { mode: 0o600 });
}

function hopeless(part) {
  return new Trouble(`${part.name} does not start. The end of ${part.log.path}:\n${part.log.tail(15)}`);
}

/** One account of each role, so that the first login needs no reading. */
function demoAccounts(path) {
  if (!existsSync(path)) return [];
  const [heading, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const column = (name) => heading.indexOf(name);
  const [user, role, password] = ['username', 'role', 'password'].map(column);
  const first = new Map();
  for (const row of rows) if (!first.has(row[role])) first.set(row[role], row);
  const lines = ['', `  Demo accounts (all ${rows.length}: ${relative(ROOT, path)})`];
  for (const row of first.values()) lines.push(`    ${row[role].padEnd(20)} ${row[user].padEnd(28)} ${row[password]}`);
  return lines;
}
