import { canonicalJson } from '#libs/casework/canonical';
import type { StepRecord } from '#libs/contracts/temporal/grievance';
import { caseRow, eventRows, REGISTRATION_COLUMNS } from '#libs/persistence/case-rows';
import type { GrievanceEntity, GrievanceEventEntity } from '#libs/persistence/entities/index';
import type { CaseTruth } from './replayer.js';

/** What the record has of a case. */
export interface Recorded {
  row: GrievanceEntity | null;
  events: readonly GrievanceEventEntity[];
}

export interface Difference {
  /** In words, one for each thing that differs. */
  problems: string[];
  /** Sequences of recorded events that are wrong or none of the case's. */
  wrongEvents: number[];
}

/** Masters decide on it, the housekeeping changes it, or it says when it was written. */
const NOT_THE_WORKFLOWS: readonly string[] = ['category', 'toArchive', 'updatedAt'];

/** What the record says otherwise than the workflow; null: nothing. */
export function differenceOf({ row, events }: Recorded, truth: CaseTruth): Difference | null {
  const last = truth.steps.at(-1);
  if (!last) return null;
  const problems = row ? rowProblems(row, last, truth) : ['it is not in the record'];
  const wanted = new Map(truth.steps.flatMap(eventRows).map((event) => [event.seq, event]));
  const found = new Map(events.map((event) => [event.seq, event]));
  const first = truth.whole ? 1 : Math.min(...wanted.keys());
  const missing = [...wanted.keys()].filter((seq) => !found.has(seq));
  const changed = [...wanted.values()].filter((event) => {
    const there = found.get(event.seq);
    return there !== undefined && told(there) !== told(event);
  });
  const foreign = [...found.keys()].filter((seq) => seq >= first && !wanted.has(seq));
  if (missing.length > 0) problems.push(`events missing: ${missing.join(', ')}`);
  if (changed.length > 0) problems.push(`events altered: ${changed.map(({ seq }) => seq).join(', ')}`);
  if (foreign.length > 0) problems.push(`events that never happened: ${foreign.join(', ')}`);
  if (problems.length === 0) return null;
  return { problems, wrongEvents: [...changed.map(({ seq }) => seq), ...foreign] };
}

function rowProblems(row: GrievanceEntity, { state }: StepRecord, { steps, whole }: CaseTruth): string[] {
  const registration = steps.find((step) => step.registration)?.registration;
  const wanted = caseRow(state, registration, row.category, row.updatedAt);
  const columns = Object.keys(wanted) as (keyof GrievanceEntity & string)[];
  const left: readonly string[] = whole ? NOT_THE_WORKFLOWS : [...NOT_THE_WORKFLOWS, ...REGISTRATION_COLUMNS];
  return columns
    .filter((column) => !left.includes(column) && canonicalJson(row[column]) !== canonicalJson(wanted[column]))
    .map((column) =>
      column === 'snapshot' || (REGISTRATION_COLUMNS as readonly string[]).includes(column)
        ? `${column} differs`
        : `${column} is ${canonicalJson(row[column])}, by the workflow ${canonicalJson(wanted[column])}`,
    );
}

/** An event without what the record adds by itself, and without what a replay sees by another clock. */
function told({ data, takenAt: _taken, ...event }: GrievanceEventEntity): string {
  const { noContact: _added, ...own } = data;
  return canonicalJson({ ...event, data: own });
}
