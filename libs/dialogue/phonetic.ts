/**
 * One skeleton of consonants for a word however it is written: "জল", "jol" and "जल" are all `jl`. Vowels are dropped
 * because no two people write them alike; one at the beginning is kept as `a`.
 */
const INDIC: Readonly<Record<string, string>> = {
  ...letters('ক খ', 'k'),
  ...letters('গ ঘ', 'g'),
  ...letters('চ ছ', 'c'),
  ...letters('জ ঝ য', 'j'),
  ...letters('ট ঠ ত থ ৎ', 't'),
  ...letters('ড ঢ দ ধ', 'd'),
  ...letters('ণ ন ঞ ঙ ং', 'n'),
  ...letters('প ফ', 'p'),
  ...letters('ব ভ', 'b'),
  ...letters('ম', 'm'),
  ...letters('র ড় ঢ় ড় ঢ়', 'r'),
  ...letters('ল', 'l'),
  ...letters('শ ষ স', 's'),
  ...letters('হ', 'h'),
  ...letters('क ख क़ ख़', 'k'),
  ...letters('ग घ ग़', 'g'),
  ...letters('च छ', 'c'),
  ...letters('ज झ ज़', 'j'),
  ...letters('ट ठ त थ', 't'),
  ...letters('ड ढ द ध', 'd'),
  ...letters('ङ ञ ण न', 'n'),
  ...letters('प फ फ़', 'p'),
  ...letters('ब भ व', 'b'),
  ...letters('म', 'm'),
  ...letters('र ड़ ढ़', 'r'),
  ...letters('ल', 'l'),
  ...letters('श ष स', 's'),
  ...letters('ह', 'h'),
};
/** Joins two consonants without a vowel. */
const VIRAMAS = new Set(['\u09cd', '\u094d']);
const INDIC_VOWELS = new Set('অআইঈউঊঋএঐওঔअआइईउऊऋएऐओऔऑऍ');

function letters(all: string, sound: string): Record<string, string> {
  return Object.fromEntries(all.split(' ').map((letter) => [letter, sound]));
}

/** Digraphs first: an aspirate is written with or without its h. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/tch|chh|cch|ch/g, 'C'],
  [/ck|kh|q/g, 'k'],
  [/x/g, 'ks'],
  [/gh/g, 'g'],
  [/jh|z/g, 'j'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/ph|f/g, 'p'],
  [/bh|v|w/g, 'b'],
  [/sh/g, 's'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/C/g, 'c'],
];

/** The skeleton of one word; empty for what has no letters. */
export function skeleton(word: string): string {
  return /[a-z]/i.test(word) ? latinSounds(word) : indicSounds(word);
}

function latinSounds(word: string): string {
  let text = word.toLowerCase();
  for (const [pattern, sound] of LATIN) text = text.replace(pattern, sound);
  // Doubled letters are one sound, but not those with a vowel between them: kukur.
  text = text.replace(/([^aeiou])\1+/g, '$1');
  const initial = /^[aeiou]/.test(text) ? 'a' : '';
  return initial + text.replace(/[^a-z]/g, '').replace(/[aeiouy]/g, '');
}

function indicSounds(word: string): string {
  const text = word
    .normalize('NFC')
    .replace(/[\u0981\u0901\u0902]/g, '')
    .replace(/ক্ষ|क्ष/g, 'ক')
    .replace(/জ্ঞ|ज्ञ/g, 'গ')
    .replace(/([\u0995-\u09b9\u0915-\u0939])\u09bc/g, (_all, letter: string) =>
      letter === 'য' ? '' : `${letter}\u09bc`,
    );
  let sounds = '';
  const characters = [...text];
  characters.forEach((character, index) => {
    const withDot = characters[index + 1] === '\u09bc' || characters[index + 1] === '\u093c';
    const rolled = withDot && 'ডঢड'.includes(character);
    if (index === 0 && INDIC_VOWELS.has(character)) sounds += 'a';
    else if (character === '\u09df') return;
    else {
      const sound = rolled ? 'r' : (INDIC[character] ?? '');
      const joined = VIRAMAS.has(characters[index - 1] ?? '') && sounds.endsWith(sound);
      if (!joined) sounds += sound;
    }
  });
  return sounds;
}

/** The words of a text as skeletons, in order; digits and signs fall away. */
export function skeletons(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[^\p{L}\p{M}]+/u)
    .map(skeleton)
    .filter((word) => word !== '');
}
