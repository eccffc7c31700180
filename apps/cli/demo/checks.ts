import type { GrievanceEventEntity } from '#libs/persistence/entities/index';
import type { RecordedCase } from './record.js';

const HAPPY = ['registered', 'assigned', 'resolved', 'rated', 'closed'];
const MOST_HAPPY_EVENTS = 28;
const MOST_REOPEN_EVENTS = 20;

/** Columns of the record that the log tells the last value of. */
const TOLD = [
  'state',
  'outcome',
  'owner',
  'accountable',
  'level',
  'dueAt',
  'reopens',
  'department',
  'subCategory',
  'ward',
] as const;

/** What the record of one case contradicts itself in; empty when log and row agree. */
export function contradictionsIn({ row, events }: Pick<RecordedCase, 'row' | 'events'>): string[] {
  const faults: string[] = [];
  const say = (what: string): void => void faults.push(`${row.number}: ${what}`);
  const sequence = events.map(({ seq }) => seq);
  if (sequence.length !== row.version || sequence.some((seq, index) => seq !== index + 1)) {
    say(`version ${row.version}, but the events are ${sequence.join(',')}`);
  }
  const told = lastToldIn(events);
  for (const field of TOLD) {
    const column = row[field] ?? null;
    if ((told.get(field) ?? null) !== column) say(`${field} is ${column}, the log says ${told.get(field) ?? null}`);
  }
  const times = (name: string): GrievanceEventEntity[] => events.filter(({ event }) => event === name);
  const figures: [string, unknown, unknown][] = [
    ['registeredAt', row.registeredAt, times('registered')[0]?.at],
    ['closedAt', row.closedAt, times('closed').at(-1)?.at ?? null],
    ['reopens', row.reopens, times('reopened').length],
    ['rating', row.rating, times('rated').at(-1)?.data['rating'] ?? null],
    ['level reached', row.level >= times('escalated').length, true],
  ];
  for (const [what, column, log] of figures)
    if (column !== log) say(`${what} is ${String(column)}, the log says ${String(log)}`);
  return faults;
}

/** The log from its first event on: what each event says has changed. */
function lastToldIn(events: readonly GrievanceEventEntity[]): Map<string, unknown> {
  const told = new Map<string, unknown>([['reopens', 0]]);
  for (const { data } of events) {
    const changed = (data['to'] as Record<string, unknown> | undefined) ?? (data['from'] === undefined ? data : {});
    for (const field of TOLD) if (field in changed) told.set(field, changed[field]);
    if ('state' in data) told.set('state', data['state']);
  }
  return told;
}

/** Figures that the log gives for all cases, against those of the rows. */
export function figuresByState(cases: readonly RecordedCase[]): {
  log: Map<string, number>;
  rows: Map<string, number>;
} {
  const log = new Map<string, number>();
  const rows = new Map<string, number>();
  for (const { row, events } of cases) {
    const told = lastToldIn(events);
    add(log, standing(told.get('state'), told.get('outcome')));
    add(rows, standing(row.state, row.outcome));
  }
  return { log, rows };
}

function standing(state: unknown, outcome: unknown): string {
  return state === 'closed' ? `closed as ${String(outcome)}` : String(state);
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

export interface HistoryCost {
  happy: number[];
  reopened: number[];
  all: number[];
  faults: { number: string; text: string }[];
}

/**
 * What cases cost in Temporal's history: a happy one at most 28 events, each reopening at most 20 more. Only cases
 * that went exactly this way are judged, because comments and clocks cost events of their own.
 * @param lengths history events by number
 */
export function historyCost(cases: readonly RecordedCase[], lengths: ReadonlyMap<string, number>): HistoryCost {
  const cost: HistoryCost = { happy: [], reopened: [], all: [], faults: [] };
  for (const { row, events } of cases) {
    const length = lengths.get(row.number);
    if (length === undefined) {
      cost.faults.push({ number: row.number, text: 'Temporal knows no history' });
      continue;
    }
    cost.all.push(length);
    const cycles = reopenCycles(events.map(({ event }) => event));
    if (cycles === null) continue;
    (cycles === 0 ? cost.happy : cost.reopened).push(length);
    const most = MOST_HAPPY_EVENTS + cycles * MOST_REOPEN_EVENTS;
    if (length > most) {
      cost.faults.push({ number: row.number, text: `${length} history events, at most ${most} were expected` });
    }
  }
  return cost;
}

/** How often a case that was otherwise happy was reopened by a rating; null when more than that happened to it. */
function reopenCycles(events: readonly string[]): number | null {
  const cycles = (events.length - HAPPY.length) / 3;
  if (!Number.isInteger(cycles) || cycles < 0) return null;
  const reopened = Array.from({ length: cycles }, () => ['resolved', 'rated', 'reopened']).flat();
  const expected = ['registered', 'assigned', ...reopened, 'resolved', 'rated', 'closed'];
  return expected.every((event, index) => event === events[index]) ? cycles : null;
}
