import type { EventName, Role, TemplateId } from './names.js';
import type { Capacity } from './relations.js';
import type { Actor, Audience, CaseEvent, CaseState, Decision, DecisionContext, Notice } from './types.js';

/** Fields whose change every event tells, so that each figure can be derived from the log alone. */
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
] as const satisfies readonly (keyof CaseState)[];

/** Events that a citizen does not see. */
const INTERNAL: readonly EventName[] = [
  'reassignment_requested',
  'reassignment_declined',
  'directed',
  'directive_given',
  'directive_overdue',
  'followed',
  'unfollowed',
  'sla_reminded',
  'decision_overdue',
  'digest_due',
  'recomputed',
];

export interface Entry {
  patch?: Partial<CaseState>;
  text?: string | null;
  public?: boolean;
  data?: Readonly<Record<string, unknown>>;
}

export interface NoticeExtras {
  to?: readonly string[];
  quietHours?: boolean;
  data?: Readonly<Record<string, string | number>>;
}

/** What changed between two states, as `from` and `to` of an event; empty when nothing told did. */
export function changesBetween(before: CaseState, after: CaseState): Record<string, unknown> {
  const changed = TOLD.filter((field) => before[field] !== after[field]);
  if (changed.length === 0) return {};
  return {
    from: Object.fromEntries(changed.map((field) => [field, before[field]])),
    to: Object.fromEntries(changed.map((field) => [field, after[field]])),
  };
}

/** A decision in the making: each event takes the next version and carries its own part of the change. */
export class Draft {
  private readonly events: CaseEvent[] = [];
  private readonly notices: Notice[] = [];
  private readonly by: CaseEvent['actor'];

  constructor(
    public state: CaseState,
    actor: Actor,
    capacity: Capacity | { role: Role | 'system' },
    public readonly ctx: DecisionContext,
  ) {
    this.by = {
      id: actor.id,
      role: capacity.role,
      ...(actor.name !== undefined && { name: actor.name }),
      ...('onBehalf' in capacity && capacity.onBehalf && { onBehalf: true }),
      ...('post' in capacity && capacity.post !== undefined && { post: capacity.post }),
    };
  }

  append(event: EventName, entry: Entry = {}): this {
    const seq = this.state.version + 1;
    const next: CaseState = { ...this.state, ...entry.patch, version: seq };
    this.events.push({
      seq,
      at: this.ctx.now,
      event,
      actor: this.by,
      text: entry.text ?? null,
      public: entry.public ?? !INTERNAL.includes(event),
      data: { state: next.state, ...changesBetween(this.state, next), ...entry.data },
    });
    this.state = next;
    return this;
  }

  /** A notice caused by the last event. */
  tell(template: TemplateId, audience: Audience, extras: NoticeExtras = {}): this {
    this.notices.push({ template, audience, seq: this.state.version, ...extras });
    return this;
  }

  done(): Decision {
    return { ok: true, next: this.state, events: this.events, notices: this.notices };
  }
}
