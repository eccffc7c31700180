import { decide } from '#libs/domain/case/decide';
import { nextDeadlines } from '#libs/domain/case/deadlines';
import type { DeadlineKind } from '#libs/domain/case/names';
import type { CaseState, DecisionContext } from '#libs/domain/case/types';
import type { StepRecord } from '#libs/contracts/temporal/grievance';
import { SYSTEM } from './system-actor.js';

export interface Passed {
  state: CaseState;
  steps: StepRecord[];
  /** Deadlines that the rules would not take: an error in the rules, which must not keep the case from anything else. */
  refused: DeadlineKind[];
}

/**
 * The case after every deadline up to `now`. Commands are judged on this state, so that the outcome does not depend on
 * whether the timer or the command reaches the workflow first, nor on how long no worker was there.
 */
export function passDeadlines(before: CaseState, context: DecisionContext): Passed {
  const passed: Passed = { state: before, steps: [], refused: [] };
  const tried = new Set<string>();
  for (;;) {
    const due = nextDeadlines(passed.state).find(({ kind, at }) => at <= context.now && !tried.has(`${kind}@${at}`));
    if (!due) return passed;
    tried.add(`${due.kind}@${due.at}`);
    const decision = decide(passed.state, { name: 'deadline', kind: due.kind, actor: SYSTEM }, context);
    if (!decision.ok) {
      passed.refused.push(due.kind);
      continue;
    }
    const { next, events, notices } = decision;
    passed.state = next;
    if (events.length > 0) passed.steps.push({ state: next, events, notices });
  }
}

/** When the case must look at its clocks again, epoch ms after `now`; null if it waits for people alone. */
export function nextWake(state: CaseState, now: number): number | null {
  return nextDeadlines(state).find(({ at }) => at > now)?.at ?? null;
}
