/** Words kept of one case at most. */
export const MOST_WORDS = 30;
const MOST_LETTERS = 40;

/** First digits of Bengali, Devanagari, Arabic and full-width numbers. */
const DIGIT_ZEROS = [0x09e6, 0x0966, 0x0660, 0x06f0, 0xff10];

function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = DIGIT_ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? digit : String(code - zero);
}

/**
 * The words of a text as the index knows them: NFC, lower case, Latin digits, vowel signs kept with their letters,
 * joiners (which people type or leave out) removed. Single letters are none.
 */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u200b-\u200d\u2060\ufeff]/gu, '')
    .replace(/\p{Nd}/gu, latinDigit)
    // Lower case may have come apart again (İ), and the index compares bytes.
    .normalize('NFC');
  const words = new Set<string>();
  for (const [word] of folded.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)) {
    const letters = [...word];
    if (letters.length > 1) words.add(letters.slice(0, MOST_LETTERS).join(''));
  }
  return [...words];
}

/**
 * The words by which a case is found, 30 at most: the sequence of its number, then the landmark, which says more than
 * most of a description, then the description.
 */
export function indexWords(number: string, description: string, landmark: string | null): string[] {
  const sequence = /^[A-Z]+-\d\d-0*(\d{2,7})-\d$/.exec(number)?.[1];
  const place = wordsOf(landmark ?? '').slice(0, 10);
  return [...new Set([...(sequence === undefined ? [] : [sequence]), ...place, ...wordsOf(description)])].slice(
    0,
    MOST_WORDS,
  );
}
