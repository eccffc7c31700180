import { startClock, timesOf } from './clock.js';
import type { CaseEvent, CaseState, DecisionContext } from './types.js';
import type { Role } from './names.js';

/** What a case begins with. */
export interface OpenInput extends Pick<
  CaseState,
  'number' | 'tenant' | 'subCategory' | 'department' | 'ward' | 'borough' | 'source' | 'location' | 'filer' | 'rules'
> {
  type?: CaseState['type'];
  /** Epoch ms. */
  now: number;
  calendar: DecisionContext['calendar'];
}

/** A fresh case: `registered`, version 1, its SLA clock running; routing follows at once as a command of its own. */
export function open(input: OpenInput): CaseState {
  const { now, calendar, type = 'grievance', ...given } = input;
  const clock = startClock(given.rules, 0, now);
  const times = timesOf({ clock, rules: given.rules, level: 0, reminded: false }, calendar);
  return {
    number: given.number,
    tenant: given.tenant,
    type,
    state: 'registered',
    outcome: null,
    subCategory: given.subCategory,
    department: given.department,
    ward: given.ward,
    borough: given.borough,
    source: given.source,
    location: given.location,
    owner: null,
    accountable: given.rules.gro,
    level: 0,
    registeredAt: now,
    ...times,
    resolvedAt: null,
    closedAt: null,
    reopens: 0,
    rating: null,
    remarks: null,
    filer: given.filer,
    followers: [],
    version: 1,
    rules: given.rules,
    clock,
    barred: [],
    directedBy: null,
    waiting: null,
    ownerPauses: 0,
    extraPauses: 0,
    request: null,
    answer: null,
    silent: false,
    directive: null,
    reminded: false,
    digestAt: null,
    duplicateOf: null,
  };
}

/**
 * The event of a fresh case, derived from its state, so that a workflow can record it without carrying it.
 * `lodgedBy` is the staff member who lodged it for the citizen.
 */
export function registeredEvent(state: CaseState, lodgedBy?: { id: string; role: string; name?: string }): CaseEvent {
  return {
    seq: 1,
    at: state.registeredAt,
    event: 'registered',
    actor: lodgedBy
      ? {
          id: lodgedBy.id,
          role: lodgedBy.role as Role,
          ...(lodgedBy.name !== undefined && { name: lodgedBy.name }),
          onBehalf: true,
        }
      : { id: state.filer ?? 'citizen', role: 'citizen' },
    text: null,
    public: true,
    data: {
      state: state.state,
      source: state.source,
      subCategory: state.subCategory,
      department: state.department,
      ward: state.ward,
      borough: state.borough,
      accountable: state.accountable,
      level: state.level,
      slaHours: state.rules.slaHours,
      calendar: state.rules.calendar,
      dueAt: state.dueAt,
    },
  };
}
