import { buttons, list } from '../replies.js';
import { skeletons } from '../phonetic.js';
import type { Talk } from '../talk.js';
import type { Draft, QuestionInfo, Turn } from '../types.js';
import { latinDigits, plainAnswer } from '../words.js';
import { proceed } from './proceed.js';

const LONGEST = 500;

/** The first question of the draft's kind that was neither answered nor passed over. */
export function nextQuestion(talk: Talk, draft: Draft): QuestionInfo | null {
  return questionsOf(talk).find(({ code }) => draft.answers?.[code] === undefined) ?? null;
}

export function askQuestion(talk: Talk, code: string): void {
  const { t } = talk;
  const question = questionsOf(talk).find((each) => each.code === code);
  if (!question) return talk.say(t.oldChoice);
  talk.go({ at: 'question', code });
  const skip = { id: `v1:answerto:${code}`, title: t.questionSkip };
  const body = `${talk.name(question.names)}\n\n${t.questionFree}`;
  if (question.kind !== 'choice') return talk.say(buttons(body, skip));
  const rows = question.choices.map((choice) => ({
    id: `v1:answerto:${code}:${choice.code}`,
    title: talk.name(choice.names),
  }));
  talk.say(list(body, t.questionOpen, [...rows, skip]));
}

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

function questionsOf(talk: Talk): readonly QuestionInfo[] {
  const kind = talk.state.draft?.kind;
  return talk.kinds().find(({ code }) => code === kind)?.questions ?? [];
}
