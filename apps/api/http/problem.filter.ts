import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { MediaUnavailableError } from '#libs/casework/media-bucket';
import { localeOf } from './locale.js';
import { PROBLEM_TYPE, problemBody, problemOf } from './problem-details.js';

/** Answers everything that was thrown as problem+json; what nobody expected is logged here and told to nobody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const details = problemOf(error);
    // A folder that takes no more, or a bucket that refuses us, is for the operator to mend.
    if (!details || error instanceof MediaUnavailableError)
      this.log.error({ err: error, request: request.id, route: request.routeOptions?.url }, 'request failed');
    if (reply.sent) return;
    const body = problemBody(details, localeOf(request.headers['accept-language'], request.principal?.locale));
    if (details?.retryAfterSeconds) void reply.header('Retry-After', String(details.retryAfterSeconds));
    if (body.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    void reply.code(body.status).type(PROBLEM_TYPE).send(body);
  }
}
