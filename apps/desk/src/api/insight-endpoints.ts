import type {
  CallListAnswer,
  CallOutcome,
  GroupedFigures,
  RegisterAnswer,
  ServicesAnswer,
} from '#libs/contracts/api/insight';
import { API, api, type Query } from './client.js';

export function fetchServices(query: Query): Promise<ServicesAnswer> {
  return api.get('/api/v1/insight/services', { query });
}

export function fetchPerformance(query: Query): Promise<GroupedFigures> {
  return api.get('/api/v1/insight/performance', { query });
}

export function fetchWardFigures(query: Query): Promise<GroupedFigures> {
  return api.get('/api/v1/insight/ward-map', { query });
}

export function fetchRegister(query: Query): Promise<RegisterAnswer> {
  return api.get('/api/v1/insight/register', { query });
}

export function fetchCallList(query: Query): Promise<CallListAnswer> {
  return api.get('/api/v1/insight/call-list', { query });
}

export function keepCallOutcome(number: string, body: { outcome: CallOutcome; note?: string }, key: string) {
  return api.post('/api/v1/insight/call-list/{number}/outcomes', { path: { number }, body, key });
}

/** Where the same figures are had as a file; the session's cookie goes along. */
export function fileAddress(path: string, query: Query, format: 'csv' | 'xlsx'): string {
  const given = Object.entries({ ...query, format }).filter(([, value]) => Boolean(value));
  return `${API}/insight/${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
