import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the session guard; absent on public routes called without a credential. */
    principal?: Principal;
    /** Session of that credential. */
    sessionId?: string;
  }
}

/** The caller as the session guard established it. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!principal) throw unauthenticated();
  return principal;
});

const LONGEST_KEY = 255;

/** The optional `Idempotency-Key` header. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext): string | undefined =>
  idempotencyKeyOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function idempotencyKeyOf(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  const header = request.headers['idempotency-key'];
  const key = Array.isArray(header) ? header[0] : header;
  if (key === undefined || key.trim() === '') return undefined;
  if (key.length > LONGEST_KEY) {
    throw CaseworkProblem.invalid([
      { field: 'Idempotency-Key', problem: 'too_long', expected: `at most ${LONGEST_KEY} characters` },
    ]);
  }
  return key.trim();
}

export function unauthenticated(detail = 'Log in first: the session is missing, over or was ended.'): CaseworkProblem {
  return new CaseworkProblem({ status: 401, code: 'unauthenticated', detail });
}

/** Loopback callers, as seen through the proxies that are trusted. */
export function fromLoopback(request: FastifyRequest): boolean {
  return request.ip === '127.0.0.1' || request.ip === '::1' || request.ip === '::ffff:127.0.0.1';
}
