import { LEXICON } from './lexicon.js';
import { skeleton, skeletons } from './phonetic.js';
import type { KindInfo } from './types.js';

export interface KindMatch {
  code: string;
  /** 0 … 1 */
  score: number;
}

/** A complaint says at its beginning what it is about. */
const MOST_READ = 400;
/** Below it the text says nothing of any kind. */
const LEAST_SCORE = 0.3;
/** One kind is meant where it is this much better than the next. */
const CLEAR = 1.25;
const SURE_SCORE = 0.45;

/** Words that every complaint has, in skeletons: alone they find nothing, beside others they decide. */
const WEAK = new Set(
  'na nahi nahin no not is the a an in on of for to and near very please sir hai ho raha rahi hoche hocche ache achhe হচ্ছে আছে না নেই ও এবং খুব है हैं नहीं का की के में और বা या problem সমস্যা समस्या needed দরকার चाहिए'
    .split(' ')
    .map(skeleton),
);

interface Phrase {
  code: string;
  words: readonly string[];
}

interface Index {
  phrases: readonly Phrase[];
  weight: ReadonlyMap<string, number>;
}

const indexes = new WeakMap<readonly KindInfo[], Index>();

function indexOf(kinds: readonly KindInfo[]): Index {
  const known = indexes.get(kinds);
  if (known) return known;
  const phrases = kinds.flatMap(({ code, names }) =>
    [names.en, names.bn, names.hi, ...(LEXICON[code] ?? [])]
      .filter((name) => name !== undefined)
      .map((name) => ({ code, words: [...new Set(skeletons(name))] }))
      .filter(({ words }) => words.length > 0),
  );
  const holders = new Map<string, Set<string>>();
  for (const { code, words } of phrases) {
    for (const word of words) holders.set(word, (holders.get(word) ?? new Set()).add(code));
  }
  const weight = new Map(
    [...holders].map(([word, codes]) => [
      word,
      (WEAK.has(word) ? 0.3 : 1) * Math.log(1 + kinds.length / codes.size) * (word.length < 2 ? 0.4 : 1),
    ]),
  );
  const index = { phrases, weight };
  indexes.set(kinds, index);
  return index;
}

/** The kinds that a text may mean, best first. Understands three scripts and what people type in latin letters. */
export function findKinds(text: string, kinds: readonly KindInfo[]): KindMatch[] {
  const { phrases, weight } = indexOf(kinds);
  const said = [...new Set(skeletons(text.slice(0, MOST_READ)))];
  if (said.length === 0) return [];
  const best = new Map<string, number>();
  for (const { code, words } of phrases) {
    const score = scoreOf(words, said, weight);
    if (score > (best.get(code) ?? 0)) best.set(code, score);
  }
  return [...best]
    .filter(([, score]) => score >= LEAST_SCORE)
    .map(([code, score]) => ({ code, score }))
    .sort((one, other) => other.score - one.score);
}

/** The one kind that is meant, if one is clearly meant. */
export function clearKind(matches: readonly KindMatch[]): string | null {
  const [first, second] = matches;
  if (!first || first.score < SURE_SCORE) return null;
  return !second || first.score >= second.score * CLEAR || (first.score > 0.97 && second.score < 0.9)
    ? first.code
    : null;
}

/** Share of the phrase that was said, by weight; a little more when the text says little else. */
function scoreOf(words: readonly string[], said: readonly string[], weight: ReadonlyMap<string, number>): number {
  let whole = 0;
  let found = 0;
  const used = new Set<string>();
  for (const word of words) {
    const weighs = weight.get(word) ?? 1;
    whole += weighs;
    let likeness = 0;
    for (const other of said) {
      const alike = likenessOf(word, other);
      if (alike > likeness) likeness = alike;
      if (alike > 0) used.add(other);
    }
    found += weighs * likeness;
  }
  const known = said.filter((word) => weight.has(word) || used.has(word));
  const coverage = known.length === 0 ? 0 : used.size / known.length;
  return (found / whole) * (0.8 + 0.2 * coverage) * Math.min(1, 0.5 + found / 4);
}

/** Endings differ by case and number: জল, জলে, জলের. */
function likenessOf(one: string, other: string): number {
  if (one === other) return 1;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= 2 && long.startsWith(short) && long.length - short.length <= 2)
    return short.length >= 3 ? 0.85 : 0.7;
  return 0;
}
