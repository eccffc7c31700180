/** Names stored in histories and known to the Temporal cluster: never renamed. */
export const TASK_QUEUE = 'pratikar';

/** Under load the cluster hands out tasks by it, lowest first, 3 where none is given: who waits for an answer is served before news goes out. */
export const NEWS_PRIORITY = { priorityKey: 4 } as const;

export const WORKFLOW_TYPES = {
  grievance: 'grievance',
  conversation: 'conversation',
  archive: 'housekeepingArchive',
  order: 'housekeepingOrder',
  insight: 'housekeepingInsight',
  registrationKey: 'registrationKey',
} as const;

/** Search attributes, set at start only: an upsert would cost an event and a visibility write per step. */
export const SEARCH_ATTRIBUTES = {
  tenant: 'PratikarTenant',
  ward: 'PratikarWard',
  subCategory: 'PratikarSubCategory',
} as const;

/** Memo key holding the (encrypted) view of a case that has no row yet. */
export const MEMO_VIEW = 'view';

export function grievanceWorkflowId(tenant: string, number: string): string {
  return `grievance/${tenant}/${number}`;
}

/** `contact` is a keyed hash of the channel identity: ids are readable by operators, phone numbers must not be. */
export function conversationWorkflowId(rootTenant: string, contact: string): string {
  return `conversation/${rootTenant}/${contact}`;
}

/** `key` is the hash of actor and Idempotency-Key. */
export function registrationKeyWorkflowId(key: string): string {
  return `registration-key/${key}`;
}
