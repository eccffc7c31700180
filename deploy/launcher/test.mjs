/**
 * `npm test`: everything that says whether the product is right, on a bare machine too. Arguments: `--only unit,http`
 * runs those jest projects alone, without the checks; anything after `--` goes to jest.
 */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, getPriority, setPriority } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { ensureTemporalCli, ensureTestServer } from './binaries.mjs';
import { ensureBuild, ensurePackages, ROOT, Trouble, walk } from './prepare.mjs';

/** In steps of Unix niceness. */
const BEHIND_THE_TESTS = 10;
const LOWEST_PRIORITY = 19;
const RESULTS = join(ROOT, 'node_modules/.cache/jest-results.json');
/** Files with a failure that are run again; with more of them it is not the machine. */
const MOST_AGAIN = 4;

const started = Date.now();
const { only, rest } = options(process.argv.slice(2));

try {
  await ensurePackages(console.log);
  // What comes from elsewhere is fetched while this machine's own work is done.
  const fetched = Promise.allSettled([step('Temporal', fetchTemporal), step('MariaDB and Chromium', ensurePrograms)]);
  const waiting = only.length ? [] : checks();
  const failed = [];
  const checking = lane(waiting, failed);
  await step('build', () => ensureBuild(console.log));
  const missing = (await fetched).find(({ status }) => status === 'rejected');
  if (missing) throw missing.reason;
  // Tests wait much of the time; what is left of the checks goes on beside them.
  const passed = await jest();
  await checking;
  if (!passed && !(await againAlone())) failed.push('jest');
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  if (failed.length) throw new Trouble(`Failed after ${seconds} s: ${failed.join(', ')}`);
  console.log(`ok   everything (${seconds} s)`);
} catch (error) {
  if (!(error instanceof Trouble)) console.error(error);
  else console.error(error.message);
  process.exit(1);
}

async function fetchTemporal() {
  await ensureTemporalCli({ log: console.log });
  await ensureTestServer({ log: console.log });
}

function options(args) {
  const split = args.indexOf('--');
  const own = split < 0 ? args : args.slice(0, split);
  const at = own.findIndex((arg) => arg === '--only');
  return {
    only: at < 0 ? [] : (own[at + 1] ?? '').split(',').filter(Boolean),
    rest: split < 0 ? [] : args.slice(split + 1),
  };
}

/** The checks that need no running part; the output of one that fails is shown whole. */
function checks() {
  const node = (path, ...args) => [join('node_modules', path), ...args];
  const cache = ['--cache', '--cache-location', 'node_modules/.cache/eslint/'];
  // What is for browsers has a world of its own; the tests of the desk are checked with everything else.
  const pages = ['apps/desk', 'apps/citizen', 'deploy/simulators/phone'];
  const tsc = (...args) => node('typescript/bin/tsc', '--noEmit', '-p', ...args);
  const imports = ['--config', '.dependency-cruiser.js', 'apps', 'libs', 'workflows', 'activities'];
  const commands = [
    ['eslint', node('eslint/bin/eslint.js', '--max-warnings', '0', ...cache, '.')],
    ['types', tsc('tsconfig.json')],
    ...pages
      .filter((page) => existsSync(join(ROOT, page, 'tsconfig.json')))
      .map((page) => [`types of ${page}`, tsc(page)]),
    ['prettier', node('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')],
    ['imports', node('dependency-cruiser/bin/dependency-cruise.mjs', ...imports)],
    ['unused', node('knip/bin/knip.js')],
  ];
  return commands.map(([name, command]) => [
    name,
    async () => {
      const { code, output } = await collect(command);
      if (code !== 0) throw new Trouble(output.trimEnd());
    },
  ]);
}

/** Works off the queue one by one and adds the names of those that failed. */
async function lane(queue, failed) {
  for (const [name, work] of queue) {
    await step(name, work).catch((error) => {
      failed.push(name);
      console.log(error.message);
    });
  }
}

function collect(command) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    // The tests go first: they look at clocks.
    if (child.pid !== undefined) setPriority(child.pid, Math.min(LOWEST_PRIORITY, getPriority() + BEHIND_THE_TESTS));
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Tests wait for one another's processes much of the time: one file more than there are processors keeps them busy. */
function jest() {
  rmSync(RESULTS, { force: true });
  const workers = String(availableParallelism() + 1);
  const args = ['--maxWorkers', workers, '--json', '--outputFile', RESULTS, ...rest];
  if (only.length) args.push('--selectProjects', ...only);
  return runJest(args);
}

/**
 * Tests with real processes, browsers and clocks may fail for nothing but what runs beside them. A few files that failed
 * are run again with the machine to themselves, and it is said that they were: what fails then is wrong.
 */
async function againAlone() {
  if (!existsSync(RESULTS)) return false;
  const { testResults } = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const files = testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative(ROOT, name));
  if (files.length === 0 || files.length > MOST_AGAIN) return false;
  console.log(`\nAgain, with nothing beside them: ${files.join(', ')}`);
  const passed = await runJest(['--runInBand', '--runTestsByPath', ...files]);
  if (passed) console.log(`NOTE failed beside other tests and passed alone: ${files.join(', ')}`);
  return passed;
}

function runJest(more) {
  const args = [join('node_modules', 'jest/bin/jest.js'), ...more];
  const env = {
    ...process.env,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim(),
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('close', (code) => resolve(code === 0));
  });
}

async function step(name, work) {
  const begin = Date.now();
  const took = () => `${((Date.now() - begin) / 1000).toFixed(1)} s`;
  await work().catch((error) => {
    console.log(`FAIL ${name} (${took()})`);
    throw error instanceof Trouble ? error : new Trouble(error.message);
  });
  console.log(`ok   ${name} (${took()})`);
}

function hasTests(suffix) {
  return ['apps', 'libs', 'workflows', 'activities', 'deploy'].some((part) =>
    walk(join(ROOT, part)).some((file) => file.endsWith(suffix)),
  );
}

/** A real database server and a real browser are part of the proof. */
async function ensurePrograms() {
  await ensureProgram('MariaDB', ['mariadbd', 'mysqld'], ['mariadb-server'], 'MARIADBD_PATH');
  if (!hasTests('.e2e-spec.ts')) return;
  await ensureProgram('Chromium', ['chromium', 'chromium-browser', 'google-chrome'], ['chromium'], 'CHROMIUM_PATH');
}

/** A root user on Debian gets it installed; all others are told what to install. */
async function ensureProgram(what, names, packages, variable) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  if (process.env[variable] || folders.some((folder) => names.some((name) => existsSync(join(folder, name))))) return;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log(`Installing ${what}`);
    await apt('update');
    if ((await apt('install', '-y', '--no-install-recommends', ...packages)) === 0) return;
  }
  throw new Trouble(
    `The tests need ${what}: install ${packages.join(' ')} (or set ${variable} to its path) and run npm test again.`,
  );
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const child = spawn('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve) => child.on('close', resolve).on('error', () => resolve(-1)));
}
