import type { Locale } from '#libs/domain/case/names';
import type { Talk } from './talk.js';
import { ask, type Turn } from './types.js';
import {
  askCity,
  askDetails,
  askEdit,
  askNearby,
  askPhotos,
  askWard,
  askWhat,
  askWhere,
  showReview,
} from './steps/asking.js';
import { askAdd, askAnswer, askWithdraw, checkAnswer, showCase, showCases } from './steps/cases.js';
import { askQuestion } from './steps/ask-question.js';
import { forgetPlace } from './steps/filing.js';
import { askConsent, askLanguage, showMenu } from './steps/menu.js';
import { askRating, askRemarks, giveRating } from './steps/rating.js';

/** Whether language and consent are known. */
export function settled({ state }: Talk): boolean {
  return state.locale !== null && state.consentAt !== null;
}

/** Asks again what was asked last. */
export function* again(talk: Talk): Turn<void> {
  const { step, locale, consentAt } = talk.state;
  if (locale === null) return askLanguage(talk);
  if (consentAt === null) return askConsent(talk);
  switch (step.at) {
    case 'language':
      return askLanguage(talk);
    case 'city':
      return askCity(talk);
    case 'where':
      return askWhere(talk);
    case 'ward':
      return askWard(talk);
    case 'what':
      return askWhat(talk, step.page, step.found);
    case 'details':
      return askDetails(talk);
    case 'question':
      return askQuestion(talk, step.code);
    case 'photos':
      return askPhotos(talk);
    case 'nearby':
      return askNearby(talk, step.cases);
    case 'review':
      return showReview(talk);
    case 'edit':
      return askEdit(talk);
    case 'cases':
      return yield* showCases(talk);
    case 'case':
      return yield* showCase(talk, step.number);
    case 'rate':
      return askRating(talk, step.number);
    case 'remarks':
      return askRemarks(talk, step.number, step.rating);
    case 'answer':
      return step.text === undefined ? yield* askAnswer(talk, step.number) : checkAnswer(talk, step.number, step.text);
    case 'add':
      return askAdd(talk, step.number);
    case 'withdraw':
      return askWithdraw(talk, step.number);
    case 'menu':
    case 'consent':
      return showMenu(talk);
  }
}

export function* help(talk: Talk): Turn<void> {
  talk.say(talk.t.help(talk.world.site));
  yield* again(talk);
}

export function* menu(talk: Talk): Turn<void> {
  const { step, draft } = talk.state;
  // A rating was given; only remarks were still asked for.
  if (step.at === 'remarks') yield* giveRating(talk, step.number, step.rating);
  if (draft && step.at !== 'menu') talk.say(talk.t.kept);
  showMenu(talk);
}

export function cancel(talk: Talk): void {
  const { state, t } = talk;
  if (state.draft) talk.say(t.discarded);
  state.draft = null;
  showMenu(talk);
}

/** One step back; what was answered there may be answered again. */
export function* back(talk: Talk): Turn<void> {
  const { step, draft } = talk.state;
  switch (step.at) {
    case 'city':
    case 'ward':
    case 'what':
      if (draft) forgetPlace(draft, talk);
      return askWhere(talk);
    case 'details':
      if (draft) delete draft.kind;
      return askWhat(talk, 0);
    case 'question':
    case 'photos':
      if (draft) {
        draft.details = [];
        delete draft.answers;
      }
      return askDetails(talk);
    case 'nearby':
    case 'review':
      if (draft) delete draft.photosDone;
      return askPhotos(talk);
    case 'edit':
      return showReview(talk);
    case 'case':
      return yield* showCases(talk);
    case 'remarks':
      return askRating(talk, step.number);
    case 'rate':
    case 'answer':
    case 'add':
    case 'withdraw':
      return yield* showCase(talk, step.number);
    default:
      return showMenu(talk);
  }
}

export function toLanguage(talk: Talk): void {
  askLanguage(talk);
}

export function* setLanguage(talk: Talk, locale: Locale, next: (talk: Talk) => Turn<void>): Turn<void> {
  const { state } = talk;
  const { step } = state;
  state.locale = locale;
  yield* ask({ do: 'speak', locale });
  talk.say(talk.t.languageSet);
  // In the middle of something the same question comes again, now in the new language.
  if (settled(talk) && !['language', 'consent', 'menu'].includes(step.at)) return yield* again(talk);
  yield* next(talk);
}
