import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { MediaUnavailableError } from '#libs/casework/media-bucket';
import { CaseworkProblem, type ProblemDetails } from '#libs/casework/problem';
import type { CaseStateName, CommandName, Locale } from '#libs/domain/case/names';
import type { FieldProblem } from '#libs/domain/case/types';
import { MastersError } from '#libs/masters/index';
import { isUnreachable } from '#libs/persistence/record-errors';
import { wordsFor } from './problem-words.js';

export const PROBLEM_TYPE = 'application/problem+json';

/** Body of every answer that is not the one asked for (RFC 9457). */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  /** Stable; what clients switch on. */
  code: string;
  detail: string;
  errors?: readonly FieldProblem[];
  state?: CaseStateName;
  allowed?: readonly CommandName[];
}

const UNAVAILABLE = {
  status: 503,
  code: 'unavailable',
  detail: 'A part this needs is not there at the moment. Repeat it in a few seconds.',
};

const CODES: Readonly<Record<number, { code: string; detail: string }>> = {
  400: { code: 'malformed', detail: 'The body is not valid JSON.' },
  401: { code: 'unauthenticated', detail: 'Log in first: the session is missing, over or was ended.' },
  403: { code: 'forbidden', detail: 'Your role does not allow this.' },
  404: { code: 'not_found', detail: 'There is nothing at this address.' },
  405: { code: 'method_not_allowed', detail: 'This address does not answer that method.' },
  406: { code: 'not_acceptable', detail: 'None of the formats you accept is offered here.' },
  413: { code: 'too_large', detail: 'The body is larger than allowed here.' },
  415: { code: 'unsupported_media_type', detail: 'Send this as application/json.' },
  429: { code: 'too_many_requests', detail: 'Too many requests. Wait a little before the next one.' },
};

/** Any thrown value as what a caller may know of it; `null` stands for a fault of ours, of which nothing may leak. */
export function problemOf(error: unknown): ProblemDetails | null {
  if (error instanceof CaseworkProblem) return error.details;
  if (error instanceof MediaUnavailableError) return CaseworkProblem.unavailable('media').details;
  if (isUnreachable(error)) return CaseworkProblem.unavailable('database').details;
  // The masters point nowhere for what was named: their keeper has to see to it, the caller can name something else.
  if (error instanceof MastersError) {
    return CaseworkProblem.invalid([{ field: error.field, problem: error.problem, expected: error.message }]).details;
  }
  const status = statusOf(error);
  if (status === null || status >= 500) {
    return status === 503 ? UNAVAILABLE : null;
  }
  const known = CODES[status] ?? { code: 'bad_request', detail: 'The request cannot be answered as it is.' };
  return { status, ...known };
}

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify's own errors: body parsing, size, media type.
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return null;
}

export function problemBody(details: ProblemDetails | null, locale: Locale): ProblemBody {
  const problem = details ?? { status: 500, code: 'internal', detail: 'Something went wrong here; it has been noted.' };
  const words = wordsFor(locale);
  const { errors } = problem;
  return {
    type: `https://pratikar.org/problems/${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: words.detail(problem.code, problem.detail, errors),
    ...(errors ? { errors: errors.map((error) => ({ ...error, expected: words.expected(error) })) } : {}),
    ...(problem.state ? { state: problem.state } : {}),
    ...(problem.allowed ? { allowed: problem.allowed } : {}),
  };
}
