import type { Locale } from '../words/locale.js';
import type { Names, PortalCategory, PortalCity } from '#libs/contracts/api/portal.js';

export function nameOf(names: Names, locale: Locale): string {
  return names[locale] || names.en;
}

export function categoryOf(city: PortalCity | undefined, code: string): PortalCategory | undefined {
  for (const group of city?.groups ?? []) {
    const found = group.items.find((item) => item.code === code);
    if (found) return found;
  }
  return undefined;
}

/** A kind of complaint in the reader's language; one that the masters no longer have keeps quiet about its code. */
export function categoryName(city: PortalCity | undefined, code: string, locale: Locale, otherwise: string): string {
  const category = categoryOf(city, code);
  return category ? nameOf(category.names, locale) : otherwise;
}

/** `KMC-26-0001234-5` → `KMC 26 000 1234 5`, as it is read out. */
export function spokenNumber(number: string): string {
  return number.replace(/^([A-Z]+)-(\d{2})-(\d{3})(\d{4})-(\d)$/, '$1 $2 $3 $4 $5');
}

/** `+919830012345` and `9830012345` → `98300 12345`. */
export function spokenMobile(mobile: string): string {
  return mobile.replace(/^(?:\+91)?(\d{5})(\d{5})$/, '$1 $2');
}

/** Latin digits for Bengali and Devanagari ones. */
export function latinDigits(text: string): string {
  return text
    .replace(/[\u09e6-\u09ef]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
}
