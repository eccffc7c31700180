import type { CaseState, FieldProblem, PostRef } from './types.js';

/** Longest text anybody may send, in Unicode code points. */
export const MAX_TEXT = 4_000;

/** A text of 1–4,000 characters, counted without the blanks around it. */
export function textProblems(field: string, value: unknown, required = true): FieldProblem[] {
  const expected = `1 to ${MAX_TEXT} characters`;
  if (value === undefined || value === null) return required ? [{ field, problem: 'required', expected }] : [];
  if (typeof value !== 'string') return [{ field, problem: 'wrong_type', expected: `a text of ${expected}` }];
  const length = [...value.trim()].length;
  if (length === 0) return required ? [{ field, problem: 'required', expected }] : [];
  return length > MAX_TEXT ? [{ field, problem: 'too_long', expected }] : [];
}

/** The text as it is kept: without blanks around it; null when there is none. */
export function keptText(value: string | undefined): string | null {
  const text = value?.trim();
  return text ? text : null;
}

export function ratingProblems(value: unknown): FieldProblem[] {
  const expected = 'a whole number from 1 to 5';
  if (value === undefined || value === null) return [{ field: 'rating', problem: 'required', expected }];
  if (typeof value !== 'number' || !Number.isInteger(value))
    return [{ field: 'rating', problem: 'wrong_type', expected }];
  return value < 1 || value > 5 ? [{ field: 'rating', problem: 'out_of_range', expected }] : [];
}

export function attachmentsProblems(value: unknown, required: boolean): FieldProblem[] {
  const expected = 'a list of attachment ids';
  if (value === undefined || value === null)
    return required ? [{ field: 'attachments', problem: 'required', expected }] : [];
  if (!Array.isArray(value)) return [{ field: 'attachments', problem: 'wrong_type', expected }];
  return required && value.length === 0 ? [{ field: 'attachments', problem: 'required', expected }] : [];
}

/** A post that exists and belongs to the case's department. */
export function postProblems(state: CaseState, position: unknown, target: PostRef | undefined): FieldProblem[] {
  const field = 'position';
  if (position === undefined || position === null || position === '') {
    return target
      ? departmentProblems(state, target)
      : [{ field, problem: 'required', expected: 'the code of a post' }];
  }
  if (typeof position !== 'string') return [{ field, problem: 'wrong_type', expected: 'the code of a post' }];
  if (!target) return [{ field, problem: 'unknown', expected: `a post of ${state.department}` }];
  return departmentProblems(state, target);
}

function departmentProblems(state: CaseState, target: PostRef): FieldProblem[] {
  return target.department === state.department
    ? []
    : [
        {
          field: 'position',
          problem: 'not_allowed',
          expected: `a post of ${state.department}; other departments by transfer`,
        },
      ];
}

/** Whether this post, or whoever holds it, owned the case or answered it before it was reopened. */
export function isBarred(state: CaseState, target: PostRef): boolean {
  return state.barred.some(
    (bar) =>
      bar.post === target.position ||
      (bar.person !== null && target.holder !== undefined && bar.person === target.holder),
  );
}

/** One problem a field: what the server found when it looked names up goes before what the rules find. */
export function mergeProblems(...lists: readonly (readonly FieldProblem[])[]): FieldProblem[] {
  const merged = new Map<string, FieldProblem>();
  for (const problem of lists.flat()) if (!merged.has(problem.field)) merged.set(problem.field, problem);
  return [...merged.values()];
}
