import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, takeLock } from './lock-file.mjs';
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
    const holder = await this.#lock(join(this.dataDir, 'run.lock'));
    if (holder) {
      const where = this.read()?.url;
      throw new Trouble(
        `Pratikar runs already in ${this.dataDir} (process ${holder}${where ? `, ${where}` : ''}). ` +
          'Stop it with Ctrl-C there, or start a second one with another DATA_DIR and PORT.',
      );
    }
    const before = this.read();
    const giveUp = Date.now() + 12_000;
    while (Object.values(before?.parts ?? {}).some((pid) => pid && isAlive(pid)) && Date.now() < giveUp)
      await sleep(100);
  }

  async #lock(path) {
    try {
      return await takeLock(path);
    } catch (error) {
      throw new Trouble(`DATA_DIR: ${this.dataDir} cannot be written (${error.code}); expected a writable folder`);
    }
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
