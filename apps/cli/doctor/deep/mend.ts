import { In, type EntityManager } from 'typeorm';
import type { MastersService } from '#libs/masters/index';
import { writeSteps } from '#libs/persistence/case-record';
import { citizenIdOf } from '#libs/persistence/case-rows';
import { CitizenEntity, GrievanceEntity, GrievanceEventEntity } from '#libs/persistence/entities/index';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';
import type { Difference } from './compare.js';
import type { CaseTruth } from './replayer.js';

/** Older than every version: whatever the workflow says replaces it. */
const NEVER_WRITTEN = -1;

/**
 * Puts one case of the record right by its workflow. Its messages stay as they are: what was said is not said again, and
 * what the record lost of them no history knows.
 */
export async function mendCase(
  unitOfWork: UnitOfWork,
  masters: MastersService,
  { steps }: CaseTruth,
  { wrongEvents }: Difference,
): Promise<void> {
  const last = steps.at(-1);
  if (!last) return;
  const { number, tenant, subCategory } = last.state;
  const snapshot = await masters.snapshot(tenant);
  const category = snapshot.subCategories.get(subCategory)?.category ?? subCategory;
  await unitOfWork.run(async (em) => {
    if (wrongEvents.length > 0) await em.delete(GrievanceEventEntity, { number, seq: In(wrongEvents) });
    await em.update(GrievanceEntity, { number }, { version: NEVER_WRITTEN });
    const followers = await followersOf(em, last.state.followers);
    await writeSteps(
      em,
      steps.map((record) => ({
        record,
        category,
        rootTenant: snapshot.tenant.root,
        notifications: [],
        followers,
      })),
    );
  });
}

async function followersOf(em: EntityManager, persons: readonly string[]) {
  if (persons.length === 0) return [];
  const rows = await em.findBy(CitizenEntity, { id: In(persons.map(citizenIdOf)) });
  return rows.map(({ id, mobile, locale }) => ({ citizenId: id, mobile, locale }));
}
