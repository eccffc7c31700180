import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '#libs/domain/case/names';
import { en as sharedEn } from '#libs/ui/locales/en';
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

export function storedLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  return LANGUAGES.find((locale) => locale === stored) ?? 'en';
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
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false },
  });
  await setLocale(storedLocale());
}
