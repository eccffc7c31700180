import { CaseworkProblem } from '#libs/casework/problem';

/** The body as an object; a missing one is an empty one. Casework checks its fields, in the order its rules ask for. */
export function jsonObject(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined || body === null) return {};
  if (typeof body === 'object' && !Array.isArray(body)) return body as Record<string, unknown>;
  throw CaseworkProblem.invalid([{ field: 'body', problem: 'wrong_type', expected: 'a JSON object' }]);
}
