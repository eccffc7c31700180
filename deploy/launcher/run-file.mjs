import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from './prepare.mjs';

/** `DATA_DIR/run.json` tells operators and tests what runs: `{pid, url, startedAt, temporal, parts: {name: pid}}`. */
export class RunFile {
  constructor(dataDir) {
    this.dataDir = dataDir;
    this.path = join(dataDir, 'run.json');
  }

  read() {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8'));
    } catch {
      return null;
    }
  }

  /** Takes the data folder for this launcher; rejects when another one has it. Waits for the parts of a killed one. */
  async take() {
    try {
      mkdirSync(this.dataDir, { recursive: true });
    } catch (error) {
      throw new Trouble(`DATA_DIR: ${this.dataDir} cannot be used (${error.code}); expected a writable folder`);
    }
    const lock = join(this.dataDir, 'run.lock');
    for (let attempt = 0; ; attempt++) {
      try {
        writeFileSync(lock, String(process.pid), { flag: 'wx' });
        break;
      } catch (error) {
        if (error.code !== 'EEXIST') {
          throw new Trouble(`DATA_DIR: ${this.dataDir} cannot be written (${error.code}); expected a writable folder`);
        }
        const holder = Number(readFileSync(lock, 'utf8'));
        if (isLauncher(holder) || attempt > 3) {
          const where = this.read()?.url;
          throw new Trouble(
            `Pratikar runs already in ${this.dataDir} (process ${holder}${where ? `, ${where}` : ''}). ` +
              'Stop it with Ctrl-C there, or start a second one with another DATA_DIR and PORT.',
          );
        }
        rmSync(lock, { force: true });
      }
    }
    const before = this.read();
    const giveUp = Date.now() + 12_000;
    while (Object.values(before?.parts ?? {}).some((pid) => pid && isAlive(pid)) && Date.now() < giveUp)
      await sleep(100);
  }

  write(content) {
    writeFileSync(`${this.path}.tmp`, `${JSON.stringify(content, null, 2)}\n`);
    renameSync(`${this.path}.tmp`, this.path);
  }

  release() {
    rmSync(this.path, { force: true });
    rmSync(join(this.dataDir, 'run.lock'), { force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A pid is used again some day: where the system tells, the process must look like a launcher. */
function isLauncher(pid) {
  if (!pid || pid === process.pid || !isAlive(pid)) return false;
  const cmdline = `/proc/${pid}/cmdline`;
  return !existsSync('/proc/self/cmdline') || readFileSync(cmdline, 'utf8').includes('launcher');
}
