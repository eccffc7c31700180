import type { EntityManager } from 'typeorm';
import { PostEntity, SubCategoryEntity } from '#libs/persistence/entities/index';
import type { Finding } from './master-spec.js';

/** Beyond this many field posts the comparison of every pair of scopes would take longer than it is worth. */
const MOST_POSTS = 5_000;
const MOST_TIES = 50;

/** What the posts of a city leave unclear: two that would get the same case, and work that nobody can assign. */
export async function checkRouting(em: EntityManager, tenant: string): Promise<Finding[]> {
  if ((await em.countBy(PostEntity, { tenant })) > MOST_POSTS) return [];
  const posts = await em.findBy(PostEntity, { tenant });
  const subs = await em.findBy(SubCategoryEntity, { tenant, active: true });
  return [...ties(posts), ...withoutGro(posts, subs)];
}

function ties(posts: readonly PostEntity[]): Finding[] {
  const findings: Finding[] = [];
  const first = new Map<string, string>();
  const told = new Set<string>();
  const fieldPosts = posts.filter(({ role }) => role === 'lme').sort((a, b) => (a.position < b.position ? -1 : 1));
  for (const { position, department, wards, categories } of fieldPosts) {
    for (const ward of wards) {
      for (const category of categories) {
        const scope = `${department}|${ward}|${category}`;
        const other = first.get(scope);
        if (other === undefined) first.set(scope, position);
        else if (!told.has(`${other} ${position}`) && findings.length < MOST_TIES) {
          told.add(`${other} ${position}`);
          findings.push({
            row: 0,
            column: 'wards',
            value: position,
            problem: 'ambiguous',
            expected: `one post for ${department}, ward ${ward}, category ${category}; ${other} comes first by its code`,
            warning: true,
          });
        }
      }
    }
  }
  return findings;
}

function withoutGro(posts: readonly PostEntity[], subs: readonly SubCategoryEntity[]): Finding[] {
  const withGro = new Set(posts.filter(({ role }) => role === 'gro').map(({ department }) => department));
  const departments = new Set(subs.map(({ department }) => department));
  return [...departments]
    .filter((department) => !withGro.has(department))
    .sort()
    .map((department) => ({
      row: 0,
      column: 'role',
      value: department,
      problem: 'required',
      expected: `a post with role gro for ${department}: its complaints cannot be registered without one`,
      warning: true,
    }));
}
