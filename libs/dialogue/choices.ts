import { LOCALES } from '#libs/domain/case/names';
import { parseNumber } from '#libs/domain/numbers/index';
import { cancel, help, settled, setLanguage, toLanguage } from './control.js';
import { askEdit, askWhat, EDITABLE } from './steps/asking.js';
import { askAdd, askAnswer, askWithdraw, giveAnswer, showCase, showCases, unfollow, withdraw } from './steps/cases.js';
import { chooseCity, chooseKind, startFiling } from './steps/filing.js';
import { askConsent, showMenu } from './steps/menu.js';
import { follow, notNearby } from './steps/nearby.js';
import { proceed } from './steps/proceed.js';
import { askRating, askRemarks, giveRating, startRating } from './steps/rating.js';
import { chooseAnswer } from './steps/questions.js';
import { edit, send } from './steps/review.js';
import type { Talk } from './talk.js';
import type { Turn } from './types.js';

/** What may go on after language or consent; given by the dialogue, which knows what was said first. */
export type Opened = (talk: Talk) => Turn<void>;

/** Choices that concern one case; they are good at any time, and before anything is settled. */
const OF_A_CASE = ['rate', 'answer', 'case', 'add', 'withdraw', 'unfollow', 'follow'];

/**
 * A tapped row or button. Ids say all that is meant, so that one of yesterday's list still works where it makes sense.
 * They are untrusted: whether a case is the citizen's own is judged by whoever carries the effect out.
 * False: the id says nothing here.
 */
export function* onChoice(talk: Talk, id: string, about: string | undefined, opened: Opened): Turn<boolean> {
  const [version, verb = '', first = '', second = ''] = id.slice(0, 200).split(':');
  if (version !== 'v1') return false;
  if (verb === 'lang') {
    const locale = LOCALES.find((known) => known === first);
    if (!locale) return false;
    yield* setLanguage(talk, locale, opened);
    return true;
  }
  if (talk.state.locale === null) return false;
  if (verb === 'consent') {
    if (first === 'yes') {
      talk.state.consentAt ??= talk.world.now;
      yield* opened(talk);
    } else if (talk.state.consentAt === null) talk.say(talk.t.refused);
    else showMenu(talk);
    return true;
  }
  if (OF_A_CASE.includes(verb)) return yield* ofACase(talk, verb, first, second, about);
  if (!settled(talk)) {
    askConsent(talk);
    return true;
  }
  if (verb === 'answerto') return yield* chooseAnswer(talk, first, second);
  return yield* ofTheFiling(talk, verb, first);
}

function* ofACase(talk: Talk, verb: string, first: string, second: string, about?: string): Turn<boolean> {
  const parsed = parseNumber(first);
  if (!parsed.ok) {
    // "v1:rate:5" of a template names no case.
    const rating = verb === 'rate' ? ratingOf(first) : null;
    if (rating === null) return false;
    if (about) askRemarks(talk, about, rating);
    else yield* startRating(talk, rating);
    return true;
  }
  const { number } = parsed;
  switch (verb) {
    case 'rate': {
      const rating = ratingOf(second);
      if (rating === null) askRating(talk, number);
      else askRemarks(talk, number, rating);
      return true;
    }
    case 'answer':
      yield* answerChoice(talk, number, second);
      return true;
    case 'case':
      yield* showCase(talk, number);
      return true;
    case 'add':
      askAdd(talk, number);
      return true;
    case 'withdraw':
      if (second === 'yes') yield* withdraw(talk, number);
      else if (second === 'no') yield* showCase(talk, number);
      else askWithdraw(talk, number);
      return true;
    case 'unfollow':
      yield* unfollow(talk, number);
      return true;
    default:
      yield* follow(talk, number);
      return true;
  }
}

function* answerChoice(talk: Talk, number: string, second: string): Turn<void> {
  const { step } = talk.state;
  const waiting = step.at === 'answer' && step.number === number ? step.text : undefined;
  if (second === 'yes' && waiting !== undefined) return yield* giveAnswer(talk, number, waiting);
  if (second === 'no') return showMenu(talk);
  yield* askAnswer(talk, number);
}

function ratingOf(text: string): number | null {
  return /^[1-5]$/.test(text) ? Number(text) : null;
}

function* ofTheFiling(talk: Talk, verb: string, what: string): Turn<boolean> {
  const { step, draft } = talk.state;
  switch (verb) {
    case 'menu':
      return yield* ofTheMenu(talk, what);
    case 'city':
      yield* chooseCity(talk, what);
      return true;
    case 'kind':
      talk.draft();
      yield* chooseKind(talk, what);
      return true;
    case 'page':
      askWhat(talk, Number(what) || 0);
      return true;
    case 'photos':
      if (!draft) return false;
      draft.photosDone = true;
      yield* proceed(talk);
      return true;
    case 'nearby':
      if (!draft) return false;
      yield* notNearby(talk);
      return true;
    case 'review':
      if (what === 'discard') cancel(talk);
      else if (!draft) return false;
      else if (what === 'change') askEdit(talk);
      else yield* send(talk);
      return true;
    case 'edit': {
      const field = EDITABLE.find((known) => known === what);
      if (!field || !draft) return false;
      yield* edit(talk, field);
      return true;
    }
    case 'remarks':
      if (step.at !== 'remarks') return false;
      yield* giveRating(talk, step.number, step.rating);
      return true;
    default:
      return false;
  }
}

function* ofTheMenu(talk: Talk, what: string): Turn<boolean> {
  switch (what) {
    case 'file':
    case 'resume':
      yield* startFiling(talk);
      return true;
    case 'track':
      yield* showCases(talk);
      return true;
    case 'rate':
      yield* startRating(talk);
      return true;
    case 'language':
      toLanguage(talk);
      return true;
    case 'help':
      yield* help(talk);
      return true;
    default:
      return false;
  }
}
