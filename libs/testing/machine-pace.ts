import { spawn } from 'node:child_process';

/** What two processes that load the same packages at once take on the machine that the limits are written for, ms. */
const REFERENCE_MS = 1_100;
/** However busy a machine is: beyond this a limit says nothing any more. */
const MOST = 6;
const LOAD = "await Promise.all(['typeorm', '@nestjs/core', '@temporalio/client'].map((name) => import(name)))";

/**
 * How many times slower than a quiet machine of two processors this one is at the moment, at what a start mostly does:
 * two processes that load packages. At least 1, at most 6.
 */
export async function machinePace(): Promise<number> {
  const begin = Date.now();
  await Promise.all([load(), load()]);
  return Math.min(MOST, Math.max(1, (Date.now() - begin) / REFERENCE_MS));
}

function load(): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', LOAD], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) =>
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`The packages do not load: ${code}`)))),
  );
}
