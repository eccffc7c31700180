import { hash } from '@node-rs/argon2';
import type { Settings } from '#libs/config/settings';
import type { DataSources } from '#libs/persistence/data-sources';
import { AppUserEntity, WardEntity, BoroughEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { buildCity } from './small-city.js';

export const STACK_PASSWORD = 'monsoon-tram-42';
export async function seedStack(sources: DataSources, _settings: Settings): Promise<void> {
  await buildCity(sources);
  const passwordHash = await hash(STACK_PASSWORD);
  await new UnitOfWork(sources).run(async (em) => {
    const n = { nameBn: null, nameHi: null };
    await em.insert(BoroughEntity, { tenant: 'kmc', code: '10', name: 'X', ...n });
    await em.insert(WardEntity, { tenant: 'kmc', code: '91', name: '91', borough: '10', polygon: null, ...n });
    for (const username of ['water-lme-b10', 'water-ee-b10', 'water-gro', 'call-centre-1'])
      await em.insert(AppUserEntity, {
        username,
        tenant: 'kmc',
        name: username,
        mobile: null,
        passwordHash,
        roles: username.startsWith('call') ? ['call_centre'] : [],
        mustChange: false,
        failedLogins: 0,
        lockedUntil: null,
        disabled: false,
      });
  });
}
