import { skeletons } from '../phonetic.js';
import type { Talk } from '../talk.js';
import type { Draft, Turn } from '../types.js';
import { latinDigits, plainAnswer } from '../words.js';
import { askQuestion, questionsOf } from './ask-question.js';
import { proceed } from './proceed.js';

const LONGEST = 500;

export function* onQuestion(talk: Talk, code: string, words: string): Turn<void> {
  const question = questionsOf(talk).find((each) => each.code === code);
  if (!question || plainAnswer(words) === 'skip') return yield* take(talk, code, '');
  if (question.kind === 'choice') {
    const said = skeletons(words).join(' ');
    const meant = question.choices.find(({ names }) =>
      Object.values(names).some((name: string) => skeletons(name).join(' ') === said),
    );
    if (meant) return yield* take(talk, code, meant.code);
  } else if (question.kind === 'number') {
    const number = /-?\d+(?:[.,]\d+)?/.exec(latinDigits(words))?.[0].replace(',', '.');
    if (number) return yield* take(talk, code, number);
  } else return yield* take(talk, code, words.trim().slice(0, LONGEST));
  talk.say(talk.t.notUnderstood);
  askQuestion(talk, code);
}

/** A tapped answer; without one the question is passed over. False: it is a question of something else. */
export function* chooseAnswer(talk: Talk, code: string, choice: string): Turn<boolean> {
  const question = talk.state.draft ? questionsOf(talk).find((each) => each.code === code) : undefined;
  if (!question || (choice !== '' && !question.choices.some((each) => each.code === choice))) return false;
  yield* take(talk, code, choice);
  return true;
}

/** The answers that were given, by the codes of their questions. */
export function answersIn(draft: Draft): Record<string, string> {
  return Object.fromEntries(Object.entries(draft.answers ?? {}).filter(([, answer]) => answer !== ''));
}

function* take(talk: Talk, code: string, answer: string): Turn<void> {
  const draft = talk.draft();
  draft.answers = { ...draft.answers, [code]: answer };
  yield* proceed(talk);
}
