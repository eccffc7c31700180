import type { Client } from '@temporalio/client';
import { MEMO_VIEW, SEARCH_ATTRIBUTES, WORKFLOW_TYPES } from '../contracts/temporal/names.js';
import type { CaseMemo } from './case-store.js';

/** A registration that a key has made. */
export interface KeptRegistration {
  key: string;
  bodyHash: string;
  number: string;
}

/** Who repeats a registration because its answer was lost does so within minutes. */
const REPEATED_WITHIN_MS = 15 * 60_000;
/** Cases of one city that are looked through at most: more than it lodges in that time. */
const MOST_CASES = 500;
/** Looking through them once for each registration of an outage cost these their answers. */
const FRESH_MS = 2_000;
const LONGEST_MS = 1_500;

/**
 * Registrations of the last minutes by their keys, from the memos of a city's cases: what the record would tell if it were
 * there. Never fails: a registration is worth more than the certainty that it is the first.
 */
export class RecentRegistrations {
  private readonly cities = new Map<string, { until: number; found: Promise<ReadonlyMap<string, KeptRegistration>> }>();

  constructor(private readonly temporal: Client) {}

  /** @param tenant code of the city */
  async find(key: string, tenant: string, now = Date.now()): Promise<KeptRegistration | null> {
    let city = this.cities.get(tenant);
    if (!city || city.until <= now) {
      city = { until: now + FRESH_MS, found: this.lookThrough(tenant, now) };
      this.cities.set(tenant, city);
    }
    return (await city.found).get(key) ?? null;
  }

  private async lookThrough(tenant: string, now: number): Promise<ReadonlyMap<string, KeptRegistration>> {
    const since = new Date(now - REPEATED_WITHIN_MS).toISOString();
    const query = `WorkflowType = '${WORKFLOW_TYPES.grievance}' AND ${SEARCH_ATTRIBUTES.tenant} = '${tenant}' AND StartTime > '${since}'`;
    const found = new Map<string, KeptRegistration>();
    try {
      await this.temporal.withDeadline(now + LONGEST_MS, async () => {
        let seen = 0;
        for await (const { memo } of this.temporal.workflow.list({ query, pageSize: MOST_CASES })) {
          const { state, registration } = (memo?.[MEMO_VIEW] ?? {}) as Partial<CaseMemo>;
          const { key, keyBody = '' } = registration ?? {};
          if (state && key !== undefined) found.set(key, { key, bodyHash: keyBody, number: state.number });
          if (++seen === MOST_CASES) break;
        }
      });
    } catch {
      // What was read until then counts.
    }
    return found;
  }
}
