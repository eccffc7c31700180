import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';
import { TASK_QUEUE, WORKFLOW_TYPES } from '#libs/contracts/temporal/names';

/**
 * Both keep running by themselves, minute by minute; the schedule starts them the first time and whenever an operator or
 * an accident has ended one. A start each minute would leave 130,000 closed runs in a namespace that keeps them 90 days.
 */
const SCHEDULES: readonly ScheduleOptions[] = (['archive', 'insight'] as const).map((duty) => ({
  scheduleId: `housekeeping/${duty}`,
  spec: { intervals: [{ every: '10 minutes' }] },
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 minutes' },
  state: { triggerImmediately: true },
  action: {
    type: 'startWorkflow',
    workflowType: WORKFLOW_TYPES[duty],
    workflowId: `housekeeping/${duty}`,
    taskQueue: TASK_QUEUE,
    args: [],
  },
}));

/** Makes the schedules that are not there, and brings the others to what this version wants; a paused one stays paused. */
export async function ensureSchedules({ schedule }: Client): Promise<void> {
  for (const wanted of SCHEDULES) {
    try {
      await schedule.create(wanted);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const { spec, policies, action } = wanted;
      await schedule.getHandle(wanted.scheduleId).update(({ state }) => ({
        spec,
        state,
        ...(policies === undefined ? {} : { policies }),
        action: { ...action, workflowId: action.workflowId ?? wanted.scheduleId },
      }));
    }
  }
}
