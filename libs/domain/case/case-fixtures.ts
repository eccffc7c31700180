import type { OfficeCalendar } from '../calendar/types.js';
import { decide } from './decide.js';
import { nextDeadlines } from './deadlines.js';
import type { CommandName, DeadlineKind, Role } from './names.js';
import { open, type OpenInput } from './registration.js';
import type {
  Actor,
  CaseCommand,
  CaseRules,
  CaseState,
  CommandBodies,
  Decision,
  DecisionContext,
  PostRef,
  Refusal,
  SystemCommand,
} from './types.js';

/** A small city for the specs of the rules: one department at work, another beside it. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Monday 5 January 2026, 10:00 in Kolkata. */
export const MONDAY = Date.parse('2026-01-05T04:30:00Z');

export const CITY: OfficeCalendar = {
  version: 1,
  zone: 'Asia/Kolkata',
  week: {
    1: [{ from: 600, to: 1080 }],
    2: [{ from: 600, to: 1080 }],
    3: [{ from: 600, to: 1080 }],
    4: [{ from: 600, to: 1080 }],
    5: [{ from: 600, to: 1080 }],
  },
  holidays: [],
};

function post(position: string, role: Role, department = 'WATER'): PostRef {
  return { position, designation: position, role, department, holder: `user:${position}` };
}

export const POSTS = {
  lme: post('WATER-LME-1', 'lme'),
  spare: post('WATER-LME-2', 'lme'),
  gro: post('WATER-GRO', 'gro'),
  ee: post('WATER-EE', 'escalation_officer'),
  dyce: post('WATER-DYCE', 'escalation_officer'),
  osd: post('COMMISSIONER-OSD', 'escalation_officer', 'COMMISSIONER'),
  roadsLme: post('ROADS-LME-1', 'lme', 'ROADS'),
  roadsGro: post('ROADS-GRO', 'gro', 'ROADS'),
  roadsEe: post('ROADS-EE', 'escalation_officer', 'ROADS'),
} as const;

function officer(held: PostRef): Actor {
  return { id: `user:${held.position}`, roles: [held.role], posts: [held], name: `Officer ${held.position}` };
}

export function person(id: string, role: Role): Actor {
  return { id, roles: [role], posts: [] };
}

export const ACTORS = {
  filer: person('citizen:filer', 'citizen'),
  follower: person('citizen:follower', 'citizen'),
  stranger: person('citizen:stranger', 'citizen'),
  lme: officer(POSTS.lme),
  spare: officer(POSTS.spare),
  gro: officer(POSTS.gro),
  ee: officer(POSTS.ee),
  dyce: officer(POSTS.dyce),
  osd: officer(POSTS.osd),
  roadsLme: officer(POSTS.roadsLme),
  roadsGro: officer(POSTS.roadsGro),
  callCentre: person('user:call', 'call_centre'),
  mayorsOffice: person('user:mayor', 'mayors_office'),
  admin: person('user:admin', 'tenant_admin'),
  auditor: person('user:auditor', 'auditor'),
} as const satisfies Record<string, Actor>;
export type ActorKey = keyof typeof ACTORS;

export const SYSTEM: Actor = { id: 'system', roles: ['system'], posts: [] };

export const RULES: CaseRules = {
  slaHours: 24,
  calendar: 'round_the_clock',
  levels: [
    { level: 1, position: 'WATER-EE', hours: 12 },
    { level: 2, position: 'WATER-DYCE', hours: 18 },
    { level: 3, position: 'COMMISSIONER-OSD', hours: 30 },
  ],
  gro: 'WATER-GRO',
  candidates: [POSTS.lme],
  evidencePhoto: false,
  hideComplainant: false,
  maxReopens: 2,
  ratingWindowDays: 15,
  ratingReminderDays: 7,
  silenceDays: 7,
  ownerPauses: 2,
  extraPauses: 1,
  rejectReasons: [
    'sub_judice',
    'service_matter',
    'private_dispute',
    'religious',
    'rti',
    'no_answer',
    'not_a_grievance',
  ],
  clockScale: 1,
};

export const ROADS_RULES: CaseRules = {
  ...RULES,
  slaHours: 48,
  levels: [
    { level: 1, position: 'ROADS-EE', hours: 10 },
    { level: 2, position: 'COMMISSIONER-OSD', hours: 20 },
  ],
  gro: 'ROADS-GRO',
  candidates: [POSTS.roadsLme],
};

type TransferTarget = NonNullable<CommandBodies['transfer']['target']>;

/** Where the cases of the specs are transferred to: the next ward, or the department beside. */
export const WARD_82: TransferTarget = {
  department: 'WATER',
  subCategory: 'WATER_NO_SUPPLY',
  ward: '082',
  borough: '10',
  rules: { ...RULES, candidates: [POSTS.spare] },
};
export const ROADS: TransferTarget = {
  department: 'ROADS',
  subCategory: 'ROADS_POTHOLE',
  ward: '081',
  borough: '10',
  rules: ROADS_RULES,
};

