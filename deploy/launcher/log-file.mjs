import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT = 3;

/** A log that is moved to `.1` … `.3` when it has grown to 5 MB. */
export class LogFile {
  #size;

  constructor(path) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.#size = existsSync(path) ? statSync(path).size : 0;
  }

  write(chunk) {
    if (this.#size + chunk.length > MAX_BYTES) this.#rotate();
    appendFileSync(this.path, chunk);
    this.#size += chunk.length;
  }

  /** The last lines, for an error message. */
  tail(lines) {
    if (!existsSync(this.path)) return '';
    return readFileSync(this.path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  #rotate() {
    for (let n = KEPT - 1; n >= 1; n--) {
      if (existsSync(`${this.path}.${n}`)) renameSync(`${this.path}.${n}`, `${this.path}.${n + 1}`);
    }
    if (existsSync(this.path)) renameSync(this.path, `${this.path}.1`);
    this.#size = 0;
  }
}
