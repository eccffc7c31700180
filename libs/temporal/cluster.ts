import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../contracts/temporal/names.js';

/** How long Temporal keeps closed runs: well beyond the time in which their histories are archived. */
export const RETENTION_DAYS = 90;

const DAY_SECONDS = 86_400;
const RETENTION = msToTs(RETENTION_DAYS * DAY_SECONDS * 1000);
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const KEYWORD = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** The search attributes of the cases with their type, as the operator service takes them. */
export const KEYWORD_ATTRIBUTES: Readonly<Record<string, typeof KEYWORD>> = Object.fromEntries(
  Object.values(SEARCH_ATTRIBUTES).map((name) => [name, KEYWORD]),
);

/** What was found or done, one line for the log. `ok: false` is something that an operator must see to. */
export interface ClusterReport {
  ok: boolean;
  message: string;
}

/**
 * Gives the namespace a retention of 90 days. On a cluster that is not ours (`own: false`) it only looks and reports,
 * because its retention costs somebody else's money.
 */
export async function ensureNamespace(
  { workflowService }: Connection,
  namespace: string,
  { own }: { own: boolean },
): Promise<ClusterReport> {
  const days = await retentionDays(workflowService, namespace);
  if (days === null) {
    if (!own)
      return { ok: false, message: `Namespace "${namespace}" does not exist on this cluster: create it there.` };
    await workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: RETENTION })
      .catch(unless(ALREADY_EXISTS));
    return { ok: true, message: `Namespace "${namespace}" made; it keeps closed runs for ${RETENTION_DAYS} days.` };
  }
  if (days >= RETENTION_DAYS)
    return { ok: true, message: `Namespace "${namespace}" keeps closed runs for ${days} days.` };
  if (!own) {
    return {
      ok: false,
      message: `Namespace "${namespace}" keeps closed runs for ${days} days; set its retention to ${RETENTION_DAYS}.`,
    };
  }
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: RETENTION } });
  return {
    ok: true,
    message: `Namespace "${namespace}" keeps closed runs for ${RETENTION_DAYS} days now (was ${days}).`,
  };
}

/** Registers the search attributes that are not there yet; a cluster that does not let us says so in the report. */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<ClusterReport> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(KEYWORD_ATTRIBUTES).filter(([name]) => !(name in customAttributes));
    if (missing.length === 0) return { ok: true, message: 'Search attributes are registered.' };
    await connection.operatorService
      .addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) })
      .catch(unless(ALREADY_EXISTS));
    return { ok: true, message: `Search attributes registered: ${missing.map(([name]) => name).join(', ')}.` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const wanted = Object.keys(KEYWORD_ATTRIBUTES).join(', ');
    return { ok: false, message: `Register the search attributes ${wanted} as Keyword (${reason}).` };
  }
}

async function retentionDays(service: Connection['workflowService'], namespace: string): Promise<number | null> {
  try {
    const { config } = await service.describeNamespace({ namespace });
    return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) return null;
    throw error;
  }
}

function unless(code: number): (error: unknown) => void {
  return (error) => {
    if (codeOf(error) !== code) throw error;
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
