import { isLocale, LOCALES, type Locale } from '../words/locale.js';

export const SESSION = 'pratikar_citizen';
export const FORM = 'pratikar_form';
export const PREFERENCES = 'pratikar_prefs';
export const CITY = 'pratikar_city';

export const SIZES = ['small', 'normal', 'large'] as const;
export type TextSize = (typeof SIZES)[number];

/** How somebody reads; kept in a cookie that scripts may change too. */
export interface Preferences {
  locale: Locale | null;
  size: TextSize;
  contrast: boolean;
}

export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return cookies;
}

/** `bn.normal.0`: language, size of text, high contrast. */
export function readPreferences(text: string | undefined): Preferences {
  const [locale, size, contrast] = (text ?? '').split('.');
  return {
    locale: isLocale(locale) ? locale : null,
    size: SIZES.find((each) => each === size) ?? 'normal',
    contrast: contrast === '1',
  };
}

export function preferencesText({ locale, size, contrast }: Preferences): string {
  return `${locale ?? ''}.${size}.${contrast ? '1' : '0'}`;
}

export interface CookieOptions {
  secure: boolean;
  /** Seconds; absent: until the browser is closed. */
  maxAge?: number;
  scripts?: boolean;
}

export function setCookie(name: string, value: string, { secure, maxAge, scripts }: CookieOptions): string {
  return [
    `${name}=${value}`,
    'Path=/',
    'SameSite=Lax',
    ...(scripts ? [] : ['HttpOnly']),
    ...(secure ? ['Secure'] : []),
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
  ].join('; ');
}

/** The first language of the browser that is spoken here. */
export function acceptedLocale(header: string | undefined): Locale | null {
  const wished = (header ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', quality] = entry.trim().split(';q=');
      return { language: tag.trim().toLowerCase().split('-')[0], quality: quality ? Number(quality) : 1 };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wished) {
    const match = LOCALES.find((locale) => locale === language);
    if (match) return match;
  }
  return null;
}
