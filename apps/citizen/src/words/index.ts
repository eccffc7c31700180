import { bn } from './bn.js';
import { en, type Words } from './en.js';
import { hi } from './hi.js';
import type { Locale } from './locale.js';

export type { Words } from './en.js';

export const WORDS: Readonly<Record<Locale, Words>> = { bn, hi, en };
