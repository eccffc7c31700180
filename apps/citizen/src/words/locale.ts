import type { CaseView } from '#libs/contracts/api/views.js';

export type Locale = CaseView['locale'];

/** Bengali first: it is what most of the city speaks. */
export const LOCALES: readonly Locale[] = ['bn', 'hi', 'en'];

export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}
