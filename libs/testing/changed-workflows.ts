import { sleep } from '@temporalio/workflow';
import type { ConversationStart } from '#libs/contracts/temporal/conversation';
import type { GrievanceStart } from '#libs/contracts/temporal/grievance';
import { conversation as conversationNow } from '#workflows/conversation/conversation.workflow';
import { grievance as grievanceNow } from '#workflows/grievance/grievance.workflow';

/** The workflows as a careless change would leave them: the same outcome, by other commands in the histories. */
export async function grievance(start: GrievanceStart): Promise<void> {
  const done = grievanceNow(start);
  await sleep('1 hour');
  await done;
}

export async function conversation(start: ConversationStart): Promise<void> {
  await sleep('1 second');
  await conversationNow(start);
}
