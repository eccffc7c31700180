import type { CaseRules, MatrixLevel, PostRef } from '#libs/domain/case/types';
import { byScope, covers, groPosts, postRef } from './posts.js';
import type { MastersSnapshot, MatrixRow, PostInfo, SubCategoryInfo } from './snapshot.js';

/** The masters cannot answer: something named does not exist, or points nowhere. */
export class MastersError extends Error {
  override readonly name = 'MastersError';

  /**
   * @param field what was asked for: `subCategory`, `ward`, `department`, `tenant`
   * @param problem stable code
   */
  constructor(
    readonly field: string,
    readonly problem: 'unknown' | 'inactive' | 'without_gro',
    message: string,
  ) {
    super(message);
  }
}

/** Reasons that every city has; a tenant may add to them. */
export const REJECT_REASONS = [
  'sub_judice',
  'service_matter',
  'private_dispute',
  'religious',
  'rti',
  'no_answer',
  'not_a_grievance',
] as const;

/** Windows and caps of the rule book. */
const LIMITS = {
  maxReopens: 2,
  ratingWindowDays: 15,
  ratingReminderDays: 7,
  silenceDays: 7,
  ownerPauses: 2,
  extraPauses: 1,
} as const;

/**
 * The rules of a case of this sub-category in this ward, as they are frozen into it.
 * @param department where another one works on it than the sub-category's own (after a transfer)
 * @throws MastersError if sub-category, ward or department is unknown, or nobody could ever assign the case
 */
export function rulesFor(snapshot: MastersSnapshot, subCategory: string, ward: string, department?: string): CaseRules {
  const sub = snapshot.subCategories.get(subCategory);
  if (!sub) throw new MastersError('subCategory', 'unknown', `there is no sub-category ${subCategory}`);
  const place = snapshot.wards.get(ward);
  if (!place) throw new MastersError('ward', 'unknown', `there is no ward ${ward}`);
  const by = department ?? sub.department;
  if (!snapshot.departments.has(by)) throw new MastersError('department', 'unknown', `there is no department ${by}`);
  const [gro] = groPosts(snapshot, by, ward);
  if (!gro) throw new MastersError('department', 'without_gro', `${by} has no GRO for ward ${ward}`);
  return {
    ...LIMITS,
    slaHours: sub.slaHours,
    calendar: sub.calendar,
    levels: matrixFor(snapshot, by, place.borough, ward),
    gro: gro.position,
    candidates: candidatesFor(snapshot, sub, by, ward),
    evidencePhoto: sub.evidencePhoto,
    ...(sub.evidenceWithinMetres === null ? {} : { evidenceWithinMetres: sub.evidenceWithinMetres }),
    hideComplainant: sub.hideComplainant,
    rejectReasons: [...new Set([...REJECT_REASONS, ...snapshot.rejectReasons.keys()])],
    clockScale: snapshot.clockScale,
  };
}

/** LME posts of the department that cover ward and sub-category; the more closely described scope first. */
function candidatesFor(
  snapshot: MastersSnapshot,
  sub: SubCategoryInfo,
  department: string,
  ward: string,
): readonly PostRef[] {
  return [...snapshot.posts.values()]
    .filter((post) => post.role === 'lme' && post.department === department && covers(post.wards, ward))
    .filter((post) => rank(post, sub) < NOT_AT_ALL)
    .sort((a, b) => rank(a, sub) - rank(b, sub) || byScope(a.wards, b.wards) || a.position.localeCompare(b.position))
    .map(postRef);
}

const NOT_AT_ALL = 3;

function rank(post: PostInfo, sub: SubCategoryInfo): number {
  if (post.categories.includes(sub.code)) return 0;
  if (post.categories.includes(sub.category)) return 1;
  return post.categories.includes('*') ? 2 : NOT_AT_ALL;
}

/** The position a row of the matrix means for a case of that department, borough and ward. */
export function fillPlaceholders(
  pattern: string,
  place: { department: string; borough: string; ward: string },
): string {
  return pattern
    .replaceAll('{department}', place.department)
    .replaceAll('{borough}', place.borough)
    .replaceAll('{ward}', place.ward);
}

/** Rows of the matrix for a department: its own, and those of `*` for the levels it has none for. */
export function matrixRowsFor(matrix: readonly MatrixRow[], department: string): MatrixRow[] {
  const levels = new Map<number, MatrixRow>();
  for (const row of matrix) if (row.department === '*') levels.set(row.level, row);
  for (const row of matrix) if (row.department === department) levels.set(row.level, row);
  return [...levels.values()].sort((a, b) => a.level - b.level);
}

/**
 * The escalation levels of a case. A level whose post has been abolished since the matrix was checked is left out:
 * going straight to the next officer is better than escalating to nobody.
 */
export function matrixFor(snapshot: MastersSnapshot, department: string, borough: string, ward: string): MatrixLevel[] {
  return matrixRowsFor(snapshot.matrix, department)
    .map((row) => ({ position: fillPlaceholders(row.position, { department, borough, ward }), hours: row.hours }))
    .filter(({ position }) => snapshot.posts.has(position))
    .map((row, index) => ({ level: index + 1, ...row }));
}
