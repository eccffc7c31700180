import { caseWords } from './en/case.js';
import { lodgeWords } from './en/lodge.js';
import { siteWords } from './en/site.js';
import type { Shape } from './shape.js';

export type Words = Shape<typeof en>;

export const en = {
  language: 'English',
  count: (n: number) => String(n),
  ward: (code: string) => `Ward ${code}`,
  ...siteWords,
  ...lodgeWords,
  ...caseWords,
} as const;
