import { caseWords } from './hi/case.js';
import { lodgeWords } from './hi/lodge.js';
import { siteWords } from './hi/site.js';
import type { Words } from './en.js';

export const hi: Words = {
  language: 'हिन्दी',
  count: (n) => String(n),
  ward: (code) => `वार्ड ${code}`,
  ...siteWords,
  ...lodgeWords,
  ...caseWords,
};
