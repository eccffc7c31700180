import { proxySinks, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';
import type { StepRecord } from '#libs/contracts/temporal/grievance';

/** Tells the process that replays a history which steps the case gave to the record. Not in the worker's bundle. */
export interface ReplaySinks extends Sinks {
  replay: { steps(steps: readonly StepRecord[]): void };
}

export function interceptors(): WorkflowInterceptors {
  const { replay } = proxySinks<ReplaySinks>();
  return {
    outbound: [
      {
        // Every step is given to the local activity first; the ordinary one gets only what that could not take.
        scheduleLocalActivity(input, next) {
          if (input.activityType === 'recordSteps') replay.steps(input.args[0] as readonly StepRecord[]);
          return next(input);
        },
      },
    ],
  };
}
