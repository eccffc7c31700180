import fc from 'fast-check';
import { formatWardList, parseWardList, sortCodes, type WardDirectory } from './ward-list.js';

const wards = new Map(Array.from({ length: 144 }, (_, n) => [String(n + 1), n < 9 ? '1' : '2']));
for (const ward of ['81', '89', ...Array.from({ length: 10 }, (_, n) => String(91 + n))]) wards.set(ward, '10');
const boroughs = new Map([
  ['1', ['Borough I', 'বরো ১']],
  ['2', ['Borough II']],
  ['10', ['Borough X']],
]);
const kolkata: WardDirectory = { wards, boroughs };
const TEN = ['81', '89', '91', '92', '93', '94', '95', '96', '97', '98', '99', '100'];

describe('lists of wards', () => {
  it.each<[string, string[]]>([
    ['91-93', ['91', '92', '93']],
    ['91 – 93', ['91', '92', '93']],
    ['91 to 93', ['91', '92', '93']],
    ['81, 89', ['81', '89']],
    ['81;89', ['81', '89']],
    ['81 & 89 and 92', ['81', '89', '92']],
    [' 089 ', ['89']],
    ['Ward No. 7', ['7']],
    ['wards 7, 9-10', ['7', '9', '10']],
    ['৮১, ८९', ['81', '89']],
    ['7, 7', ['7']],
    ['Borough X', TEN],
    ['borough 10', TEN],
    ['BR. X', TEN],
    ['X', TEN],
    ['Borough X, 144', [...TEN, '144']],
    ['*', ['*']],
    ['All', ['*']],
  ])('reads %p', (cell, expected) => {
    expect(parseWardList(cell, kolkata)).toEqual({ wards: expected });
  });

  it.each([
    ['145', 'unknown'],
    ['140-145', 'unknown'],
    ['0', 'unknown'],
    ['Borough XL', 'unknown'],
    ['IIX', 'unknown'],
    ['near the lake', 'unknown'],
    ['*, 5', 'unknown'],
    [',', 'unknown'],
    ['96.97', 'ambiguous'],
    ['93-91', 'out_of_range'],
    ['1-100000', 'out_of_range'],
  ])('refuses %p as %s', (cell, problem) => {
    expect(parseWardList(cell, kolkata)).toMatchObject({ problem });
  });

  it('asks which is meant where a ward is called like a borough', () => {
    const letters: WardDirectory = {
      wards: new Map([
        ['X', '10'],
        ['1', '10'],
      ]),
      boroughs: new Map([['10', ['Borough X']]]),
    };
    expect(parseWardList('X', letters)).toMatchObject({ problem: 'ambiguous' });
    expect(parseWardList('Ward 1', letters)).toEqual({ wards: ['1'] });
  });

  it('reads back every list it writes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 144 }), { minLength: 1 }), (numbers) => {
        const list = sortCodes(numbers.map(String));
        expect(parseWardList(formatWardList(list), kolkata)).toEqual({ wards: list });
      }),
    );
  });

  it('writes runs short, as departments do', () => {
    expect(formatWardList(TEN)).toBe('81, 89, 91-100');
    expect(formatWardList(['*'])).toBe('*');
  });
});
