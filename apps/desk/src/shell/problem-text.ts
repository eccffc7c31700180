import type { TFunction } from 'i18next';
import { ApiProblem, Unreachable } from '../api/problem.js';

/** What went wrong and what to do, in the reader's language where the code is known; the server's words otherwise. */
export function problemText(error: unknown, t: TFunction): string {
  if (error instanceof Unreachable) return t('problem.unreachable');
  if (!(error instanceof ApiProblem)) return t('problem.unexpected');
  switch (error.code) {
    case 'wrong_credentials':
      return t('problem.wrong_credentials');
    case 'account_locked':
      return t('problem.locked');
    case 'worker_unavailable':
      return t('problem.worker_unavailable');
    case 'already_rated':
      return t('problem.already_rated');
    default:
  }
  if (error.status === 404) return t('problem.not_found');
  if (error.status === 429) return t('problem.too_many');
  if (error.status >= 500) return t('problem.server');
  return error.message;
}

/** A field's problem by its stable code; what the server expected stands behind it. */
export function fieldText(problem: { problem: string; expected: string }, t: TFunction): string {
  const known = [
    'required',
    'unknown',
    'too_long',
    'too_short',
    'out_of_range',
    'wrong_type',
    'not_allowed',
    'wrong',
    'unchanged',
  ] as const;
  const code = known.find((name) => name === problem.problem);
  if (code === 'wrong' || code === 'unchanged') return t(`problem.field.${code}`);
  return code ? `${t(`problem.field.${code}`)} ${problem.expected}`.trim() : problem.expected || problem.problem;
}
