import { useTranslation } from 'react-i18next';
import type { Locale } from '#libs/domain/case/names';
import { LANGUAGES } from './i18n.js';

export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return LANGUAGES.find((locale) => locale === i18n.language) ?? 'en';
}
