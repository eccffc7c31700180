import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/**
 * Histories of lives that ran under an earlier version, kept beside their workflow in `histories/*.json`. Record the
 * missing ones with `RECORD_HISTORIES=1` set while the project `replay` of the tests runs; one that is there is never recorded over, because cases
 * like it are running in cities.
 */
export const recording = process.env['RECORD_HISTORIES'] === '1';

export class Histories {
  private readonly folder: string;

  /** @param workflow folder below `workflows/` */
  constructor(workflow: string) {
    this.folder = join(process.cwd(), 'workflows', workflow, 'histories');
    mkdirSync(this.folder, { recursive: true });
  }

  /** Names of the recorded lives. */
  get names(): string[] {
    return readdirSync(this.folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .sort();
  }

  read(name: string): unknown {
    return JSON.parse(readFileSync(join(this.folder, `${name}.json`), 'utf8'));
  }

  async write(name: string, handle: Pick<WorkflowHandle, 'fetchHistory'>): Promise<void> {
    const json = historyToJSON(await handle.fetchHistory());
    writeFileSync(join(this.folder, `${name}.json`), `${json}\n`);
  }
}
