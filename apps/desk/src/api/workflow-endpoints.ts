import type { HistoryAnswer, TroublePage } from '#libs/contracts/api/operation';
import { api } from './client.js';

export function fetchTroubled(cursor: string | null): Promise<TroublePage> {
  return api.get('/api/v1/workflows', { query: { cursor } });
}

/** Has the workflow's code run again now; the case does not change. */
export function wakeWorkflow(workflowId: string, reason: string): Promise<void> {
  return api.post('/api/v1/workflows/wake', { body: { workflowId, reason } });
}

export async function fetchHistory(number: string): Promise<HistoryAnswer['runs']> {
  return (await api.get<HistoryAnswer>('/api/v1/grievances/{number}/history', { path: { number } })).runs;
}
