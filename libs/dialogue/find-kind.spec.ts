import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { clearKind, findKinds } from './find-kind.js';
import type { KindInfo } from './types.js';

const seed = (file: string) =>
  parse<Record<string, string>>(readFileSync(join(process.cwd(), 'deploy', 'seed', 'kolkata', file), 'utf8'), {
    columns: true,
    bom: true,
  });

const kinds: KindInfo[] = seed('categories.csv').map((row) => ({
  code: row['sub_category'] ?? '',
  names: { en: row['name'] ?? '', bn: row['name_bn'] ?? '', hi: row['name_hi'] ?? '' },
}));
const meant = (text: string) => clearKind(findKinds(text, kinds));

describe('the kind of a complaint in the words of a citizen', () => {
  it.each([
    ['jol asche na', 'WATER_NO_SUPPLY'],
    ['জল আসছে না', 'WATER_NO_SUPPLY'],
    ['pani nahi aa raha hai', 'WATER_NO_SUPPLY'],
    ['ওয়ার্ড ৬৩-এ রাস্তার আলো জ্বলছে না', 'LIGHT_OFF'],
    ['rastar alo jolche na', 'LIGHT_OFF'],
    ['street light not working', 'LIGHT_OFF'],
    ['moyla pore ache', 'GARBAGE_NOT_LIFTED'],
    ['कूड़ा नहीं उठाया', 'GARBAGE_NOT_LIFTED'],
    ['machhar bahut hai', 'MOSQUITO'],
    ['মশা', 'MOSQUITO'],
    ['Pothole near gate', 'POTHOLE'],
    ['নর্দমা উপচে পড়ছে', 'DRAIN_BLOCKED'],
    ['gach pore geche', 'TREE_FALLEN'],
    ['kukur', 'STRAY_DOGS'],
  ])('understands "%s"', (text, code) => {
    expect(meant(text)).toBe(code);
  });

  it.each(['', '🙂🙂🙂', '12345', 'hello', 'ধন্যবাদ', 'qwerty', '????'])('finds nothing in "%s"', (text) => {
    expect(meant(text)).toBeNull();
  });

  it('offers several where a word fits several', () => {
    const codes = findKinds('rasta', kinds).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(1);
    expect(codes).toContain('POTHOLE');
  });

  it('finds the kind of complaints as citizens of all three languages wrote them', () => {
    const rows = seed('complaints-sample.csv').filter((row) => row['sub_category'] !== 'OTHER');
    const scored = rows.map((row) => {
      const codes = findKinds(row['description'] ?? '', kinds).map(({ code }) => code);
      return {
        first: codes[0] === row['sub_category'],
        among: codes.slice(0, 9).includes(row['sub_category'] ?? ''),
        row,
        codes,
      };
    });
    const share = (which: 'first' | 'among') => scored.filter((each) => each[which]).length / scored.length;
    expect(share('first')).toBeGreaterThan(0.9);
    expect(share('among')).toBeGreaterThan(0.97);
  });
});
