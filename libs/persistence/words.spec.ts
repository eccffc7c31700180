import { indexWords, MOST_WORDS, wordsOf } from './words.js';

describe('the words a case is found by', () => {
  test('keep vowel signs and conjuncts of Bengali and Hindi with their letters', () => {
    expect(wordsOf('ফুটপাথ ভাঙা বা বন্ধ।')).toEqual(['ফুটপাথ', 'ভাঙা', 'বা', 'বন্ধ']);
    expect(wordsOf('सड़क की बत्ती बंद है')).toEqual(['सड़क', 'की', 'बत्ती', 'बंद', 'है'].map((each) => each.normalize('NFC')));
  });

  test('are the same however the letters are composed or joined', () => {
    expect(wordsOf('বাড়ি')).toEqual(wordsOf('বাড\u09bcি'));
    expect(wordsOf('র\u200d্যাফ')).toEqual(wordsOf('র্যাফ'));
    expect(wordsOf('CAFE\u0301')).toEqual(['café']);
    expect(wordsOf('İzmir')).toEqual(wordsOf('i\u0307zmir'));
  });

  test('read the digits of every script alike', () => {
    expect(wordsOf('ওয়ার্ড ৯১')).toContain('91');
    expect(wordsOf('वार्ड ९१')).toContain('91');
  });

  test('leave out emoji, punctuation and single letters, and stand once', () => {
    expect(wordsOf('a leak, a LEAK! 🚰🚰 --- leak')).toEqual(['leak']);
    expect(wordsOf('🚰💧')).toEqual([]);
  });

  test('a word without end is cut between letters', () => {
    const [word = ''] = wordsOf('𝒜'.repeat(100));
    expect([...word]).toHaveLength(40);
    expect(Buffer.from(word).toString()).toBe(word);
  });

  test('of one case are thirty at most, its number and landmark among them', () => {
    const description = Array.from({ length: 500 }, (_, i) => `word${i}`).join(' ');
    const words = indexWords('KMC-26-0001234-5', description, 'Gariahat crossing');
    expect(words).toHaveLength(MOST_WORDS);
    expect(words.slice(0, 3)).toEqual(['1234', 'gariahat', 'crossing']);
  });
});
