import { latinDigits, plain } from './words.js';

/** From worst to best. */
const WORDS: readonly (readonly string[])[] = [
  [
    'one',
    'very bad',
    'worst',
    'terrible',
    'very poor',
    'এক',
    'খুব খারাপ',
    'খুবই খারাপ',
    'জঘন্য',
    'एक',
    'बहुत ख़राब',
    'बहुत बुरा',
    'बेकार',
    'khub kharap',
    'khub baje',
    'bahut kharab',
    'bahut bura',
    'ek',
  ],
  [
    'two',
    'bad',
    'poor',
    'not good',
    'দুই',
    'দু',
    'খারাপ',
    'ভালো না',
    'ভালো নয়',
    'दो',
    'ख़राब',
    'बुरा',
    'अच्छा नहीं',
    'kharap',
    'baje',
    'kharab',
    'bura',
    'dui',
    'do',
  ],
  [
    'three',
    'fair',
    'average',
    'ok',
    'okay',
    'so so',
    'তিন',
    'মোটামুটি',
    'চলনসই',
    'ঠিকঠাক',
    'तीन',
    'ठीक',
    'ठीक-ठाक',
    'ठीक ठाक',
    'औसत',
    'motamuti',
    'theek',
    'thik thak',
    'theek thaak',
    'tin',
    'teen',
  ],
  ['four', 'good', 'nice', 'well done', 'চার', 'ভালো', 'ভাল', 'चार', 'अच्छा', 'bhalo', 'valo', 'accha', 'achha', 'char'],
  [
    'five',
    'very good',
    'excellent',
    'great',
    'best',
    'perfect',
    'পাঁচ',
    'খুব ভালো',
    'খুব ভাল',
    'দারুণ',
    'চমৎকার',
    'पाँच',
    'पांच',
    'बहुत अच्छा',
    'बढ़िया',
    'शानदार',
    'khub bhalo',
    'khub valo',
    'darun',
    'bahut accha',
    'bahut achha',
    'badhiya',
    'panch',
    'paanch',
  ],
];

const BY_WORD = new Map(WORDS.flatMap((words, index) => words.map((word) => [plain(word), index + 1] as const)));
const LONGEST = Math.max(...[...BY_WORD.keys()].map((word) => word.split(' ').length));

export interface SpokenRating {
  rating: number;
  /** What else was written. */
  remarks: string;
}

/**
 * The rating in a text: a digit of any script, a word of three languages, stars, "4/5", and what was said beside it.
 * Null when it begins with none.
 */
export function ratingIn(text: string): SpokenRating | null {
  const trimmed = text.trim();
  const stars = /^((?:⭐|🌟|★)\ufe0f?)+/u.exec(trimmed);
  if (stars) {
    const count = [...stars[0].replace(/\ufe0f/g, '')].length;
    return count <= 5 ? { rating: count, remarks: trimmed.slice(stars[0].length).trim() } : null;
  }
  const digits = latinDigits(trimmed);
  const digit =
    /^([1-5])(?:\ufe0f?\u20e3)?\s*(?:\/\s*5|out of 5|stars?|star|তারা|स्टार)?(?![\d.])(?=$|[\s,.;:!।–-])[\s,.;:!।–-]*/iu.exec(
      digits,
    );
  if (digit) return { rating: Number(digit[1]), remarks: digits.slice(digit[0].length).trim() };
  return wordsAtStart(trimmed);
}

function wordsAtStart(text: string): SpokenRating | null {
  const words = text.split(/\s+/);
  for (let count = Math.min(LONGEST, words.length); count > 0; count--) {
    const rating = BY_WORD.get(plain(words.slice(0, count).join(' ')));
    if (rating !== undefined)
      return {
        rating,
        remarks: words
          .slice(count)
          .join(' ')
          .replace(/^[\s,.;:!।–-]+/u, ''),
      };
  }
  return null;
}
