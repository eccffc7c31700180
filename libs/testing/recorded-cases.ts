import { isDeepStrictEqual } from 'node:util';
import { timeOfSteps, type CaseRecordActivities, type StepRecord } from '#libs/contracts/temporal/grievance';
import type { CaseEvent, CaseState, Notice } from '#libs/domain/case/types';

export interface RecordedCase {
  state: CaseState;
  events: CaseEvent[];
  notices: Notice[];
  updates: string[];
  /** Steps taken, in order, without those that were there already. */
  steps: StepRecord[];
  /** Steps in each call, failed ones included. */
  calls: number[];
}

/**
 * `before`: nothing was stored when it failed; `after`: it was, but the answer got lost; `lost task`: the answer is that of
 * a call made for an earlier attempt at the same task.
 */
type Trouble = { kind: 'before' | 'after' | 'lost task'; times: number };

/**
 * A record in memory that insists on its rules: events without gap, a step stored twice must be the same step. As in the
 * real one a step that was lost with its task gives way to what the case did later in its place.
 */
export class RecordedCases implements CaseRecordActivities {
  private readonly cases = new Map<string, RecordedCase>();
  private readonly calls = new Map<string, number[]>();
  private readonly troubles = new Map<string, Trouble>();

  of(number: string): RecordedCase {
    const found = this.cases.get(number);
    if (!found) throw new Error(`${number} has no row`);
    return found;
  }

  has(number: string): boolean {
    return this.cases.has(number);
  }

  /** The next calls for this case fail. */
  trouble(number: string, trouble: Trouble): void {
    this.troubles.set(number, { ...trouble });
  }

  recordSteps = async (steps: readonly StepRecord[]): Promise<number | undefined> => {
    const number = steps[0]?.state.number ?? '';
    const calls = this.calls.get(number) ?? [];
    this.calls.set(number, calls);
    calls.push(steps.length);
    const trouble = this.troubles.get(number);
    const fails = trouble !== undefined && trouble.times-- > 0;
    if (fails && trouble.kind === 'before') throw new Error('the database is away');
    if (fails && trouble.kind === 'lost task') return (timeOfSteps(steps) ?? 0) - 1;
    for (const step of steps) this.store(step, calls);
    if (fails) throw new Error('the connection broke after the commit');
    return timeOfSteps(steps);
  };

  private store(step: StepRecord, calls: number[]): void {
    const { number } = step.state;
    const row = this.cases.get(number) ?? { state: step.state, events: [], notices: [], updates: [], steps: [], calls };
    const other = step.events.find(({ seq }) => row.events[seq - 1] && !isSame(row.events[seq - 1], step, seq));
    if (other) {
      const place = row.steps.findIndex(({ events }) => events.some(({ seq }) => seq === other.seq));
      const later = (step.takenAt ?? 0) - (row.steps[place]?.takenAt ?? 0);
      if (later === 0) throw new Error(`${number}: event ${other.seq} differs`);
      if (later < 0) return;
      forget(row, place);
    }
    const last = row.events.length;
    const known = step.events.filter(({ seq }) => seq <= last);
    if (known.length === step.events.length) return;
    if (known.length > 0 || step.events[0]?.seq !== last + 1) throw new Error(`${number}: gap after event ${last}`);
    row.events.push(...step.events);
    row.notices.push(...step.notices);
    if (step.update) row.updates.push(step.update.id);
    row.state = step.state;
    row.steps.push(step);
    this.cases.set(number, row);
  }
}

function isSame(stored: CaseEvent | undefined, { events }: StepRecord, seq: number): boolean {
  return isDeepStrictEqual(
    stored,
    events.find((event) => event.seq === seq),
  );
}

/** As if the steps from this one on had never been recorded. */
function forget(row: RecordedCase, place: number): void {
  const steps = row.steps.slice(0, place);
  row.steps.splice(place);
  row.events = steps.flatMap(({ events }) => events);
  row.notices = steps.flatMap(({ notices }) => notices);
  row.updates = steps.flatMap(({ update }) => (update ? [update.id] : []));
}
