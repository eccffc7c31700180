import { freshCase, Story, type ActorKey } from './case-fixtures.js';
import type { CaseStateName, DeadlineKind } from './names.js';
import type { CaseState } from './types.js';

/** A case in a certain situation, and what the rules make of the people in it. */
export interface Situation {
  case: () => CaseState;
  state: CaseStateName;
  /** Who holds the owning post; none while the GRO stands in. */
  owner?: ActorKey;
  /** The accountable escalation officer, from level 1 on. */
  officer?: ActorKey;
  /** Who besides GRO and officer may decide on a requested reassignment. */
  decides?: readonly ActorKey[];
  pauses?: number;
  askedFromUnassigned?: true;
  capped?: true;
  ratedBy?: readonly ActorKey[];
  /** Who gave the present answer. */
  answeredBy?: ActorKey;
  deadlines: readonly DeadlineKind[];
}

/** All cases have one follower. */
const begin = (): Story => Story.routed().does('follower', 'follow');
const ownerless = (): Story => Story.routed({ candidates: [] }).does('follower', 'follow');
const reopened = (): Story => begin().does('lme', 'resolve').does('filer', 'reopen');
const reopenedTwice = (): Story => reopened().does('ee', 'resolve').does('filer', 'reopen');
const directed = (): Story => reopened().does('ee', 'direct');
const pausedTwice = (): Story =>
  begin().does('lme', 'ask-citizen').does('lme', 'recall').does('lme', 'ask-citizen').does('lme', 'recall');

const CLOCK = ['sla_reminder', 'level_deadline'] as const;
const WINDOW = ['rating_reminder', 'window_end'] as const;

export const SITUATIONS: Readonly<Record<string, Situation>> = {
  'just registered': {
    case: () => ({ ...freshCase(), followers: ['citizen:follower'] }),
    state: 'registered',
    deadlines: CLOCK,
  },
  unassigned: { case: () => ownerless().state, state: 'awaiting_assignment', deadlines: CLOCK },
  'unassigned and overdue': {
    case: () => ownerless().until('level_deadline').state,
    state: 'awaiting_assignment',
    owner: 'ee',
    officer: 'ee',
    deadlines: ['level_deadline'],
  },
  assigned: { case: () => begin().state, state: 'assigned', owner: 'lme', deadlines: CLOCK },
  'assigned with a directive': {
    case: () => begin().does('mayorsOffice', 'directive').state,
    state: 'assigned',
    owner: 'lme',
    deadlines: [...CLOCK, 'directive_due'],
  },
  'assigned, reminded': {
    case: () => begin().until('sla_reminder').state,
    state: 'assigned',
    owner: 'lme',
    deadlines: ['level_deadline'],
  },
  'assigned, level 1': {
    case: () => begin().until('level_deadline').state,
    state: 'assigned',
    owner: 'lme',
    officer: 'ee',
    deadlines: ['level_deadline'],
  },
  'assigned, overdue at the top': {
    case: () =>
      begin().until('level_deadline').until('level_deadline').until('level_deadline').until('level_deadline').state,
    state: 'assigned',
    owner: 'lme',
    officer: 'osd',
    deadlines: ['daily_digest'],
  },
  'assigned, two pauses used': {
    case: () => pausedTwice().state,
    state: 'assigned',
    owner: 'lme',
    pauses: 2,
    deadlines: CLOCK,
  },
  'assigned, three pauses used': {
    case: () => pausedTwice().does('gro', 'ask-citizen').does('filer', 'answer').state,
    state: 'assigned',
    owner: 'lme',
    pauses: 3,
    deadlines: CLOCK,
  },
  directed: {
    case: () => directed().state,
    state: 'assigned',
    owner: 'lme',
    officer: 'ee',
    deadlines: ['level_deadline'],
  },
  'reassignment requested': {
    case: () => begin().does('lme', 'request-reassignment').state,
    state: 'reassignment_requested',
    owner: 'lme',
    decides: [],
    deadlines: [...CLOCK, 'decision_deadline'],
  },
  'reassignment requested, decision overdue': {
    case: () =>
      Story.routed({ slaHours: 999 })
        .does('follower', 'follow')
        .does('lme', 'request-reassignment')
        .until('decision_deadline').state,
    state: 'reassignment_requested',
    owner: 'lme',
    decides: ['ee'],
    deadlines: [...CLOCK, 'decision_deadline'],
  },
  'reassignment requested of the officer who directed, now a level below': {
    case: () => directed().does('lme', 'request-reassignment').until('level_deadline').state,
    state: 'reassignment_requested',
    owner: 'lme',
    officer: 'dyce',
    decides: ['ee'],
    deadlines: ['level_deadline', 'decision_deadline'],
  },
  'waiting for the citizen': {
    case: () => begin().does('lme', 'ask-citizen').state,
    state: 'awaiting_citizen',
    owner: 'lme',
    pauses: 1,
    deadlines: ['citizen_silence'],
  },
  'waiting, level 1': {
    case: () => begin().until('level_deadline').does('lme', 'ask-citizen').state,
    state: 'awaiting_citizen',
    owner: 'lme',
    officer: 'ee',
    pauses: 1,
    deadlines: ['citizen_silence'],
  },
  'waiting, asked while unassigned': {
    case: () => ownerless().does('gro', 'ask-citizen').state,
    state: 'awaiting_citizen',
    pauses: 1,
    askedFromUnassigned: true,
    deadlines: ['citizen_silence'],
  },
  'reopened once': {
    case: () => reopened().state,
    state: 'reopened',
    owner: 'ee',
    officer: 'ee',
    deadlines: ['level_deadline'],
  },
  'reopened twice': {
    case: () => reopenedTwice().state,
    state: 'reopened',
    owner: 'dyce',
    officer: 'dyce',
    capped: true,
    deadlines: ['level_deadline'],
  },
  resolved: {
    case: () => begin().does('lme', 'resolve').state,
    state: 'resolved',
    owner: 'lme',
    answeredBy: 'lme',
    deadlines: WINDOW,
  },
  'resolved, reminded': {
    case: () => begin().does('lme', 'resolve').until('rating_reminder').state,
    state: 'resolved',
    owner: 'lme',
    answeredBy: 'lme',
    deadlines: ['window_end'],
  },
  'resolved by the accountable officer': {
    case: () => begin().until('level_deadline').does('ee', 'resolve').state,
    state: 'resolved',
    owner: 'lme',
    officer: 'ee',
    answeredBy: 'ee',
    deadlines: WINDOW,
  },
  'resolved, rated by the filer': {
    case: () => begin().does('lme', 'resolve').does('filer', 'rate').state,
    state: 'resolved',
    owner: 'lme',
    answeredBy: 'lme',
    ratedBy: ['filer'],
    deadlines: WINDOW,
  },
  'resolved, rated by the follower': {
    case: () => begin().does('lme', 'resolve').does('follower', 'rate').state,
    state: 'resolved',
    owner: 'lme',
    answeredBy: 'lme',
    ratedBy: ['follower'],
    deadlines: WINDOW,
  },
  'resolved after two reopenings': {
    case: () => reopenedTwice().does('dyce', 'resolve').state,
    state: 'resolved',
    owner: 'dyce',
    officer: 'dyce',
    answeredBy: 'dyce',
    capped: true,
    deadlines: WINDOW,
  },
  rejected: {
    case: () => begin().does('gro', 'reject').state,
    state: 'rejected',
    owner: 'lme',
    answeredBy: 'gro',
    deadlines: WINDOW,
  },
  closed: { case: () => begin().does('filer', 'withdraw').state, state: 'closed', owner: 'lme', deadlines: [] },
};
