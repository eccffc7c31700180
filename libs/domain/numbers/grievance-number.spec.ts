import fc from 'fast-check';
import { formatNumber, MAX_SEQUENCE, parseNumber } from './grievance-number.js';

const parts = fc.record({
  prefix: fc.stringMatching(/^[A-Z]{2,8}$/),
  year: fc.integer({ min: 0, max: 99 }),
  sequence: fc.integer({ min: 1, max: MAX_SEQUENCE }),
});
const digitsOf = (number: string): number[] => [...number].flatMap((char, index) => (/\d/.test(char) ? [index] : []));
const bengali = (text: string): string => text.replace(/\d/g, (digit) => String.fromCodePoint(0x09e6 + Number(digit)));
const hindi = (text: string): string => text.replace(/\d/g, (digit) => String.fromCodePoint(0x0966 + Number(digit)));

describe('grievance numbers', () => {
  it('has year, seven digits and a check digit that anyone can compute', () => {
    // 572 → 4 is the published example of the Damm algorithm; leading zeros do not change it.
    expect(formatNumber('KMC', 0, 572)).toBe('KMC-00-0000572-4');
    expect(formatNumber('KMC', 26, 1234)).toMatch(/^KMC-26-0001234-\d$/);
  });

  it('reads back every number it writes', () => {
    fc.assert(
      fc.property(parts, ({ prefix, year, sequence }) => {
        const number = formatNumber(prefix, year, sequence);
        expect(parseNumber(number)).toEqual({ ok: true, number, prefix, year, sequence });
      }),
    );
  });

  it('catches every single wrong digit', () => {
    fc.assert(
      fc.property(parts, ({ prefix, year, sequence }) => {
        const number = formatNumber(prefix, year, sequence);
        for (const index of digitsOf(number)) {
          for (let wrong = 0; wrong <= 9; wrong += 1) {
            if (String(wrong) === number[index]) continue;
            const text = `${number.slice(0, index)}${wrong}${number.slice(index + 1)}`;
            expect(parseNumber(text).ok).toBe(false);
          }
        }
      }),
    );
  });

  it('catches every swap of two neighbouring digits, across the dashes too', () => {
    fc.assert(
      fc.property(parts, ({ prefix, year, sequence }) => {
        const number = formatNumber(prefix, year, sequence);
        const positions = digitsOf(number);
        for (const [nth, left] of positions.slice(0, -1).entries()) {
          const right = positions[nth + 1] ?? left;
          if (number[left] === number[right]) continue;
          const chars = [...number];
          [chars[left], chars[right]] = [chars[right] ?? '', chars[left] ?? ''];
          expect(parseNumber(chars.join('')).ok).toBe(false);
        }
      }),
    );
  });

  const number = formatNumber('KMC', 26, 1234);
  const check = number.slice(-1);
  it.each([
    ['lower case', number.toLowerCase()],
    ['spaces around and within', `  ${number.replaceAll('-', ' - ')} `],
    ['spaces instead of dashes', number.replaceAll('-', ' ')],
    ['no separators', number.replaceAll('-', '')],
    ['typographic dashes', number.replaceAll('-', '–')],
    ['Bengali digits', bengali(number)],
    ['Hindi digits', hindi(number)],
    ['full-width digits', number.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))],
    ['leading zeros left out', `kmc-26-1234-${check}`],
  ])('reads a number written with %s', (_how, text) => {
    expect(parseNumber(text)).toMatchObject({ ok: true, number });
  });

  it.each([
    '',
    'KMC',
    '26-0001234-5',
    'KMC-26-000123456',
    'KMC-2026-0001234-5',
    'KMC-26-0000000-0',
    `${number}-1`,
    'x'.repeat(9000),
  ])('refuses %p as no number', (text) => {
    expect(parseNumber(text)).toEqual({ ok: false, problem: 'format' });
  });

  it.each([
    ['kmc', 26, 1],
    ['KMC', 126, 1],
    ['KMC', 26, 0],
    ['KMC', 26, MAX_SEQUENCE + 1],
    ['KMC', 26, 1.5],
  ])('never writes a number from %p, %p, %p', (prefix, year, sequence) => {
    expect(() => formatNumber(prefix, year, sequence)).toThrow(RangeError);
  });
});
