import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { adoptSignal, type StepRecord } from '#libs/contracts/temporal/grievance';
import { grievanceWorkflowId } from '#libs/contracts/temporal/names';

/** Whoever was told of a case that is now closed as a duplicate is told of the other one from here on. */
export async function handOnFollowers(client: Client, steps: readonly StepRecord[]): Promise<void> {
  const duplicate = steps.find(({ events }) => events.some(({ event }) => event === 'marked_duplicate'))?.state;
  if (!duplicate?.duplicateOf) return;
  const persons = [...(duplicate.filer === null ? [] : [duplicate.filer]), ...duplicate.followers];
  if (persons.length === 0) return;
  const other = client.workflow.getHandle(grievanceWorkflowId(duplicate.tenant, duplicate.duplicateOf));
  try {
    await other.signal(adoptSignal, { from: duplicate.number, persons });
  } catch (error) {
    // Closed in the meantime: there is no more news to hear of it.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
