/** Damm's quasigroup of order 10: catches every wrong digit and every swap of neighbours, in one digit. */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

const SEQUENCE_DIGITS = 7;
export const MAX_SEQUENCE = 10 ** SEQUENCE_DIGITS - 1;

function checkDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = DAMM[interim]?.[Number(digit)] ?? 0;
  return interim;
}

/**
 * The number a citizen is told, `KMC-26-0001234-5`.
 * @param prefix the tenant's, 2–8 letters
 * @param year its last two digits
 * @throws RangeError if a part does not fit
 */
export function formatNumber(prefix: string, year: number, sequence: number): string {
  if (!/^[A-Z]{2,8}$/.test(prefix)) throw new RangeError(`prefix must be 2–8 capital letters: ${prefix}`);
  if (!Number.isInteger(year) || year < 0 || year > 99) throw new RangeError(`year must be 0–99: ${year}`);
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > MAX_SEQUENCE) {
    throw new RangeError(`sequence must be 1–${MAX_SEQUENCE}: ${sequence}`);
  }
  const yy = String(year).padStart(2, '0');
  const digits = String(sequence).padStart(SEQUENCE_DIGITS, '0');
  return `${prefix}-${yy}-${digits}-${checkDigit(yy + digits)}`;
}

export type ParsedNumber =
  | { ok: true; number: string; prefix: string; year: number; sequence: number }
  | { ok: false; problem: 'format' | 'check_digit' };

/** First code point of each script's digits: Bengali, Devanagari, Arabic-Indic, full width. */
const DIGIT_ZEROS = [0x09e6, 0x0966, 0x0660, 0xff10];

function latinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = DIGIT_ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}

/**
 * Reads a number as people write or dictate it: any case, spaces, any dashes or none, Bengali and Hindi digits,
 * leading zeros of the sequence left out where dashes or spaces still show the parts.
 */
export function parseNumber(text: string): ParsedNumber {
  const plain = latinDigits(text.normalize('NFKC').slice(0, 64))
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212/._]+/gu, ' ')
    .trim();
  const match =
    /^([A-Z]{2,8}) ?([0-9]{2}) ([0-9]{1,7}) ([0-9])$/.exec(plain) ??
    /^([A-Z]{2,8})([0-9]{2})([0-9]{7})([0-9])$/.exec(plain.replaceAll(' ', ''));
  if (!match) return { ok: false, problem: 'format' };
  const [, prefix = '', year = '', sequence = '', check = ''] = match;
  const digits = sequence.padStart(SEQUENCE_DIGITS, '0');
  if (Number(digits) === 0) return { ok: false, problem: 'format' };
  if (checkDigit(year + digits) !== Number(check)) return { ok: false, problem: 'check_digit' };
  const number = `${prefix}-${year}-${digits}-${check}`;
  return { ok: true, number, prefix, year: Number(year), sequence: Number(digits) };
}
