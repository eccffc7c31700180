import { condition, log, proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';
import { timeOfSteps, type CaseRecordActivities, type StepRecord } from '#libs/contracts/temporal/grievance';

/** Steps in one call: keeps the input of the ordinary activity far below the cluster's limit for a payload (2 MB). */
const STEPS_PER_CALL = 20;

// Short, because a local activity holds up the answers to updates and queries for as long as it runs.
const quick = proxyLocalActivities<CaseRecordActivities>({
  scheduleToCloseTimeout: '2 seconds',
  retry: { initialInterval: '100 ms', maximumAttempts: 2 },
});

const patient = proxyActivities<CaseRecordActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** Takes the steps of a case to the record, in order, however long the record is away. */
export class Recorder {
  private readonly queue: StepRecord[] = [];
  private busy = false;

  add(...steps: StepRecord[]): void {
    this.queue.push(...steps.map((step) => ({ ...step, takenAt: Date.now() })));
  }

  get isIdle(): boolean {
    return !this.busy && this.queue.length === 0;
  }

  /** Records what comes until `finished` and nothing is left; steps that come meanwhile go together in the next call. */
  async run(finished: () => boolean): Promise<void> {
    for (;;) {
      await condition(() => this.queue.length > 0 || finished());
      if (this.queue.length === 0) return;
      this.busy = true;
      await record(this.queue.splice(0, STEPS_PER_CALL));
      this.busy = false;
    }
  }
}

async function record(steps: readonly StepRecord[]): Promise<void> {
  let recorded: number | undefined;
  try {
    recorded = await quick.recordSteps(steps);
  } catch {
    log.warn('The record does not answer at once: the step is recorded by an ordinary activity');
    return recordAtLast(steps);
  }
  // A task that was lost may leave its local activity running; when the task comes again with more in it, what that one
  // answers is taken for the answer of this one. Histories from before it answered anything have none to compare.
  if (typeof recorded === 'number' && recorded !== timeOfSteps(steps)) await recordAtLast(steps);
}

/** A failure that the activity calls final must not end the case: someone repairs the record, then it goes on. */
async function recordAtLast(steps: readonly StepRecord[]): Promise<void> {
  for (;;) {
    try {
      await patient.recordSteps(steps);
      return;
    } catch (error) {
      log.error('A step of the case cannot be recorded', { error: String(error) });
      await sleep('5 minutes');
    }
  }
}
