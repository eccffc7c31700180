import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type InjectedSinks,
  type WorkflowBundle,
} from '@temporalio/worker';
import type { RawRun } from '#libs/casework/history';
import type { StepRecord } from '#libs/contracts/temporal/grievance';
import { bundleOptions } from '#libs/temporal/bundle';

type History = temporal.api.history.v1.IHistory;

/** What a case gave to the record, by its own history. */
export interface CaseTruth {
  /** All of them, oldest first; empty while no worker has taken the case up. */
  steps: readonly StepRecord[];
  /** The history begins with the case; Temporal may have forgotten the first runs of a long life. */
  whole: boolean;
  /** Why the history cannot be read; such a case has no truth. */
  error?: string;
}

const quiet = new DefaultLogger('ERROR');

/** The workflows with an ear for what they record. */
export async function replayBundle(
  workflows = fileURLToPath(new URL('../../../../workflows/', import.meta.url)),
): Promise<WorkflowBundle> {
  const options = bundleOptions(`${workflows}index.js`);
  const interceptors = `${workflows}replay/steps.interceptors.js`;
  return bundleWorkflowCode({ ...options, workflowInterceptorModules: [interceptors], logger: quiet });
}

/** Runs histories through the workflows' own code, so that nothing has to be believed that a table says. */
export class Replayer {
  constructor(
    private readonly bundle: WorkflowBundle,
    private readonly dataConverter: DataConverter,
  ) {
    try {
      Runtime.install({ logger: quiet });
    } catch {
      // This process has one already.
    }
  }

  async truths(cases: ReadonlyMap<string, readonly RawRun[]>): Promise<Map<string, CaseTruth>> {
    const byRun = new Map<string, StepRecord[]>();
    const failures = new Map<string, string>();
    const heard: InjectedSinks<{ replay: { steps(steps: readonly StepRecord[]): void } }> = {
      replay: {
        steps: {
          fn: ({ runId }, steps) => void byRun.set(runId, [...(byRun.get(runId) ?? []), ...steps]),
          callDuringReplay: true,
        },
      },
    };
    const options = { workflowBundle: this.bundle, dataConverter: this.dataConverter, sinks: heard };
    for await (const { runId, error } of Worker.runReplayHistories(options, histories(cases))) {
      if (error) failures.set(runId, error.message.split('\n')[0] ?? error.name);
    }
    const truths = new Map<string, CaseTruth>();
    for (const [number, runs] of cases) {
      const steps = runs.flatMap(({ runId }) => byRun.get(runId) ?? []);
      const error = runs.map(({ runId }) => failures.get(runId)).find((each) => each !== undefined);
      const whole = steps.length === 0 || steps.some(({ registration }) => registration !== undefined);
      truths.set(number, { steps, whole, ...(error === undefined ? {} : { error }) });
    }
    return truths;
  }
}

async function* histories(
  cases: ReadonlyMap<string, readonly RawRun[]>,
): AsyncGenerator<{ workflowId: string; history: History }> {
  for (const [workflowId, runs] of cases)
    for (const { events } of runs) yield { workflowId, history: { events: [...events] } };
}
