import { Injectable } from '@nestjs/common';
import { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import { Open311Problem } from '#libs/channels/open311/problem';
import { ApiKeys, type KeyHolder } from '../api-keys/api-keys.service.js';
import type { Scope } from '../api-keys/scopes.js';

/** Other systems by their keys, which the protocol sends as a parameter. */
@Injectable()
export class Open311Keys {
  constructor(
    private readonly keys: ApiKeys,
    private readonly casework: Casework,
  ) {}

  /** null: no key was sent. A wrong one is refused everywhere, so that a partner notices. */
  async find(key: string | undefined): Promise<KeyHolder | null> {
    if (key === undefined) return null;
    const holder = await this.keys.holderOf(key);
    if (!holder) throw new Open311Problem(403, ['api_key is not valid or was revoked.']);
    return holder;
  }

  /** Refuses whoever has no key, one without the scope, or one of another city. */
  async admit(partner: KeyHolder | null, scope: Scope, city: string): Promise<KeyHolder> {
    if (!partner) throw new Open311Problem(403, ['api_key was not provided.']);
    if (!partner.scopes.includes(scope)) throw new Open311Problem(403, [`api_key has no scope ${scope}.`]);
    const parents = await this.casework.parts.masters.parents();
    const seen = new Set<string>();
    for (let at: string | null = city; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
      if (at === partner.tenant) return partner;
      seen.add(at);
    }
    throw new Open311Problem(403, ['api_key belongs to another jurisdiction.']);
  }
}

/** Another system speaks for citizens as a call centre does; what it lodges stays known as its own. */
export function principalOf(partner: KeyHolder, city: string): Principal {
  return { kind: 'staff', id: partner.id, tenant: city, roles: ['call_centre'], name: partner.name };
}
