import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Settings } from '#libs/config/settings';
import { SEARCH_ATTRIBUTES, TASK_QUEUE } from '#libs/contracts/temporal/names';
import { GrievanceEntity, TenantEntity } from '#libs/persistence/entities/index';
import { pendingMigrations } from '#libs/persistence/migrate';
import type { DataSources } from '#libs/persistence/data-sources';
import { RETENTION_DAYS } from '#libs/temporal/cluster';
import { duration } from '../output.js';

export interface Finding {
  part: string;
  ok: boolean;
  /** What was found; where something is wrong, what to do. */
  detail: string;
}

const MIN_FREE_BYTES = 500 * 1024 * 1024;
/** A record from the future means that this clock, or one of another machine, is wrong. */
const TOLERATED_SKEW_MS = 60_000;
const HTTP_PATIENCE_MS = 5_000;
const DAY_SECONDS = 86_400;

export async function diskFinding({ dataDir }: Settings): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const gigabytes = `${(free / 1024 ** 3).toFixed(1)} GB free at ${dataDir}`;
  return {
    part: 'disk',
    ok: free > MIN_FREE_BYTES,
    detail: free > MIN_FREE_BYTES ? gigabytes : `only ${gigabytes}: make room`,
  };
}

/** Which ways out are set up; what is not goes to the outbox file, and nobody is disturbed by that. */
export function channelsFinding({ whatsapp, sms, smtpUrl, dataDir }: Settings): Finding {
  const outbox = join(dataDir, 'outbox.jsonl');
  const ways = {
    WhatsApp: whatsapp.standIn ? 'simulated telephones' : whatsapp.token === undefined ? null : 'a number',
    SMS: sms.gateway === 'console' ? null : sms.gateway,
    'e-mail': smtpUrl === undefined ? null : new URL(smtpUrl).hostname,
  };
  const detail = Object.entries(ways).map(([name, way]) => `${name}: ${way ?? `not set up, goes to ${outbox}`}`);
  return { part: 'channels', ok: true, detail: detail.join('; ') };
}

export async function databaseFindings(sources: DataSources): Promise<Finding[]> {
  const pending = await pendingMigrations(sources);
  const findings: Finding[] = [
    { part: 'database', ok: true, detail: `${sources.engine} answers` },
    {
      part: 'migrations',
      ok: pending.length === 0,
      detail: pending.length === 0 ? 'up to date' : `${pending.length} to run: npx pratikar migrate`,
    },
  ];
  if (pending.length > 0) return findings;
  const cities = await sources.read.manager.countBy(TenantEntity, { kind: 'ulb' });
  findings.push({
    part: 'masters',
    ok: cities > 0,
    detail: cities > 0 ? `${cities} cities` : 'none: npx pratikar import',
  });
  const [newest] = await sources.read.manager.find(GrievanceEntity, {
    order: { updatedAt: 'DESC' },
    take: 1,
    select: { number: true, updatedAt: true },
  });
  const ahead = (newest?.updatedAt ?? 0) - Date.now();
  findings.push({
    part: 'clock',
    ok: ahead < TOLERATED_SKEW_MS,
    detail:
      ahead < TOLERATED_SKEW_MS
        ? new Date().toISOString()
        : `${duration(ahead)} behind the newest record: set this machine's time`,
  });
  return findings;
}

export async function temporalFindings(
  connection: Connection,
  { address, namespace }: Settings['temporal'],
): Promise<Finding[]> {
  const findings: Finding[] = [{ part: 'temporal', ok: true, detail: `answers at ${address}` }];
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
  findings.push({
    part: 'namespace',
    ok: days >= RETENTION_DAYS,
    detail: `"${namespace}" keeps closed runs for ${days} days${days >= RETENTION_DAYS ? '' : `: set its retention to ${RETENTION_DAYS}`}`,
  });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(SEARCH_ATTRIBUTES).filter((name) => !(name in customAttributes));
  findings.push({
    part: 'search attributes',
    ok: missing.length === 0,
    detail: missing.length === 0 ? 'registered' : `register as Keyword: ${missing.join(', ')}`,
  });
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: TASK_QUEUE },
    taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  });
  const count = pollers?.length ?? 0;
  findings.push({
    part: 'worker',
    ok: count > 0,
    detail: count > 0 ? `${count} polling` : 'none polls: commands wait until one does',
  });
  return findings;
}

/** Asks the API where the launcher says it is; without a launcher, where the settings say. */
export async function apiFinding(settings: Settings): Promise<Finding> {
  const url =
    runningUrl(settings.dataDir) ??
    `http://${settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host}:${settings.port}`;
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(HTTP_PATIENCE_MS) });
    if (response.ok) return { part: 'api', ok: true, detail: `ready at ${url}` };
    return { part: 'api', ok: false, detail: `not ready at ${url}: ${(await response.text()).slice(0, 300)}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return {
      part: 'api',
      ok: false,
      detail: `does not answer at ${url} (${cause instanceof Error ? cause.message : String(cause)})`,
    };
  }
}

function runningUrl(dataDir: string): string | null {
  const path = join(dataDir, 'run.json');
  if (!existsSync(path)) return null;
  const run: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const url = (run as { url?: unknown }).url;
  return typeof url === 'string' ? url : null;
}
