import { caseWords } from './bn/case.js';
import { lodgeWords } from './bn/lodge.js';
import { siteWords } from './bn/site.js';
import { digits } from './bn/spoken.js';
import type { Words } from './en.js';

export const bn: Words = {
  language: 'বাংলা',
  count: digits,
  ward: (code) => `${digits(code)} নম্বর ওয়ার্ড`,
  ...siteWords,
  ...lodgeWords,
  ...caseWords,
};
