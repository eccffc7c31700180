import type { TenantMasters } from '#libs/casework/tenant-masters';
import type { Document } from '#libs/channels/open311/document';
import { Open311Problem } from '#libs/channels/open311/problem';
import { attributeEntry, type Attribute } from '#libs/channels/open311/services';
import { LOCALES, type Locale } from '#libs/domain/case/names';
import { describe, nameIn } from '#libs/masters/names';
import type { SubCategoryInfo } from '#libs/masters/snapshot';

const LANGUAGES: Readonly<Record<Locale, string>> = { bn: 'বাংলা', hi: 'हिन्दी', en: 'English' };

const DATATYPES = { text: 'text', number: 'number', choice: 'singlevaluelist' } as const;

export const WARD_ATTRIBUTE = 'WARD';
export const LANGUAGE_ATTRIBUTE = 'LANGUAGE';

/** What can be reported by the open standard: everything but what hides its complainant. */
export function publicServices(masters: TenantMasters): SubCategoryInfo[] {
  return [...masters.snapshot.subCategories.values()]
    .filter((sub) => sub.active && !sub.hideComplainant)
    .sort((a, b) => a.category.localeCompare(b.category) || a.code.localeCompare(b.code));
}

/** @throws Open311Problem 404 */
export function publicService(masters: TenantMasters, code: string): SubCategoryInfo {
  const found = publicServices(masters).find((sub) => sub.code === code.toUpperCase());
  if (!found) throw Open311Problem.unknown('service_code');
  return found;
}

export function serviceList(masters: TenantMasters, locale: Locale): Document {
  return {
    root: 'services',
    value: publicServices(masters).map((sub) => ({
      service_code: sub.code,
      service_name: describe(masters.snapshot, 'subCategory', sub.code, locale),
      description: `${describe(masters.snapshot, 'department', sub.department, locale)}: ${describe(masters.snapshot, 'subCategory', sub.code, locale)}`,
      metadata: true,
      type: 'realtime',
      keywords: [...new Set(Object.values(sub.names))].join(', '),
      group: describe(masters.snapshot, 'department', sub.department, locale),
    })),
  };
}

/**
 * What is asked with a service: the ward where the place alone does not tell it, the language to answer in, and what the
 * category asks besides.
 */
export function attributesOf(
  masters: TenantMasters,
  { questions }: Pick<SubCategoryInfo, 'questions'>,
  locale: Locale,
): readonly Attribute[] {
  return [
    {
      code: WARD_ATTRIBUTE,
      datatype: 'singlevaluelist',
      required: false,
      description: 'Ward; needed where lat and long are not given or lie in no ward',
      values: [...masters.snapshot.wards.keys()].map((key) => ({
        key,
        name: describe(masters.snapshot, 'ward', key, locale),
      })),
    },
    {
      code: LANGUAGE_ATTRIBUTE,
      datatype: 'singlevaluelist',
      required: false,
      description: 'Language in which the reporter is answered',
      values: LOCALES.map((key) => ({ key, name: LANGUAGES[key] })),
    },
    ...questions.map(({ code, kind, names, choices }) => ({
      code,
      datatype: DATATYPES[kind],
      required: false,
      description: nameIn(names, locale),
      ...(kind === 'choice'
        ? { values: choices.map((each) => ({ key: each.code, name: nameIn(each.names, locale) })) }
        : {}),
    })),
  ];
}

export function serviceDefinition(masters: TenantMasters, code: string, locale: Locale): Document {
  const service = publicService(masters, code);
  const attributes = attributesOf(masters, service, locale).map((attribute, index) =>
    attributeEntry(attribute, index + 1),
  );
  return { root: 'service_definition', value: { service_code: service.code, attributes } };
}
