import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogMetadata } from '@temporalio/worker';
import type { Logger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** What Temporal's own lines may carry: ids and counts. Inputs, and errors' other members, can hold personal data. */
const KEPT = ['workflowId', 'workflowType', 'runId', 'activityType', 'activityId', 'attempt', 'taskQueue', 'isLocal'];

/** Sends the log of the Temporal runtime, its workers and its workflows into ours. Call it before the first connection. */
export function installRuntime(log: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => log[LEVELS[level]](keptOf(meta), message)),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} } },
    // This process has its own way to stop: it may still be waiting for a cluster.
    shutdownSignals: [],
  });
}

function keptOf(meta: LogMetadata = {}): Record<string, unknown> {
  const kept = Object.fromEntries(KEPT.filter((key) => meta[key] !== undefined).map((key) => [key, meta[key]]));
  const error: unknown = meta['error'];
  return error instanceof Error
    ? { ...kept, error: { name: error.name, message: error.message, stack: error.stack } }
    : kept;
}
