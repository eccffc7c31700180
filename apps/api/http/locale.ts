import { LOCALES, type Locale } from '#libs/domain/case/names';

/** The language a caller asks for (`Accept-Language`), else the one known of them, else English. */
export function localeOf(acceptLanguage: string | undefined, known?: Locale): Locale {
  const wished = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return {
        language: tag.trim().toLowerCase().split('-')[0] ?? '',
        quality: quality ? Number(quality.trim().slice(2)) : 1,
      };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wished) {
    const match = LOCALES.find((locale) => locale === language);
    if (match) return match;
  }
  return known ?? 'en';
}
