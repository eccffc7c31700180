import { api } from './client.js';

/** `stuck`: its code does not get on. `failing`: something it asked for keeps failing and is tried again. */
export type Trouble = 'stuck' | 'failing';

export interface TroubledWorkflow {
  workflowId: string;
  runId: string;
  type: string;
  number: string | null;
  trouble: Trouble[];
  startedAt: string | null;
  task: { attempt: number; waitingSince: string | null } | null;
  activities: {
    name: string;
    attempt: number;
    lastFailure: string | null;
    lastTriedAt: string | null;
    nextTryAt: string | null;
  }[];
}

export interface TroublePage {
  items: TroubledWorkflow[];
  /** Running workflows looked at for this page, which may well be empty. */
  examined: number;
  next: string | null;
}

export function fetchTroubled(cursor: string | null): Promise<TroublePage> {
  return api.get('/api/v1/workflows', { query: { cursor } });
}

/** Has the workflow's code run again now; the case does not change. */
export function wakeWorkflow(workflowId: string, reason: string): Promise<void> {
  return api.post('/api/v1/workflows/wake', { body: { workflowId, reason } });
}
