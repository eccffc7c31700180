import type { Locale } from '#libs/domain/case/names';
import type { MastersSnapshot, Names } from './snapshot.js';

/** In the locale asked for, else in English. */
export function nameIn(names: Names, locale: Locale): string {
  return names[locale] ?? names.en;
}

export type NamedKind = 'tenant' | 'borough' | 'ward' | 'department' | 'category' | 'subCategory' | 'rejectReason';

/** What a code of the masters is called in a locale; the code itself if the masters do not know it (any more). */
export function describe(snapshot: MastersSnapshot, kind: NamedKind, code: string, locale: Locale): string {
  const names = namesOf(snapshot, kind, code);
  return names ? nameIn(names, locale) : code;
}

function namesOf(snapshot: MastersSnapshot, kind: NamedKind, code: string): Names | undefined {
  switch (kind) {
    case 'tenant':
      return snapshot.tenant.names;
    case 'borough':
      return snapshot.boroughs.get(code)?.names;
    case 'ward':
      return snapshot.wards.get(code)?.names;
    case 'department':
      return snapshot.departments.get(code)?.names;
    case 'category':
      return categoryNames(snapshot, code);
    case 'subCategory':
      return snapshot.subCategories.get(code)?.names;
    case 'rejectReason':
      return snapshot.rejectReasons.get(code);
  }
}

/** A category has no row of its own: it is called like its department, unless departments share it. */
function categoryNames(snapshot: MastersSnapshot, code: string): Names | undefined {
  const own = snapshot.departments.get(code);
  if (own) return own.names;
  const departments = new Set<string>();
  for (const sub of snapshot.subCategories.values()) if (sub.category === code) departments.add(sub.department);
  const [only, ...others] = departments;
  return only !== undefined && others.length === 0 ? snapshot.departments.get(only)?.names : undefined;
}
