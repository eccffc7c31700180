import type { CaseStateName, CommandName } from '../domain/case/names.js';
import type { FieldProblem, Refusal } from '../domain/case/types.js';

export interface ProblemDetails {
  /** HTTP status that an entrance over HTTP answers with. */
  status: number;
  /** Stable, lower_snake_case; what clients switch on. */
  code: string;
  /** One English sentence; entrances translate by `code`. */
  detail: string;
  errors?: readonly FieldProblem[];
  state?: CaseStateName;
  allowed?: readonly CommandName[];
  retryAfterSeconds?: number;
}

/** An answer that is not the one asked for, by whoever must act on it; never a fault of the program. */
export class CaseworkProblem extends Error {
  constructor(readonly details: ProblemDetails) {
    super(details.detail);
    this.name = 'CaseworkProblem';
  }

  static notFound(detail = 'There is no such case, or you may not see it.', code = 'not_found'): CaseworkProblem {
    return new CaseworkProblem({ status: 404, code, detail });
  }

  static forbidden(detail = 'Your role does not allow this.'): CaseworkProblem {
    return new CaseworkProblem({ status: 403, code: 'forbidden', detail });
  }

  static invalid(errors: readonly FieldProblem[], code = 'validation'): CaseworkProblem {
    const first = errors[0];
    const detail = first
      ? `${first.field}: ${first.problem}, expected ${first.expected}.`
      : 'The request is not valid.';
    return new CaseworkProblem({ status: 422, code, detail, errors });
  }

  static idempotencyMismatch(): CaseworkProblem {
    return new CaseworkProblem({
      status: 422,
      code: 'idempotency_mismatch',
      detail: 'This Idempotency-Key was used before with another body.',
    });
  }

  static refused(refusal: Refusal): CaseworkProblem {
    return new CaseworkProblem({
      status: refusal.status,
      code: refusal.code,
      detail: refusal.reason,
      ...(refusal.problems ? { errors: refusal.problems } : {}),
      // Whoever may not see a case must not learn its state from the refusal.
      ...(refusal.status === 404 ? {} : { state: refusal.state, allowed: refusal.allowed }),
    });
  }

  static workerUnavailable(): CaseworkProblem {
    return new CaseworkProblem({
      status: 503,
      code: 'worker_unavailable',
      detail: 'Nobody is processing commands at the moment. It may still take effect: repeat it with the same key.',
      retryAfterSeconds: 5,
    });
  }

  static unavailable(what: 'database' | 'temporal' | 'media'): CaseworkProblem {
    return new CaseworkProblem({
      status: 503,
      code: `${what}_unavailable`,
      detail: `The ${what === 'media' ? 'store of the pictures' : what} does not answer at the moment. Repeat the request in a few seconds.`,
      retryAfterSeconds: 5,
    });
  }
}
