import { allowedActions } from './allowed.js';
import { mergeProblems } from './body-checks.js';
import { HANDLERS } from './commands/index.js';
import type { Handler } from './commands/handler.js';
import { Draft } from './draft.js';
import type { CommandName } from './names.js';
import { carryOut, systemConflict } from './system.js';
import { gate } from './transitions.js';
import type { Actor, CaseCommand, CaseState, Decision, DecisionContext, Refusal, SystemCommand } from './types.js';

type UserCommand<N extends CommandName> = Extract<CaseCommand, { name: N }>;

function refuse(state: CaseState, actor: Actor, refusal: Omit<Refusal, 'state' | 'allowed'>): Decision {
  return { ok: false, refusal: { ...refusal, state: state.state, allowed: allowedActions(state, actor) } };
}

function isSystem(command: CaseCommand | SystemCommand): command is SystemCommand {
  return ['route', 'deadline', 'recompute', 'adopt'].includes(command.name);
}

function decideUser<N extends CommandName>(state: CaseState, command: UserCommand<N>, ctx: DecisionContext): Decision {
  const { actor, name } = command;
  const body = command.body ?? {};
  const person = 'person' in body ? body.person : undefined;
  const passed = gate(state, name, actor, person);
  if (!passed.ok) return refuse(state, actor, { status: passed.status, code: passed.code, reason: passed.reason });
  const { capacity } = passed;
  // The compiler cannot tie a name to the handler of the same name through the union.
  const handler = HANDLERS[name] as unknown as Handler<CommandName>;
  const given = { state, actor, capacity, body, ctx };
  const problems = mergeProblems(command.problems ?? [], handler.check(given));
  if (problems.length > 0) {
    const reason = problems
      .map(({ field, problem, expected }) => `${field}: ${problem}, expected ${expected}`)
      .join('; ');
    return refuse(state, actor, { status: 422, code: 'validation', reason, problems });
  }
  const draft = new Draft(state, actor, capacity, ctx);
  handler.apply(draft, given);
  return draft.done();
}

/**
 * The whole rule book: what a command does to a case, or why it is refused. Pure: time and calendar come in `ctx`.
 * Refusals are decided in the order 404, 403 (role), 409 (state), 403 (relation), 409 (limits), 422 (body).
 */
export function decide(state: CaseState, command: CaseCommand | SystemCommand, ctx: DecisionContext): Decision {
  if (!isSystem(command)) return decideUser(state, command, ctx);
  const conflict = systemConflict(state, command, ctx);
  if (conflict !== null) {
    const reason = `${command.name} is not possible: ${conflict}.`;
    return refuse(state, command.actor, { status: 409, code: 'state_conflict', reason });
  }
  const draft = new Draft(state, command.actor, { role: 'system' }, ctx);
  carryOut(draft, command);
  return draft.done();
}
