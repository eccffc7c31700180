import { workflowInfo } from '@temporalio/workflow';

/** Whether this run should go on in a new one: its history is longer than `limit` events, or the server asks for it. */
export function historyIsLong(limit: number): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > limit;
}
