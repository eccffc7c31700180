import { hash } from '@node-rs/argon2';
import { AppUserEntity } from '../persistence/entities/index.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';

/** Gives an account a password to be changed at the first login, and lets it in again; false when there is none. */
export async function giveNewPassword(unitOfWork: UnitOfWork, username: string, password: string): Promise<boolean> {
  const change = { passwordHash: await hash(password), mustChange: true, failedLogins: 0, lockedUntil: null };
  const { affected } = await unitOfWork.run((em) => em.update(AppUserEntity, { username }, change));
  return Boolean(affected);
}
