import { patched, sleep } from '@temporalio/workflow';
import type { GrievanceStart } from '#libs/contracts/temporal/grievance';
import { grievance as grievanceBefore } from '#workflows/grievance/grievance.workflow';

/** The workflow as a next version may change it: cases that began before it go on as they began. */
export async function grievance(start: GrievanceStart): Promise<void> {
  const ended = grievanceBefore(start);
  if (patched('a-pause-beside')) await sleep('1 second');
  await ended;
}
