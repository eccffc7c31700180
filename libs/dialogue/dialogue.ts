import type { ChatInput } from '#libs/contracts/chat';
import type { Locale } from '#libs/domain/case/names';
import { onChoice } from './choices.js';
import { Talk } from './talk.js';
import type { DialogueState, Outcome, Turn, World } from './types.js';
import { clearKind, findKinds } from './find-kind.js';
import { skeletons } from './phonetic.js';
import { ratingIn } from './rating-words.js';
import { buttons } from './replies.js';
import { again, back, cancel, help, menu, settled, setLanguage, toLanguage } from './control.js';
import { askWhat } from './steps/asking.js';
import {
  addMedia,
  answerWithMedia,
  checkAnswer,
  giveAnswer,
  numberIn,
  onAdd,
  onAnswer,
  onCases,
  onWithdraw,
  showCase,
  showCases,
} from './steps/cases.js';
import { onCity, onLocation, onWard, onWhat, onWhere, startFiling, startWithWords } from './steps/filing.js';
import { onDetails, onPhotos, takeMedia } from './steps/media.js';
import { askConsent, askLanguage, showMenu } from './steps/menu.js';
import { onNearby } from './steps/nearby.js';
import { onQuestion } from './steps/questions.js';
import { chooseCase, giveRating, onRate, onRemarks, rateable, startRating } from './steps/rating.js';
import { onEdit, onReview } from './steps/review.js';
import { ask } from './types.js';
import { controlWord, languageWord, menuWord, plainAnswer, scriptOf } from './words.js';

const DRAFT_LIVES_MS = 7 * 24 * 3_600_000;
/** A rating without remarks counts as it is after this time. */
const REMARKS_WAIT_MS = 10 * 60_000;
const NUDGE_AFTER_MS = 4 * 3_600_000;
/** A little before the 24 hours are over in which anything may be said. */
const NUDGE_UNTIL_MS = 23 * 3_600_000;

/** What came, with the case that the answered message was about, where that is known. */
export interface Heard {
  at: number;
  input: ChatInput;
  about?: string;
}

/** A dialogue that has not begun. Somebody known from elsewhere is not asked again for language and consent. */
export function newDialogue(known: { locale: Locale; since: number } | null): DialogueState {
  return {
    locale: known?.locale ?? null,
    consentAt: known?.since ?? null,
    step: { at: 'menu' },
    draft: null,
    city: null,
    opening: null,
    heardAt: 0,
  };
}

/** One message: a pure turn. Whoever runs it carries out the effects it yields. */
export function* converse(before: DialogueState, heard: Heard, world: World): Turn {
  const talk = new Talk(before, world);
  forgetOldDraft(talk);
  yield* hear(talk, heard);
  if (talk.replies.length === 0) yield* again(talk);
  talk.state.heardAt = Math.max(before.heardAt, heard.at);
  return outcomeOf(talk);
}

/** When something is to be said without being asked: from `at` on, but not after `until`. Epoch ms. */
export function nextWake({ step, draft, heardAt }: DialogueState): { at: number; until: number } | null {
  if (step.at === 'remarks') return { at: heardAt + REMARKS_WAIT_MS, until: Number.MAX_SAFE_INTEGER };
  if (!draft || draft.nudged) return null;
  return { at: heardAt + NUDGE_AFTER_MS, until: heardAt + NUDGE_UNTIL_MS };
}

/** Time has passed. */
export function* wake(before: DialogueState, world: World): Turn {
  const talk = new Talk(before, world);
  const due = nextWake(before);
  if (!due || world.now < due.at) return outcomeOf(talk);
  const { step, draft } = talk.state;
  if (step.at === 'remarks') yield* giveRating(talk, step.number, step.rating);
  else if (draft) {
    draft.nudged = true;
    if (world.now <= due.until) {
      const { t } = talk;
      talk.say(
        buttons(t.nudge, { id: 'v1:menu:resume', title: t.goOn }, { id: 'v1:review:discard', title: t.discard }),
      );
    }
  }
  return outcomeOf(talk);
}

function outcomeOf({ state, replies }: Talk): Outcome {
  return { state, replies };
}