export function ctx(now: number, calendar: OfficeCalendar = CITY): DecisionContext {
  return { now, calendar };
}

export function freshCase(rules: Partial<CaseRules> = {}, input: Partial<OpenInput> = {}): CaseState {
  return open({
    number: 'KMC-26-0000001-1',
    tenant: 'kmc',
    subCategory: 'WATER_NO_SUPPLY',
    department: 'WATER',
    ward: '081',
    borough: '10',
    source: 'portal',
    location: { lat: 22.5, lon: 88.35 },
    filer: ACTORS.filer.id,
    rules: { ...RULES, ...rules },
    now: MONDAY,
    calendar: CITY,
    ...input,
  });
}

export function command<N extends CommandName>(name: N, who: ActorKey | Actor, body?: CommandBodies[N]): CaseCommand {
  const actor = typeof who === 'string' ? ACTORS[who] : who;
  return { name, actor, body: body ?? GOOD_BODIES[name] } as CaseCommand;
}

/** A body that is accepted wherever the command is. */
export const GOOD_BODIES: { [N in CommandName]: CommandBodies[N] } = {
  assign: { position: POSTS.spare.position, target: POSTS.spare },
  reassign: { position: POSTS.spare.position, target: POSTS.spare, reason: 'Nearer to the place' },
  transfer: { ward: '082', reason: 'Across the ward boundary', target: WARD_82 },
  'request-reassignment': { reason: 'Not my beat' },
  'decline-reassignment': { reason: 'It is your beat' },
  resolve: { remarks: 'Pipe repaired' },
  direct: { position: POSTS.lme.position, target: POSTS.lme, instruction: 'Repair it today' },
  'ask-citizen': { question: 'Which house?' },
  answer: { text: 'The blue one' },
  recall: {},
  rate: { rating: 5, remarks: 'Well done' },
  reopen: { reason: 'Still dry' },
  undo: { reason: 'Wrong case' },
  withdraw: { reason: 'Solved itself' },
  reject: { reasonCode: 'sub_judice', remarks: 'Before the court' },
  'mark-duplicate': { of: 'KMC-26-0000002-9', other: { number: 'KMC-26-0000002-9', tenant: 'kmc', open: true } },
  comment: { text: 'Seen' },
  attach: { attachments: [{ id: 'a1', mime: 'image/jpeg' }] },
  follow: { person: 'citizen:caller' },
  unfollow: { person: 'citizen:follower' },
  directive: { text: 'By Friday', dueAt: MONDAY + 4_000 * DAY },
};

export type Accepted = Extract<Decision, { ok: true }>;

export function accepted(state: CaseState, what: CaseCommand | SystemCommand, context: DecisionContext): Accepted {
  const decision = decide(state, what, context);
  if (!decision.ok)
    throw new Error(`refused: ${decision.refusal.status} ${decision.refusal.code} ${decision.refusal.reason}`);
  return decision;
}

export function refused(state: CaseState, what: CaseCommand | SystemCommand, context: DecisionContext): Refusal {
  const decision = decide(state, what, context);
  if (decision.ok) throw new Error(`accepted: ${decision.events.map((event) => event.event).join(', ')}`);
  return decision.refusal;
}

/** A case told as a story: each step is accepted or the story fails; keeps the last decision and the whole log. */
export class Story {
  now: number;
  last: Accepted | null = null;
  readonly log: Accepted['events'][number][] = [];

  constructor(
    public state: CaseState,
    public calendar: OfficeCalendar = CITY,
  ) {
    this.now = state.registeredAt;
  }

  static routed(rules: Partial<CaseRules> = {}, input: Partial<OpenInput> = {}): Story {
    return new Story(freshCase(rules, input)).system({ name: 'route', actor: SYSTEM });
  }

  after(ms: number): this {
    this.now += ms;
    return this;
  }

  does<N extends CommandName>(who: ActorKey | Actor, name: N, body?: CommandBodies[N]): this {
    return this.take(command(name, who, body));
  }

  system(what: SystemCommand): this {
    return this.take(what);
  }

  /** Lets time pass to the nearest deadline of that kind and carries it out. */
  until(kind: DeadlineKind): this {
    const deadline = nextDeadlines(this.state).find((candidate) => candidate.kind === kind);
    if (!deadline) throw new Error(`no ${kind} in ${this.state.state}`);
    this.now = Math.max(this.now, deadline.at);
    return this.take({ name: 'deadline', kind, actor: SYSTEM });
  }

  refuses<N extends CommandName>(who: ActorKey | Actor, name: N, body?: CommandBodies[N]): Refusal {
    return refused(this.state, command(name, who, body), ctx(this.now, this.calendar));
  }

  events(): string[] {
    return this.last?.events.map((event) => event.event) ?? [];
  }

  told(): string[] {
    return this.last?.notices.map((notice) => `${notice.template} → ${notice.audience}`) ?? [];
  }

  private take(what: CaseCommand | SystemCommand): this {
    this.last = accepted(this.state, what, ctx(this.now, this.calendar));
    this.state = this.last.next;
    this.log.push(...this.last.events);
    return this;
  }
}
