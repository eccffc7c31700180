import { condition, defineQuery, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';

/** The least that Temporal must do for a grievance: three activities, two updates, two timers, and nothing else. */
const { note } = proxyActivities<{ note(step: string): Promise<void> }>({ startToCloseTimeout: '10s' });

export const answerUpdate = defineUpdate<number, [string]>('answer');
export const rateUpdate = defineUpdate<number, [number]>('rate');
export const stepsQuery = defineQuery<number>('steps');

export async function bare(): Promise<void> {
  let step = 0;
  let noted = 0;
  setHandler(answerUpdate, (_remarks: string) => (step = 1));
  setHandler(rateUpdate, (_rating: number) => (step = 2));
  setHandler(stepsQuery, () => noted);
  await note('registered');
  noted = 1;
  await condition(() => step >= 1, '18 hours');
  await note('resolved');
  noted = 2;
  await condition(() => step >= 2, '15 days');
  await note('closed');
}

/** The least a workflow can be: what a start alone costs. */
export async function empty(): Promise<void> {
  // It ends as it begins.
}
