import type { Locale } from '#libs/domain/case/names';
import { parseNumber } from '#libs/domain/numbers/index';

/** What a citizen asks by SMS. `number` as written where a prefix was left out: the digits alone. */
export type SmsCommand =
  | { kind: 'help' }
  | { kind: 'status'; number: NumberText }
  | { kind: 'rate'; number: NumberText; rating: number; remarks?: string }
  | { kind: 'reopen'; number: NumberText; reason: string }
  /** A keyword was understood, but not what follows it. */
  | { kind: 'unclear'; of: 'number' | 'rating' | 'reason' }
  | { kind: 'other' };

/** A whole number, or one without its city's letters. */
export type NumberText = { number: string } | { digits: string };

type Keyword = 'status' | 'rate' | 'reopen' | 'help';

const KEYWORDS: Readonly<Record<Keyword, readonly string[]>> = {
  status: ['status', 'স্ট্যাটাস', 'অবস্থা', 'खबर', 'स्थिति', 'स्टेटस', 'obostha', 'sthiti'],
  rate: ['rate', 'rating', 'রেট', 'রেটিং', 'নম্বর', 'মূল্যায়ন', 'रेट', 'रेटिंग', 'अंक', 'मूल्यांकन'],
  reopen: [
    'reopen',
    're-open',
    'রিওপেন',
    'আবার খুলুন',
    'আবার',
    'পুনরায়',
    'रीओपन',
    'फिर से',
    'दोबारा',
    'abar',
    'phir se',
    'dobara',
  ],
  help: ['help', '?', 'সাহায্য', 'হেল্প', 'मदद', 'सहायता', 'हेल्प', 'sahajyo', 'madad'],
};
const LONGEST = 1000;
/** A number may be written with spaces between its parts. */
const MOST_PARTS = 5;

export function parseCommand(text: string): SmsCommand {
  const said = plain(text);
  const keyword = keywordOf(said);
  if (!keyword) return { kind: 'other' };
  if (keyword.name === 'help') return { kind: 'help' };
  const read = numberAt(said.slice(keyword.length).trim());
  if (!read) return { kind: 'unclear', of: 'number' };
  const { number, rest } = read;
  switch (keyword.name) {
    case 'status':
      return { kind: 'status', number };
    case 'reopen':
      return rest === '' ? { kind: 'unclear', of: 'reason' } : { kind: 'reopen', number, reason: rest };
    case 'rate': {
      const match = /^([1-5])(?!\d)[\s.,:;-]*(.*)$/su.exec(rest);
      if (!match) return { kind: 'unclear', of: 'rating' };
      const remarks = match[2]?.trim() ?? '';
      return { kind: 'rate', number, rating: Number(match[1]), ...(remarks === '' ? {} : { remarks }) };
    }
  }
}

/** The language of the letters, where they tell one. */
export function localeIn(text: string): Locale | undefined {
  if (/\p{Script=Bengali}/u.test(text)) return 'bn';
  return /\p{Script=Devanagari}/u.test(text) ? 'hi' : undefined;
}

/** Composed letters, Latin digits, single spaces. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .slice(0, LONGEST)
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .replace(/[\u09e6-\u09ef]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'.,:;#*-]+/, '')
    .trim();
}

function keywordOf(said: string): { name: Keyword; length: number } | null {
  const lower = said.toLowerCase();
  for (const [name, words] of Object.entries(KEYWORDS) as [Keyword, readonly string[]][]) {
    for (const word of words) {
      const spelt = word.normalize('NFC').replace(/[\u200b-\u200d]/g, '');
      if (!lower.startsWith(spelt)) continue;
      const next = lower.slice(spelt.length);
      if (next === '' || /^[\s\d:.,#-]/.test(next)) return { name, length: spelt.length };
      // "STATUSKMC-26-…": the space was forgotten before the number.
      if (/^[a-z]{2,8}[\s-]?\d/.test(next) && /^[a-z-]+$/.test(spelt)) return { name, length: spelt.length };
    }
  }
  return null;
}

/** The number at the beginning, and what stands behind it. */
function numberAt(text: string): { number: NumberText; rest: string } | null {
  const parts = text.replace(/^[\s:.,#-]+/, '').split(' ');
  for (let count = 1; count <= Math.min(MOST_PARTS, parts.length); count++) {
    const written = parts
      .slice(0, count)
      .join(' ')
      .replace(/[,;:]+$/, '');
    const rest = parts.slice(count).join(' ').trim();
    const parsed = parseNumber(written);
    if (parsed.ok) return { number: { number: parsed.number }, rest };
    const digits = withoutPrefix(written);
    if (digits !== null) return { number: { digits }, rest };
  }
  return null;
}

/** `26-0001234-5` or `2600012345`: ten digits whose check digit fits. */
function withoutPrefix(written: string): string | null {
  if (!/^\d{2}[\s-]?\d{1,7}[\s-]?\d$/.test(written)) return null;
  const parsed = parseNumber(/[\s-]/.test(written) ? `XX-${written}` : `XX${written}`);
  return parsed.ok ? parsed.number.slice('XX-'.length) : null;
}
