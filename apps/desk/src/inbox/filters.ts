import type { Query } from '../api/client.js';
import type { DeskUser } from '../session/types.js';

/** What narrows the inbox; each stands in the URL under its own name, so a link shows the same cases. */
export const FILTERS = [
  'state',
  'department',
  'subCategory',
  'ward',
  'borough',
  'source',
  'owner',
  'accountable',
  'rating',
  'overdue',
  'q',
  'tenant',
  'category',
  'outcome',
  'answered',
  'resolved',
  'reopened',
  'sla',
  'officer',
  'from',
  'to',
] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Partial<Record<FilterName, string>>;

export const VIEWS = [
  'mine',
  'accountable',
  'open',
  'overdue',
  'unassigned',
  'requests',
  'waiting',
  'reopened',
  'answered',
  'closed',
  'all',
] as const;
export type ViewName = (typeof VIEWS)[number];

/** Views that a role starts from, the first being its inbox. */
export function viewsFor(user: DeskUser): ViewName[] {
  const has = (role: DeskUser['roles'][number]) => user.roles.includes(role);
  if (has('gro')) return ['open', 'unassigned', 'requests', 'mine', 'overdue', 'waiting', 'answered', 'all'];
  if (has('escalation_officer')) return ['accountable', 'mine', 'overdue', 'reopened', 'open', 'answered', 'all'];
  if (has('lme')) return ['mine', 'overdue', 'waiting', 'answered', 'all'];
  return ['open', 'overdue', 'unassigned', 'reopened', 'answered', 'closed', 'all'];
}

export function viewFilters(view: ViewName): Filters {
  switch (view) {
    case 'mine':
      return { owner: 'me', state: 'working' };
    case 'accountable':
      return { accountable: 'me', state: 'working' };
    case 'open':
      return { state: 'working' };
    case 'overdue':
      return { overdue: 'true' };
    case 'unassigned':
      return { state: 'awaiting_assignment' };
    case 'requests':
      return { state: 'reassignment_requested' };
    case 'waiting':
      return { state: 'awaiting_citizen' };
    case 'reopened':
      return { state: 'reopened' };
    case 'answered':
      return { state: 'resolved,rejected' };
    case 'closed':
      return { state: 'closed' };
    case 'all':
      return {};
  }
}

export function readFilters(search: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  return filters;
}

/** A filter that somebody set wins over the same one of the view. */
export function toQuery(view: ViewName, filters: Filters): Query {
  return { ...viewFilters(view), ...filters, sort: 'due' };
}
