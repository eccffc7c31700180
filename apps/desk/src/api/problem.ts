import type { CommandName } from '#libs/domain/case/names';

export interface FieldError {
  field: string;
  problem: string;
  expected: string;
}

interface ProblemBody {
  status?: number;
  code?: string;
  title?: string;
  detail?: string;
  errors?: FieldError[];
  state?: string;
  allowed?: CommandName[];
}

/** An answer of the server that says no, with everything it said (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly state: string | undefined;
  readonly allowed: readonly CommandName[] | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, body: ProblemBody, retryAfter: string | null) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.errors = body.errors ?? [];
    this.state = body.state;
    this.allowed = body.allowed;
    this.retryAfterMs = retryAfter ? Number(retryAfter) * 1000 : undefined;
  }

  static from(response: Response, body: unknown): ApiProblem {
    const known = body && typeof body === 'object' ? (body as ProblemBody) : {};
    return new ApiProblem(response.status, known, response.headers.get('retry-after'));
  }
}

/** The request never reached the server, or its answer never reached us: it may or may not have taken effect. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached', { cause });
    this.name = 'Unreachable';
  }
}
