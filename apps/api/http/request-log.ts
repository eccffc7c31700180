import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { observeRequest } from '../health/metrics.js';

/** Routes that machines ask every few seconds. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

/** One line and one measurement a request; the route, not the address, as addresses hold telephone numbers. */
export function watchRequests(server: FastifyInstance, log: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { statusCode, elapsedTime } = reply;
    observeRequest(request.method, route, statusCode, elapsedTime / 1000);
    const line = {
      request: request.id,
      method: request.method,
      route,
      status: statusCode,
      ms: Math.round(elapsedTime),
    };
    if (statusCode >= 500) log.warn(line, 'answered');
    else if (!QUIET.has(route)) log.debug(line, 'answered');
    done();
  });
}