function forgetOldDraft({ state, world }: Talk): void {
  if (!state.draft || world.now - state.draft.touchedAt < DRAFT_LIVES_MS) return;
  state.draft = null;
  state.step = { at: 'menu' };
}

function* hear(talk: Talk, { input, about }: Heard): Turn<void> {
  const { t } = talk;
  switch (input.type) {
    case 'flood':
      return talk.say(t.flood);
    case 'system':
      return talk.say(t.numberChanged);
    case 'reaction':
      return talk.say(t.thanks);
    case 'unsupported':
      talk.say(t.unsupported);
      return settled(talk) ? yield* again(talk) : yield* open(talk, null);
    case 'choice':
      if (yield* onChoice(talk, input.id, about, opened)) return;
      return yield* hearText(talk, input.title, about, true);
    case 'text':
      return yield* hearText(talk, input.text, about, false);
    case 'form':
      return yield* hearForm(talk, input.data, about);
    case 'location':
      if (!settled(talk)) return yield* open(talk, null);
      return yield* onLocation(talk, input.lat, input.lon, input.name ?? input.address);
    case 'media':
      if (!settled(talk)) return yield* open(talk, null);
      return yield* hearMedia(talk, input.media);
  }
}

function* hearMedia(talk: Talk, media: Extract<ChatInput, { type: 'media' }>['media']): Turn<void> {
  const { step } = talk.state;
  if (step.at === 'answer') yield* answerWithMedia(talk, step.number, media);
  else if (step.at === 'add') yield* addMedia(talk, step.number, media);
  else if (step.at === 'remarks' || step.at === 'rate' || step.at === 'withdraw') talk.say(talk.t.mediaHere);
  else yield* takeMedia(talk, media);
}

function* hearForm(talk: Talk, data: Readonly<Record<string, unknown>> | null, about?: string): Turn<void> {
  const spoken = data ? ratingIn(String(data['rating'] ?? '')) : null;
  if (!spoken) return talk.say(talk.t.notUnderstood);
  const remarks = typeof data?.['remarks'] === 'string' ? data['remarks'].trim() : '';
  const number = typeof data?.['number'] === 'string' ? data['number'] : about;
  if (number) return yield* giveRating(talk, number, spoken.rating, remarks || undefined);
  const cases = yield* rateable();
  const [only] = cases;
  if (only && cases.length === 1) return yield* giveRating(talk, only.number, spoken.rating, remarks || undefined);
  yield* chooseCase(talk, cases, spoken.rating);
}

/** @param tapped a title whose id said nothing: it is no complaint and no details */
function* hearText(talk: Talk, words: string, about: string | undefined, tapped: boolean): Turn<void> {
  const { state } = talk;
  const language = languageWord(words);
  if (language) return yield* setLanguage(talk, language, opened);
  if (state.locale === null) return yield* open(talk, words);
  const control = controlWord(words);
  // Words that also answer the question at hand.
  const answers = control === 'resume' && ['photos', 'question', 'remarks', 'review'].includes(state.step.at);
  if (control && !answers) {
    if (control === 'language') return toLanguage(talk);
    if (control === 'help') return yield* help(talk);
    if (!settled(talk)) return askConsent(talk);
    if (control === 'menu') return yield* menu(talk);
    if (control === 'back') return yield* back(talk);
    if (control === 'cancel') return cancel(talk);
    if (state.draft) return yield* startFiling(talk);
  }
  if (state.consentAt === null) return yield* hearConsent(talk, words);
  if (tapped && !['menu', 'where', 'what', 'question', 'review', 'edit', 'rate'].includes(state.step.at)) {
    return talk.say(talk.t.oldChoice);
  }
  yield* hearStep(talk, words, about);
}

