import { ratingIn } from '../rating-words.js';
import { buttons, list } from '../replies.js';
import type { Talk } from '../talk.js';
import type { Texts } from '../texts/index.js';
import { ask, type CaseBrief, type Turn } from '../types.js';
import { plainAnswer } from '../words.js';
import { refused } from './cases.js';
import { showMenu } from './menu.js';

const MOST_ROWS = 10;

function titleOf(t: Texts, rating: number): string {
  return `${rating} · ${t.rateWords[rating - 1] ?? ''}`;
}

/** Rows of the five ratings; the ids name the case, so that they can be tapped at any time later. */
export function ratingRows(t: Texts, number: string): { id: string; title: string }[] {
  return [5, 4, 3, 2, 1].map((rating) => ({ id: `v1:rate:${number}:${rating}`, title: titleOf(t, rating) }));
}

export function* rateable(): Turn<CaseBrief[]> {
  const cases = yield* ask({ do: 'cases' });
  return cases.filter(({ allowed }) => allowed.includes('rate'));
}

/** Asks which work is to be rated, or at once how it is. */
export function* startRating(talk: Talk, rating?: number): Turn<void> {
  yield* chooseCase(talk, yield* rateable(), rating);
}

export function* chooseCase(talk: Talk, cases: readonly CaseBrief[], rating?: number): Turn<void> {
  const { t } = talk;
  const [only] = cases;
  if (!only) {
    talk.say(t.rateNone);
    return showMenu(talk);
  }
  if (cases.length === 1)
    return rating === undefined ? askRating(talk, only.number) : askRemarks(talk, only.number, rating);
  talk.go({ at: 'menu' });
  const rows = cases.slice(0, MOST_ROWS).map(({ number, matter }) => ({
    id: rating === undefined ? `v1:rate:${number}` : `v1:rate:${number}:${rating}`,
    title: number,
    description: matter,
  }));
  talk.say(list(t.rateWhich, t.rateOpen, rows));
}

export function askRating(talk: Talk, number: string): void {
  talk.go({ at: 'rate', number });
  talk.say(list(talk.t.rate(number), talk.t.rateOpen, ratingRows(talk.t, number)));
}

export function* onRate(talk: Talk, number: string, words: string): Turn<void> {
  const spoken = ratingIn(words);
  if (!spoken) {
    talk.say(talk.t.rateUnclear);
    return askRating(talk, number);
  }
  if (spoken.remarks) return yield* giveRating(talk, number, spoken.rating, spoken.remarks);
  askRemarks(talk, number, spoken.rating);
}

export function askRemarks(talk: Talk, number: string, rating: number): void {
  const { t } = talk;
  talk.go({ at: 'remarks', number, rating });
  talk.say(buttons(t.remarks(titleOf(t, rating)), { id: 'v1:remarks:skip', title: t.remarksSkip }));
}

export function* onRemarks(talk: Talk, step: { number: string; rating: number }, words: string): Turn<void> {
  const answer = plainAnswer(words);
  const none = answer === 'skip' || answer === 'no';
  yield* giveRating(talk, step.number, step.rating, none ? undefined : words);
}

export function* giveRating(talk: Talk, number: string, rating: number, remarks?: string): Turn<void> {
  const { t } = talk;
  const body = { rating, ...(remarks ? { remarks } : {}) };
  const result = yield* ask({ do: 'command', number, command: 'rate', body });
  talk.go({ at: 'menu' });
  if (!result.ok) {
    if (result.code === 'already_rated') return talk.say(t.alreadyRated);
    return result.status === 409 && result.state ? talk.say(t.cannotRate) : refused(talk, result);
  }
  const { brief } = result;
  if (brief.state === 'reopened') {
    return talk.say(
      [
        t.reopened(number),
        ...(brief.office ? [t.caseWith(brief.office)] : []),
        ...(brief.due ? [t.caseDue(brief.due)] : []),
      ].join('\n'),
    );
  }
  talk.say(brief.state === 'closed' && brief.outcome === 'dissatisfied' ? t.closedFinally : t.rated);
}
