import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Takes a lock file for this launcher; what a launcher that has died had is free. Answers 0, or the process that has it.
 * Rejects with what the system says when the file cannot be written.
 */
export async function takeLock(path) {
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return 0;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    if (isLauncher(holder) || attempt > 3) return holder || -1;
    // Between making the file and signing it, it is empty.
    if (!holder && attempt < 2) await sleep(50);
    else rmSync(path, { force: true });
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** 0: it was given back this moment, or its holder has not yet signed it. */
function holderOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
}

/** A pid is used again some day: where the system tells, the process must look like a launcher. */
function isLauncher(pid) {
  if (!pid || pid === process.pid || !isAlive(pid)) return false;
  const cmdline = `/proc/${pid}/cmdline`;
  return !existsSync('/proc/self/cmdline') || readFileSync(cmdline, 'utf8').includes('launcher');
}
