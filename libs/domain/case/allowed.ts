import { COMMANDS, type CommandName } from './names.js';
import { gate } from './transitions.js';
import type { Actor, CaseState, DecisionContext } from './types.js';

/** The commands that decide() accepts from this actor now, given a good body. */
export function allowedActions(state: CaseState, actor: Actor, _ctx?: DecisionContext): CommandName[] {
  return COMMANDS.filter((name) => gate(state, name, actor).ok);
}
