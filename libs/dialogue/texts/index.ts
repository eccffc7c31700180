import type { Locale } from '#libs/domain/case/names';
import type { Names } from '../types.js';
import { bn } from './bn.js';
import { en, type Texts } from './en.js';
import { hi } from './hi.js';

export type { Texts } from './en.js';

export const TEXTS: Readonly<Record<Locale, Texts>> = { bn, hi, en };

export function nameIn(names: Names, locale: Locale): string {
  return names[locale] ?? names.en;
}
