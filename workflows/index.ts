/** What the worker's bundle offers; the names are stored in histories (`WORKFLOW_TYPES`). */
export { grievance } from './grievance/grievance.workflow.js';
export { conversation } from './conversation/conversation.workflow.js';
export { housekeepingArchive } from './housekeeping/archive.workflow.js';
export { housekeepingInsight } from './housekeeping/insight.workflow.js';
export { housekeepingOrder } from './housekeeping/order.workflow.js';
export { registrationKey } from './registration/registration-key.workflow.js';

// The SDK notes where each promise of a workflow was made. Three frames say it as well as ten, at a third of the time.
Error.stackTraceLimit = 3;
