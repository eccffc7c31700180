import type { EntityManager } from 'typeorm';
import {
  BoroughEntity,
  DepartmentEntity,
  SubCategoryEntity,
  TenantEntity,
  WardEntity,
} from '#libs/persistence/entities/index';
import { nameKey, tidy } from './text.js';
import { Vocabulary } from './vocabulary.js';
import type { WardDirectory } from './ward-list.js';

export async function tenantOf(em: EntityManager, code: string): Promise<TenantEntity> {
  return em.findOneByOrFail(TenantEntity, { code });
}

/** The tenant's departments by code and name in any language. */
export async function departmentsOf(em: EntityManager, tenant: string): Promise<Vocabulary> {
  const vocabulary = new Vocabulary('a department of this city');
  for (const row of await em.findBy(DepartmentEntity, { tenant }))
    vocabulary.add(row.code, [row.name, row.nameBn, row.nameHi]);
  return vocabulary;
}

/** Wards without their polygons, which are large, and boroughs with their names. */
export async function wardDirectory(em: EntityManager, tenant: string): Promise<WardDirectory> {
  const wards = await em.find(WardEntity, { where: { tenant }, select: { code: true, borough: true, tenant: true } });
  const boroughs = await em.findBy(BoroughEntity, { tenant });
  return {
    wards: new Map(wards.map(({ code, borough }) => [code, borough])),
    boroughs: new Map(
      boroughs.map((row) => [row.code, [row.name, row.nameBn, row.nameHi].filter((name) => name !== null)]),
    ),
  };
}

export interface CategoryDirectory {
  /** Sub-category → what it belongs to. */
  subCategories: ReadonlyMap<string, { category: string; department: string }>;
  /** Category → departments that work on it. */
  categories: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sub-categories and categories by code and name. */
  vocabulary: Vocabulary;
}

export async function categoryDirectory(em: EntityManager, tenant: string): Promise<CategoryDirectory> {
  const vocabulary = new Vocabulary('a category or sub-category of this city');
  const categories = new Map<string, Set<string>>();
  const rows = await em.findBy(SubCategoryEntity, { tenant });
  for (const { code, category, department, name, nameBn, nameHi } of rows) {
    vocabulary.add(code, [name, nameBn, nameHi]);
    vocabulary.add(category);
    categories.set(category, (categories.get(category) ?? new Set()).add(department));
  }
  return {
    subCategories: new Map(rows.map(({ code, category, department }) => [code, { category, department }])),
    categories,
    vocabulary,
  };
}

/** Codes of categories and sub-categories that a post of the department works on; `*` for all. */
export function parseCategoryList(
  cell: string,
  department: string | undefined,
  directory: CategoryDirectory,
): { categories: string[] } | { problem: string; expected: string } {
  const text = tidy(cell);
  if (text === '*' || nameKey(text) === 'all') return { categories: ['*'] };
  const codes = new Set<string>();
  for (const part of text.split(/\s*[,;]\s*/).filter((each) => each !== '')) {
    const found = directory.vocabulary.find(part);
    if ('problem' in found) return found;
    const departments =
      directory.categories.get(found.code) ?? new Set([directory.subCategories.get(found.code)?.department ?? '']);
    if (department !== undefined && !departments.has(department)) {
      const expected = `categories of ${department}; ${found.code} belongs to ${[...departments].sort().join(', ')}`;
      return { problem: 'points_nowhere', expected };
    }
    codes.add(found.code);
  }
  return codes.size > 0
    ? { categories: [...codes].sort() }
    : { problem: 'unknown', expected: 'categories, or * for all' };
}
