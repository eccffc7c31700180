import { WORDS } from './index';
import { LOCALES } from './locale';

type Tree = { readonly [key: string]: unknown };

function* leaves(tree: Tree, path = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') yield [`${path}${key}`, value];
    else if (typeof value === 'function')
      yield [`${path}${key}`, String((value as (...blanks: string[]) => string)('3', '4'))];
    else yield* leaves(value as Tree, `${path}${key}.`);
  }
}

const SCRIPTS = { bn: /[\u0980-\u09ff]/, hi: /[\u0900-\u097f]/, en: /[A-Za-z0-9]/ };
/** What looks the same in every language: a sign, a figure or what is filled in. */
const ANYWHERE = new Set(['count', 'case.title', 'case.by', 'action.star', 'site.normal']);

describe.each(LOCALES)('the words in %s', (locale) => {
  const all = [...leaves(WORDS[locale])];

  it('are all there, each in its own script', () => {
    const odd = all.filter(([path, text]) => !ANYWHERE.has(path) && !SCRIPTS[locale].test(text));
    expect(odd).toEqual([]);
  });

  it('name no state, no code and no role by its abbreviation', () => {
    const told = all.filter(([, text]) => /\b(LME|GRO|SLA|OTP|EE|state_conflict|awaiting_|reassign)/i.test(text));
    expect(told).toEqual([]);
  });

  it('have the same keys as the English ones', () => {
    expect(all.map(([path]) => path)).toEqual([...leaves(WORDS.en as unknown as Tree)].map(([path]) => path));
  });
});

describe('Bengali of a day', () => {
  it('takes the ending that is spoken', () => {
    const said = (day: string) => WORDS.bn.status.older(day);
    expect(said('মঙ্গলবার ১ ডিসেম্বর')).toContain('ডিসেম্বরের আগে');
    expect(said('শনিবার ১৩ জুলাই')).toContain('জুলাইয়ের আগে');
    expect(said('শনিবার ১৩ জুলাই ২০২৪')).toContain('২০২৪-এর আগে');
    expect(said('রবিবার ১ ফেব্রুয়ারি')).toContain('ফেব্রুয়ারির আগে');
    expect(said('শুক্রবার ১ মে')).toContain('মে-র আগে');
  });
});
