import type { Locale, Role, Source } from '../domain/case/names.js';
import type { Actor, PostRef } from '../domain/case/types.js';

/** Who speaks, as an entrance established it from a credential. Posts are looked up per request, never carried along. */
export interface Principal {
  kind: 'staff' | 'citizen';
  /** `user:<username>` or `citizen:<contact hash>`. */
  id: string;
  /** Staff: their own tenant. Citizens: the root tenant. */
  tenant: string;
  /** Roles of the account; posts add theirs. */
  roles: readonly Role[];
  username?: string;
  name?: string;
  /** Citizens only, E.164; the contact the one-time code went to. */
  mobile?: string;
  locale?: Locale;
  /** The channel's own id of a citizen, who may have no telephone number that we know. */
  externalId?: string;
  /** The channel to write by beside SMS. */
  channel?: 'sms' | 'whatsapp';
  /** What the entrance counts as; absent: it follows from kind and role. */
  source?: Source;
}

/** The rules know actors: a person with the roles of the account and of the posts they act for now. */
export function actorOf(principal: Principal, posts: readonly PostRef[]): Actor {
  const roles =
    principal.kind === 'citizen' ? ['citizen' as const] : [...principal.roles, ...posts.map((post) => post.role)];
  return {
    id: principal.id,
    roles: [...new Set(roles)],
    posts,
    ...(principal.name ? { name: principal.name } : {}),
  };
}
