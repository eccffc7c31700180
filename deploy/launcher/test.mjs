/**
 * `npm test`: everything that says whether the product is right, on a bare machine too. Arguments: `--only unit,http`
 * runs those jest projects alone, without the checks; anything after `--` goes to jest.
 */
import './node-version.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureTemporalCli, ensureTestServer } from './binaries.mjs';
import { ensureBuild, ensurePackages, ROOT, Trouble, walk } from './prepare.mjs';

const started = Date.now();
const { only, rest } = options(process.argv.slice(2));

try {
  await ensurePackages(console.log);
  await step('Temporal', async () => {
    await ensureTemporalCli({ log: console.log });
    await ensureTestServer({ log: console.log });
  });
  ensureProgram('MariaDB', ['mariadbd', 'mysqld'], ['mariadb-server'], 'MARIADBD_PATH');
  if (hasTests('.e2e-spec.ts')) {
    ensureProgram('Chromium', ['chromium', 'chromium-browser', 'google-chrome'], ['chromium'], 'CHROMIUM_PATH');
  }
  await step('build', () => ensureBuild(console.log));
  const failed = only.length ? [] : await checks();
  const jestFailed = !(await jest());
  if (jestFailed) failed.push('jest');
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  if (failed.length) throw new Trouble(`Failed after ${seconds} s: ${failed.join(', ')}`);
} catch (error) {
  if (!(error instanceof Trouble)) console.error(error);
  else console.error(error.message);
  process.exit(1);
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

/** The checks that need no running part, two at a time; the output of one that fails is shown whole. */
async function checks() {
  const bin = (path) => join('node_modules', path);
  const queue = [
    [
      'eslint',
      bin('eslint/bin/eslint.js'),
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint/',
      '.',
    ],
    ['types', bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
    ...['apps/desk', 'apps/desk/e2e', 'apps/citizen', 'deploy/simulators/phone']
      .filter((page) => existsSync(join(ROOT, page, 'tsconfig.json')))
      .map((page) => [`types of ${page}`, bin('typescript/bin/tsc'), '--noEmit', '-p', page]),
    ['prettier', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
    [
      'imports',
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.js',
      'apps',
      'libs',
      'workflows',
      'activities',
    ],
    ['unused', bin('knip/bin/knip.js')],
  ];
  const failed = [];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, ...command] = next;
      const begin = Date.now();
      const { code, output } = await collect(command);
      const ok = code === 0;
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
      if (!ok) {
        failed.push(name);
        console.log(output.trimEnd());
      }
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

function collect(command) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}

function jest() {
  const args = [join('node_modules', 'jest/bin/jest.js'), '--maxWorkers', '2', ...rest];
  if (only.length) args.push('--selectProjects', ...only);
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
  await work().catch((error) => {
    throw error instanceof Trouble ? error : new Trouble(error.message);
  });
  console.log(`ok   ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
}

function hasTests(suffix) {
  return ['apps', 'libs', 'workflows', 'activities', 'deploy'].some((part) =>
    walk(join(ROOT, part)).some((file) => file.endsWith(suffix)),
  );
}

/** A real database server and a real browser are part of the proof; a root user on Debian gets them installed. */
function ensureProgram(what, names, packages, variable) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  if (process.env[variable] || folders.some((folder) => names.some((name) => existsSync(join(folder, name))))) return;
  const apt = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (apt) {
    console.log(`Installing ${what}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const quietly = { env, stdio: ['ignore', 'ignore', 'inherit'] };
    spawnSync('apt-get', ['-qq', 'update'], quietly);
    const { status } = spawnSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], quietly);
    if (status === 0) return;
  }
  throw new Trouble(
    `The tests need ${what}: install ${packages.join(' ')} (or set ${variable} to its path) and run npm test again.`,
  );
}
