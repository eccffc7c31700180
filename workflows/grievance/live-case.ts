import { ApplicationFailure, log } from '@temporalio/workflow';
import type { OfficeCalendar } from '#libs/domain/calendar/types';
import { decide } from '#libs/domain/case/decide';
import { registeredEvent } from '#libs/domain/case/registration';
import type { CaseState, Decision, DecisionContext, Refusal, SystemCommand } from '#libs/domain/case/types';
import {
  REFUSED,
  type CommandRequest,
  type CommandResult,
  type GrievanceStart,
  type Registration,
  type SeenUpdate,
  type StepRecord,
} from '#libs/contracts/temporal/grievance';
import { nextWake, passDeadlines } from './deadlines.js';
import type { Recorder } from './recorder.js';
import { SYSTEM } from './system-actor.js';

/** Updates remembered over a continue-as-new: more than anyone repeats, and less than 100 kB in the new run's input. */
const REMEMBERED_UPDATES = 500;
/** How far the clock of a process that registers or gives commands may be off; a case is not to age by a wrong clock. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

/** The case as it stands. Every method that changes it does so at once, without waiting for anything. */
export class LiveCase {
  /** When the clocks must be looked at next, epoch ms; null while no clock runs. */
  wakeAt: number | null;
  private current: CaseState;
  private calendar: OfficeCalendar;
  private readonly seen: Map<string, SeenUpdate>;
  /** The time of the case, epoch ms: of its registration or the last command, signal or timer, and never back. */
  private now: number;

  constructor(
    start: GrievanceStart,
    private readonly recorder: Recorder,
  ) {
    this.current = start.state;
    this.calendar = start.calendar;
    this.seen = new Map(start.seen?.map((update) => [update.id, update]));
    this.now = timeAtBegin(start);
    this.wakeAt = nextWake(start.state, this.now);
  }

  get state(): CaseState {
    return this.current;
  }

  get isClosed(): boolean {
    return this.current.state === 'closed';
  }

  /** The first step: who gets it. */
  route(registration: Registration): void {
    const registered = registeredEvent(this.current, registration.lodgedBy);
    const routed = accepted(decide(this.current, { name: 'route', actor: SYSTEM }, this.context()));
    this.apply({ ...routed, events: [registered, ...routed.events] }, { registration });
  }

  /** Throws the refusal that an update's caller gets; changes nothing. */
  check(request: CommandRequest): void {
    if (this.seen.has(request.id)) return;
    const { at = Date.now() } = request;
    if (Math.abs(at - Date.now()) > CLOCKS_DIFFER_MS) throw wrongClock(at);
    const context = { ...this.context(), now: Math.max(this.now, at) };
    const { state } = passDeadlines(this.current, context);
    accepted(decide(state, request.command, context));
  }

  /** Carries out a command once; a repeated one is answered as before. */
  carryOut({ id, bodyHash, command, at }: CommandRequest): CommandResult {
    const earlier = this.seen.get(id);
    if (earlier) return { state: this.current, bodyHash: earlier.bodyHash };
    this.passTime(at);
    this.meetDeadlines();
    this.apply(accepted(decide(this.current, command, this.context())), { update: { id, bodyHash } });
    this.remember({ id, bodyHash, version: this.current.version });
    return { state: this.current, bodyHash };
  }

  /** Lets the time of the case go on to that of a command, or to the clock's where nothing else tells it. */
  passTime(at = Date.now()): void {
    this.now = Math.max(this.now, at);
  }

  /** Takes the case through every deadline that has passed by its time. */
  meetDeadlines(): void {
    const context = this.context();
    const { state, steps, refused } = passDeadlines(this.current, context);
    if (refused.length > 0) log.error('The rules refuse their own deadlines', { refused });
    this.current = state;
    this.recorder.add(...steps);
    this.wakeAt = nextWake(state, context.now);
  }

  /** Puts the deadlines on a newer calendar; one that the case has already, or an older one, changes nothing. */
  recompute(order: string, calendar: OfficeCalendar): void {
    this.passTime();
    this.meetDeadlines();
    if (this.isClosed || calendar.version <= this.calendar.version) return;
    this.calendar = calendar;
    this.take({ name: 'recompute', order, actor: SYSTEM });
  }

  /** Takes over the followers of a duplicate; those who are told of the case already change nothing. */
  adopt(from: string, persons: readonly string[]): void {
    this.passTime();
    this.meetDeadlines();
    this.take({ name: 'adopt', from, persons, actor: SYSTEM });
  }

  carriedOn(): GrievanceStart {
    return { state: this.current, calendar: this.calendar, at: this.now, seen: [...this.seen.values()] };
  }

  /** A fact that nobody waits for: where the rules refuse it, it is of no consequence. */
  private take(command: SystemCommand): void {
    const decision = decide(this.current, command, this.context());
    if (decision.ok) this.apply(decision);
  }

  private apply({ next, events, notices }: Decision & { ok: true }, more: Partial<StepRecord> = {}): void {
    this.current = next;
    if (events.length > 0) this.recorder.add({ state: next, events, notices, ...more });
    // An undone answer, or a calendar with more working time, can bring back a deadline that has passed meanwhile.
    this.meetDeadlines();
  }

  private remember(update: SeenUpdate): void {
    this.seen.set(update.id, update);
    const [oldest] = this.seen.keys();
    if (this.seen.size > REMEMBERED_UPDATES && oldest !== undefined) this.seen.delete(oldest);
  }

  private context(): DecisionContext {
    return { now: this.now, calendar: this.calendar };
  }
}

function timeAtBegin({ at }: GrievanceStart): number {
  return at === undefined ? Date.now() : Math.min(at, Date.now() + CLOCKS_DIFFER_MS);
}

function accepted(decision: Decision): Decision & { ok: true } {
  if (decision.ok) return decision;
  throw refusedWith(decision.refusal);
}

function wrongClock(at: number): ApplicationFailure {
  const seconds = Math.round((at - Date.now()) / 1_000);
  const message = `The clock of the process that gave this command is ${seconds} s off: set it right`;
  return ApplicationFailure.create({ message, type: 'WrongClock', nonRetryable: true });
}

function refusedWith(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.create({ message: refusal.reason, type: REFUSED, nonRetryable: true, details: [refusal] });
}
