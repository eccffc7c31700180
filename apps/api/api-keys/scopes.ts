import type { Role } from '#libs/domain/case/names';

interface ScopeRule {
  /** What the holder is to the policy while it uses this scope; `null`: the protocol's own routes decide. */
  role: Role | null;
  /** Routes below `/api/v1` that the scope opens. */
  routes: readonly RegExp[];
}

const CASE = String.raw`[^/]+`;

/**
 * What a key may be good for. Readers see citizens masked, as an auditor does; who lodges for citizens and speaks for
 * them is to the policy what a call centre is.
 */
const RULES = {
  'open311.read': { role: null, routes: [] },
  'open311.write': { role: null, routes: [] },
  'updates.read': { role: null, routes: [] },
  'updates.write': { role: null, routes: [] },
  'insight.read': { role: 'auditor', routes: [/^GET insight(\/|$)/, /^GET grievances\/count$/] },
  'grievances.read': {
    role: 'auditor',
    routes: [
      /^GET grievances(\/count|\/nearby)?$/,
      new RegExp(`^GET grievances/${CASE}(/timeline)?$`),
      new RegExp(`^GET attachments/${CASE}$`),
      /^GET status$/,
    ],
  },
  'grievances.write': {
    role: 'call_centre',
    routes: [
      /^POST grievances$/,
      /^POST attachments$/,
      new RegExp(`^POST grievances/${CASE}/(answer|rate|reopen|withdraw|comment|attach|follow|unfollow)$`),
    ],
  },
  'masters.read': { role: 'auditor', routes: [/^GET (masters|calendar)(\/|$)/, new RegExp(`^GET export/${CASE}$`)] },
} as const satisfies Record<string, ScopeRule>;

export type Scope = keyof typeof RULES;
export const SCOPES = Object.keys(RULES) as Scope[];

/** As whom a key with these scopes may call a route; null: none of them opens it. */
export function roleFor(scopes: readonly string[], method: string, path: string): Role | null {
  const route = `${method === 'HEAD' ? 'GET' : method} ${path.replace(/^\/api\/v1\//, '')}`;
  const opens = ([scope, rule]: [string, ScopeRule]): boolean =>
    scopes.includes(scope) && path.startsWith('/api/v1/') && rule.routes.some((pattern) => pattern.test(route));
  return Object.entries<ScopeRule>(RULES).find(opens)?.[1].role ?? null;
}
