import { buttons, list } from '../replies.js';
import type { Talk } from '../talk.js';
import type { Draft, QuestionInfo } from '../types.js';

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

/** What the draft's kind asks besides. */
export function questionsOf(talk: Talk): readonly QuestionInfo[] {
  const kind = talk.state.draft?.kind;
  return talk.kinds().find(({ code }) => code === kind)?.questions ?? [];
}
