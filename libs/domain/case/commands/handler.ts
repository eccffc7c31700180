import type { Draft } from '../draft.js';
import type { CommandName } from '../names.js';
import type { Capacity } from '../relations.js';
import type { Actor, CaseState, CommandBodies, DecisionContext, FieldProblem } from '../types.js';

export interface Given<N extends CommandName> {
  state: CaseState;
  actor: Actor;
  capacity: Capacity;
  body: CommandBodies[N];
  ctx: DecisionContext;
}

/** One command: what may be wrong with its body, and what it does once everything is right. */
export interface Handler<N extends CommandName> {
  check(given: Given<N>): FieldProblem[];
  apply(draft: Draft, given: Given<N>): void;
}

export type Handlers<N extends CommandName> = { readonly [Name in N]: Handler<Name> };
