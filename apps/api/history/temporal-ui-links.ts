import { Inject, Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '#libs/config/settings';
import { SETTINGS } from '../platform/tokens.js';

/** Links into Temporal's own UI. */
@Injectable()
export class TemporalUi {
  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'dataDir' | 'temporal'>) {}

  /** Page of a run; null: nobody said where the UI is. */
  pageOf(workflowId: string, runId: string): string | null {
    const address = this.address();
    if (address === null) return null;
    const { namespace } = this.settings.temporal;
    return `${address}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}/${runId}/history`;
  }

  /** Beside an embedded server its launcher wrote down where the UI is. */
  private address(): string | null {
    const { dataDir, temporal } = this.settings;
    if (temporal.uiUrl !== undefined || !temporal.embedded) return temporal.uiUrl ?? null;
    try {
      const run = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as { temporal?: { ui?: unknown } | null };
      return typeof run.temporal?.ui === 'string' ? run.temporal.ui : null;
    } catch {
      return null;
    }
  }
}
