import i18next, { type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '#libs/domain/case/names';
import { en as sharedEn } from '#libs/ui/locales/en';
import { formatNumber } from '#libs/ui/format';
import { en } from './locales/en.js';

const STORED = 'pratikar.locale';
export const LANGUAGES: readonly Locale[] = ['bn', 'hi', 'en'];

const english = { ...sharedEn, ...en };
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english };
  }
}

/** Figures in texts are written in the digits of their language. */
const digits: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, locale) => {
    // Wards and boroughs are codes that are read as figures.
    const figure = typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) ? Number(value) : value;
    return typeof figure === 'number'
      ? formatNumber(figure, LANGUAGES.find((known) => known === locale) ?? 'en')
      : String(value);
  },
};

/** Only the language in use is loaded; English comes along as the fall-back. */
async function texts(locale: Locale): Promise<object> {
  if (locale === 'bn') {
    const [shared, desk] = await Promise.all([import('#libs/ui/locales/bn'), import('./locales/bn.js')]);
    return { ...shared.bn, ...desk.bn };
  }
  if (locale === 'hi') {
    const [shared, desk] = await Promise.all([import('#libs/ui/locales/hi'), import('./locales/hi.js')]);
    return { ...shared.hi, ...desk.hi };
  }
  return english;
}

/** The one chosen on this device; until then the first that the browser asks for and we have. */
export function storedLocale(): Locale {
  const wished = [localStorage.getItem(STORED), ...navigator.languages].map((tag) => tag?.split('-')[0]);
  return wished.flatMap((tag) => LANGUAGES.find((locale) => locale === tag) ?? [])[0] ?? 'en';
}

export async function setLocale(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'translation')) {
    i18next.addResourceBundle(locale, 'translation', await texts(locale));
  }
  await i18next.changeLanguage(locale);
  localStorage.setItem(STORED, locale);
  document.documentElement.lang = locale;
}

export async function startI18n(): Promise<void> {
  await i18next
    .use(initReactI18next)
    .use(digits)
    .init({
      lng: 'en',
      fallbackLng: 'en',
      resources: { en: { translation: english } },
      interpolation: { escapeValue: false, alwaysFormat: true },
    });
  await setLocale(storedLocale());
}
