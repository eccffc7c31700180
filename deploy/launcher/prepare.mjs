/**
 * What both `npm start` and `npm test` need first: a Node that is new enough, the packages of the lock file, a build
 * of the present sources. Plain JavaScript without dependencies; each step is skipped in milliseconds when it is done.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

const SOURCES = ['apps', 'libs', 'workflows', 'activities', 'deploy/simulators'];
const BUILD_FILES = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];
export const BUILD_STAMP = join(ROOT, 'dist/.build-stamp');
const LOCK_STAMP = join(ROOT, 'node_modules/.pratikar-lock');

/** An expected trouble: its message is the one line that the user gets. */
export class Trouble extends Error {}

/** Installs the packages of package-lock.json unless they are there. */
export async function ensurePackages(log) {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(LOCK_STAMP) && readFileSync(LOCK_STAMP, 'utf8') === lock) return;
  if (!installedByHand()) {
    // npm would empty the folder behind the link, which is somebody else's.
    if (lstatSync(join(ROOT, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new Trouble('node_modules is a link to another folder and out of date: remove the link, then start again.');
    }
    log('Installing packages (npm ci)');
    await npm(
      ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      'Packages could not be installed',
    );
  }
  writeFileSync(LOCK_STAMP, lock);
}

/** `npm install` or `npm ci` by a developer leaves this file, newer than the lock file it followed. */
function installedByHand() {
  const marker = join(ROOT, 'node_modules/.package-lock.json');
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}

/** Builds dist/ unless it was built from the present sources. */
export async function ensureBuild(log) {
  const stamp = sourceStamp();
  if (existsSync(BUILD_STAMP) && readFileSync(BUILD_STAMP, 'utf8') === stamp) return;
  log('Building');
  await npm(['run', '--silent', 'build'], 'The build failed');
}

/** Written by the build itself, so that `npm run build` counts too. */
export function markBuilt(stamp) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(BUILD_STAMP, stamp);
}

export function unmarkBuilt() {
  rmSync(BUILD_STAMP, { force: true });
}

/** Changes whenever a file that goes into the build changes; tests do not. */
export function sourceStamp() {
  const hash = createHash('sha256');
  for (const file of [
    ...BUILD_FILES.map((name) => join(ROOT, name)),
    ...SOURCES.flatMap((part) => walk(join(ROOT, part))),
  ]) {
    if (/[.-]spec\.tsx?$/.test(file) || !existsSync(file)) continue;
    const { mtimeMs, size } = statSync(file);
    hash.update(`${relative(ROOT, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

export function walk(folder) {
  if (!existsSync(folder)) return [];
  const files = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...walk(path));
    else files.push(path);
  }
  return files;
}

/** Runs npm (the one that started us, if one did) in the project's folder with its output shown. */
export function npm(args, failure) {
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return run(command, [...first, ...args], failure);
}

/** Runs a command with its output shown; rejects with a Trouble when it fails. */
export function run(command, args, failure) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('error', (error) => reject(new Trouble(`${failure}: ${error.message}`)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Trouble(`${failure} (see above).`))));
  });
}
