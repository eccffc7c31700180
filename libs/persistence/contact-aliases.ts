import type { EntityManager } from 'typeorm';
import { ContactAliasEntity } from './entities/index.js';

/**
 * The id under which somebody's cases stand who uses this contact now.
 * @param at epoch ms at which they used it: before a number changed hands it was another person's
 */
export async function identityOf(em: EntityManager, contact: string, at: number = Date.now()): Promise<string> {
  const alias = await em.findOneBy(ContactAliasEntity, { contact });
  return alias && alias.since <= at ? alias.identity : contact;
}

/** From now on `next` is the person's contact; whoever gets the old number is somebody else, known as `stranger`. */
export async function moveContact(
  em: EntityManager,
  { identity, old, next, stranger, at }: { identity: string; old: string; next: string; stranger: string; at: number },
): Promise<void> {
  await em.save(ContactAliasEntity, [
    { contact: next, identity, since: at },
    { contact: old, identity: stranger, since: at },
  ]);
}
