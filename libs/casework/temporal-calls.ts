import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { REFUSED } from '../contracts/temporal/grievance.js';
import type { Refusal } from '../domain/case/types.js';
import { CaseworkProblem } from './problem.js';

/** An update may have to wait until the cluster notices that a worker has gone (10 s), and gives its task to another one. */
const DEADLINES_MS = { start: 5000, update: 12_000, read: 3000 } as const;

/** Epoch ms until when a call to Temporal may take: a person waits for each of them. */
export function deadlineFor(call: keyof typeof DEADLINES_MS, now = Date.now()): number {
  return now + DEADLINES_MS[call];
}

/** What a failed call to the cluster is to the caller; what is none of these is a fault of ours. */
export function temporalProblem(error: unknown): unknown {
  if (error instanceof CaseworkProblem) return error;
  if (isGrpcServiceError(error) || isGrpcDeadlineError(error) || error instanceof ServiceError) {
    return CaseworkProblem.unavailable('temporal');
  }
  return error;
}

/** What a failed update is to the caller. */
export function updateProblem(error: unknown): unknown {
  const refusal = refusalOf(error);
  if (refusal) return CaseworkProblem.refused(refusal);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error)) {
    return CaseworkProblem.workerUnavailable();
  }
  return temporalProblem(error);
}

/** The refusal by which a validator answered, if that is what happened. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof WorkflowUpdateFailedError)) return null;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== REFUSED) return null;
  return (cause.details?.[0] as Refusal | undefined) ?? null;
}
