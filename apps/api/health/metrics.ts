import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { CaseworkProblem } from '#libs/casework/problem';

/** What `/metrics` shows; one registry a process. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const requests = new Histogram({
  name: 'pratikar_http_request_seconds',
  help: 'Time to answer, by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});
const registrations = new Counter({
  name: 'pratikar_registrations_total',
  help: 'Complaints taken in, by source',
  labelNames: ['source'],
  registers: [registry],
});
const commands = new Counter({
  name: 'pratikar_commands_total',
  help: 'Commands given, by name and result',
  labelNames: ['command', 'result'],
  registers: [registry],
});

export function observeRequest(method: string, route: string, status: number, seconds: number): void {
  requests.observe({ method, route, status }, seconds);
}

export function countRegistration(source: string): void {
  registrations.inc({ source });
}

export async function countCommand<T>(command: string, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    commands.inc({ command, result: 'accepted' });
    return result;
  } catch (error) {
    commands.inc({ command, result: error instanceof CaseworkProblem ? error.details.code : 'failed' });
    throw error;
  }
}
