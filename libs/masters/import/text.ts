/** Digits of Bengali, Devanagari and full-width writing as ASCII. */
const DIGIT_ZEROS = [0x09e6, 0x0966, 0xff10];

/** Cell as kept: single spaces, none around; letters and digits stay as they were written. */
export function tidy(cell: string): string {
  return cell
    .replace(/[\u200B\u2060\uFEFF]/g, '')
    .replace(/[\s\u00A0]+/g, ' ')
    .trim();
}

/** With ASCII digits: for codes, numbers, dates and comparisons, never for a name. */
export function plainDigits(text: string): string {
  return text.replace(/[০-৯०-९０-９]/g, asciiDigit);
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = DIGIT_ZEROS.find((first) => code >= first && code < first + 10) ?? code;
  return String(code - zero);
}

/** Key under which a name is found whatever its case, spaces, punctuation and `&` for `and`. */
export function nameKey(name: string): string {
  return plainDigits(tidy(name))
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** A spreadsheet would run what starts like this. */
export function looksLikeFormula(cell: string): boolean {
  return /^[=+\-@\t\r]/.test(cell);
}

/** Undoes what the export does to such cells, so that an exported file can be imported again. */
export function withoutNeutraliser(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

/** The number that a well-formed Roman numeral up to 399 stands for; null if it is none. */
export function romanNumber(text: string): number | null {
  const upper = text.toUpperCase();
  if (!/^(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/.test(upper) || upper === '') return null;
  const values = [...upper].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}

/** Edits between two short words; stops caring beyond `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, left] of [...a].entries()) {
    const current = [i + 1];
    for (const [j, right] of [...b].entries()) {
      const replaced = (previous[j] ?? 0) + (left === right ? 0 : 1);
      current.push(Math.min(replaced, (previous[j + 1] ?? 0) + 1, (current[j] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