function* hearStep(talk: Talk, words: string, about: string | undefined): Turn<void> {
  const { step } = talk.state;
  switch (step.at) {
    case 'city':
      return yield* onCity(talk, words);
    case 'where':
      return yield* onWhere(talk, words);
    case 'ward':
      return yield* onWard(talk, words);
    case 'what':
      return yield* onWhat(talk, words);
    case 'details':
      return yield* onDetails(talk, words);
    case 'question':
      return yield* onQuestion(talk, step.code, words);
    case 'photos':
      return yield* onPhotos(talk, words);
    case 'nearby':
      return yield* onNearby(talk, words, step.cases);
    case 'review':
      return yield* onReview(talk, words);
    case 'edit':
      return yield* onEdit(talk, words);
    case 'cases':
      return yield* onCases(talk, words);
    case 'rate':
      return yield* onRate(talk, step.number, words);
    case 'remarks':
      return yield* onRemarks(talk, step, words);
    case 'answer':
      return yield* onAnswer(talk, step, words);
    case 'add':
      return yield* onAdd(talk, step.number, words);
    case 'withdraw':
      return yield* onWithdraw(talk, step.number, words);
    default:
      return yield* hearFreely(talk, words, about);
  }
}

/** Language and consent come first; what was said meanwhile is taken up afterwards. */
function* open(talk: Talk, words: string | null): Turn<void> {
  const { state } = talk;
  if (state.locale === null) {
    if (words && controlWord(words) === null && skeletons(words).length > 1) state.opening = words;
    const script = words ? scriptOf(words) : null;
    const shown = new Talk({ ...state, locale: script }, talk.world);
    askLanguage(shown);
    shown.replies.forEach((reply) => talk.say(reply));
    return talk.go({ at: 'language' });
  }
  askConsent(talk);
}

function* hearConsent(talk: Talk, words: string): Turn<void> {
  const answer = plainAnswer(words);
  if (answer === 'yes') return yield* consented(talk);
  if (answer === 'no') return talk.say(talk.t.refused);
  if (talk.state.step.at !== 'consent' && skeletons(words).length > 1) talk.state.opening = words;
  askConsent(talk);
}

function* consented(talk: Talk): Turn<void> {
  talk.state.consentAt ??= talk.world.now;
  yield* opened(talk);
}

/** After language and consent: what was said first, the complaint begun, or the menu. */
function* opened(talk: Talk): Turn<void> {
  const { state } = talk;
  if (state.consentAt === null) return askConsent(talk);
  const { opening } = state;
  state.opening = null;
  talk.go({ at: 'menu' });
  if (opening) return yield* hearFreely(talk, opening, undefined);
  if (state.draft) return yield* startFiling(talk);
  showMenu(talk);
}

/** Words without a question before them: a choice of the menu, a number, a rating, an answer, a new complaint. */
function* hearFreely(talk: Talk, words: string, about: string | undefined): Turn<void> {
  const { t } = talk;
  const chosen = menuWord(words);
  if (chosen === 'file') return yield* startFiling(talk);
  if (chosen === 'track') return yield* showCases(talk);
  if (chosen === 'rate') return yield* startRating(talk);
  if (yield* numberIn(talk, words)) return;
  const spoken = ratingIn(words);
  const found = spoken || about ? yield* ask({ do: 'cases' }) : [];
  const meant = about ? found.find(({ number }) => number === about) : undefined;
  if (spoken && (spoken.remarks === '' || meant)) {
    const cases = meant ? [meant] : found;
    const open = cases.filter(({ allowed }) => allowed.includes('rate'));
    if (open.length === 1 && spoken.remarks)
      return yield* giveRating(talk, open[0]?.number ?? '', spoken.rating, spoken.remarks);
    if (open.length > 0) return yield* chooseCase(talk, open, spoken.rating);
  }
  if (meant?.allowed.includes('answer')) return yield* giveAnswer(talk, meant.number, words);
  const matches = findKinds(words, talk.kinds());
  if (clearKind(matches)) return yield* startWithWords(talk, words);
  const waiting =
    skeletons(words).length > 0
      ? (yield* ask({ do: 'cases' })).find(({ allowed }) => allowed.includes('answer'))
      : undefined;
  if (waiting) return checkAnswer(talk, waiting.number, words);
  if (matches.length > 0 && skeletons(words).length > 1) {
    talk.draft();
    if (talk.state.draft?.ward)
      return askWhat(
        talk,
        0,
        matches.slice(0, 9).map(({ code }) => code),
      );
    return yield* startWithWords(talk, words);
  }
  if (talk.state.step.at === 'case') return yield* showCase(talk, talk.state.step.number);
  talk.say(t.notUnderstood);
  showMenu(talk);
}
