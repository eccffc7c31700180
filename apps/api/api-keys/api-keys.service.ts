import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Principal } from '#libs/casework/principal';
import { ApiKeyEntity } from '#libs/persistence/entities/index';
import { roleFor } from './scopes.js';

const PREFIX = 'prk_';

/** Another system, by its key. */
export interface KeyHolder {
  /** Person id: `partner:<id of the key>`. */
  id: string;
  name: string;
  /** Bounds what it may reach, as an officer's tenant does. */
  tenant: string;
  scopes: readonly string[];
}

/** Finds out whose a key is. Read each time, so that a key that was ended is worth nothing from then on. */
@Injectable()
export class ApiKeys {
  constructor(@InjectDataSource() private readonly read: DataSource) {}

  /** null: there is no such key, or it was ended. */
  async holderOf(key: string): Promise<KeyHolder | null> {
    if (!isApiKey(key)) return null;
    const hash = keyHash(key);
    const row = await this.read.manager.findOneBy(ApiKeyEntity, { keyHash: hash });
    if (!row || row.revokedAt !== null || !sameHash(row.keyHash, hash)) return null;
    return { id: `partner:${row.id}`, name: row.name, tenant: row.tenant, scopes: row.scopes };
  }

  /** The holder as a caller of a route below `/api/v1`; null: none of its scopes opens that route. */
  principalOf({ id, name, tenant, scopes }: KeyHolder, method: string, path: string): Principal | null {
    const role = roleFor(scopes, method, path);
    return role && { kind: 'staff', id, tenant, roles: [role], name };
  }
}

export function newApiKey(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

export function isApiKey(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** High entropy needs no slow hash. */
export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The database compared already, in its own time and by its own collation; this one tells nothing by how long it takes. */
function sameHash(stored: string, given: string): boolean {
  const [a, b] = [Buffer.from(stored), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
