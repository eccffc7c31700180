import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { WorkflowNotFoundError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { deadlineFor, temporalProblem } from '#libs/casework/temporal-calls';
import { maskDigits } from '#libs/config/log-masking';
import type { Settings } from '#libs/config/settings';
import type { Trouble, TroubledWorkflow, TroublePage } from '#libs/contracts/api/operation';
import { SEARCH_ATTRIBUTES } from '#libs/contracts/temporal/names';
import { causeOf } from '#libs/temporal/failures';
import { TemporalUi } from '../history/temporal-ui-links.js';
import { SETTINGS, TEMPORAL } from '../platform/tokens.js';

type Raw = WorkflowExecutionDescription['raw'];
type Stamp = { seconds?: unknown; nanos?: number | null } | null | undefined;

/** Fewer may be an accident of the moment: a worker that was restarted, a lock that was held. */
const ATTEMPTS_OF_TROUBLE = 3;
const LONGEST_WAIT_MS = 60_000;
const PER_PAGE = 200;
const AT_ONCE = 10;

/** Running workflows that an operator should look at. */
@Injectable()
export class TroubledWorkflows {
  constructor(
    @Inject(TEMPORAL) private readonly client: Client,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly casework: Casework,
    private readonly ui: TemporalUi,
  ) {}

  async page(principal: Principal, wanted: Trouble | null, cursor: string | undefined): Promise<TroublePage> {
    const token = cursor === undefined ? Buffer.alloc(0) : this.tokenIn(cursor);
    try {
      const { executions, nextPageToken } = await this.client.withDeadline(deadlineFor('read'), async () =>
        this.client.workflowService.listWorkflowExecutions({
          namespace: this.settings.temporal.namespace,
          query: await this.query(principal),
          pageSize: PER_PAGE,
          nextPageToken: token,
        }),
      );
      const ids = (executions ?? []).flatMap(({ execution }) => execution?.workflowId ?? []);
      const items = (await this.examine(ids)).filter(
        ({ trouble }) => trouble.length > 0 && (wanted === null || trouble.includes(wanted)),
      );
      const next = nextPageToken?.length ? this.cursorOf(Buffer.from(nextPageToken)) : null;
      return { items, examined: ids.length, next };
    } catch (error) {
      throw temporalProblem(error);
    }
  }

  /** Sealed: Temporal takes the token of another list for an accident of its own, and tries again for seconds. */
  private cursorOf(token: Buffer): string {
    return `${token.toString('base64url')}.${this.seal(token)}`;
  }

  private tokenIn(cursor: string): Buffer {
    const [text = '', seal] = cursor.split('.');
    const token = Buffer.from(text, 'base64url');
    if (seal === this.seal(token)) return token;
    throw CaseworkProblem.invalid([{ field: 'cursor', problem: 'unknown', expected: 'the `next` of the page before' }]);
  }

  private seal(token: Buffer): string {
    return createHmac('sha256', this.settings.secretKey)
      .update('workflows')
      .update(token)
      .digest('base64url')
      .slice(0, 16);
  }

  /** Cases of the caller's cities; conversations and orders serve all cities and are the root's to see. */
  private async query(principal: Principal): Promise<string> {
    const running = 'ExecutionStatus = "Running"';
    if (await this.seesAll(principal)) return running;
    const cities = await this.casework.parts.masters.citiesOf(principal);
    const list = cities.map((city) => `"${city.replace(/["\\]/g, '')}"`).join(', ');
    if (list === '') throw CaseworkProblem.forbidden();
    return `${running} AND ${SEARCH_ATTRIBUTES.tenant} IN (${list})`;
  }

  async seesAll({ tenant }: Principal): Promise<boolean> {
    return (await this.casework.parts.masters.rootOf(tenant)) === tenant;
  }

  private async examine(ids: readonly string[]): Promise<TroubledWorkflow[]> {
    const waiting = [...ids.entries()];
    const found: (TroubledWorkflow | null)[] = [];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) found[next[0]] = await this.describe(next[1]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return found.filter((each) => each !== null && each !== undefined);
  }

  /** null: it has ended meanwhile. */
  private async describe(workflowId: string): Promise<TroubledWorkflow | null> {
    try {
      const handle = this.client.workflow.getHandle(workflowId);
      const { raw } = await this.client.withDeadline(deadlineFor('read'), () => handle.describe());
      const found = await troubleIn(raw, Date.now(), this.client.options.loadedDataConverter.payloadCodecs);
      return { ...found, ui: this.ui.pageOf(found.workflowId, found.runId) };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }
}

async function troubleIn(
  raw: Raw,
  now: number,
  codecs: readonly PayloadCodec[],
): Promise<Omit<TroubledWorkflow, 'ui'>> {
  const info = raw.workflowExecutionInfo;
  const task = raw.pendingWorkflowTask;
  const workflowId = info?.execution?.workflowId ?? '';
  const pending = raw.pendingActivities ?? [];
  const causes = await Promise.all(pending.map(({ lastFailure }) => causeOf(lastFailure, codecs)));
  const activities = pending.map((activity, place) => ({
    name: activity.activityType?.name ?? '',
    attempt: activity.attempt ?? 1,
    // Messages of databases and providers may quote what they were given.
    lastFailure: causes[place] ? maskDigits(causes[place]).slice(0, 500) : null,
    lastTriedAt: iso(activity.lastStartedTime),
    nextTryAt: iso(activity.scheduledTime),
  }));
  const since = millis(task?.scheduledTime);
  const waits = task !== null && task !== undefined && since !== null && now - since > LONGEST_WAIT_MS;
  const trouble: Trouble[] = [];
  if ((task?.attempt ?? 0) >= ATTEMPTS_OF_TROUBLE || waits) trouble.push('stuck');
  if (activities.some(({ attempt }) => attempt >= ATTEMPTS_OF_TROUBLE)) trouble.push('failing');
  return {
    workflowId,
    runId: info?.execution?.runId ?? '',
    type: info?.type?.name ?? '',
    number: /^grievance\/[^/]+\/(.+)$/.exec(workflowId)?.[1] ?? null,
    trouble,
    startedAt: iso(info?.startTime),
    task: task ? { attempt: task.attempt ?? 1, waitingSince: iso(task.scheduledTime) } : null,
    activities,
  };
}

function millis(stamp: Stamp): number | null {
  if (!stamp) return null;
  return Number(stamp.seconds ?? 0) * 1000 + Math.floor((stamp.nanos ?? 0) / 1e6);
}

function iso(stamp: Stamp): string | null {
  const at = millis(stamp);
  return at === null || at === 0 ? null : new Date(at).toISOString();
}
