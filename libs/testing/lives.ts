import { Life } from './life.js';
import { RecordedCases } from './recorded-cases.js';
import { createWorkflowBed, type WorkflowBed } from './workflow-environment.js';

export interface Lives {
  record: RecordedCases;
  readonly bed: WorkflowBed;
  register(
    ...options: Parameters<typeof Life.register> extends [unknown, unknown, ...infer R] ? R : never
  ): Promise<Life>;
}

/**
 * Server, worker and record for the tests of one file, to be called in its `describe`. Each case is taken out when its
 * test is done: left open, it would make every later leap in time slower.
 */
export function useLives(options: Parameters<typeof createWorkflowBed>[1] = {}): Lives {
  const record = new RecordedCases();
  const alive: Life[] = [];
  let bed: WorkflowBed;
  beforeAll(async () => {
    bed = await createWorkflowBed({ recordSteps: record.recordSteps }, options);
  }, 120_000);
  afterEach(() => Promise.all(alive.splice(0).map((life) => life.abandon())));
  afterAll(() => bed.close());
  return {
    record,
    get bed() {
      return bed;
    },
    async register(...more) {
      const life = await Life.register(bed, record, ...more);
      alive.push(life);
      return life;
    },
  };
}
