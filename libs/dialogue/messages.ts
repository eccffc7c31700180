import type { ChatContent } from '#libs/contracts/chat';
import type { Locale } from '#libs/domain/case/names';
import { buttons, list } from './replies.js';
import { ratingRows } from './steps/rating.js';
import { TEXTS } from './texts/index.js';

/** A message that asks for a rating, with the five to choose from. */
export function ratingList(body: string, number: string, locale: Locale): ChatContent {
  const t = TEXTS[locale];
  return list(body, t.rateOpen, ratingRows(t, number));
}

/** A question of an officer, with the button that answers it. */
export function answerButton(body: string, number: string, locale: Locale): ChatContent {
  return buttons(body, { id: `v1:answer:${number}`, title: TEXTS[locale].actAnswer });
}

/** An invitation to complain, with the button that begins. */
export function beginButton(body: string, locale: Locale): ChatContent {
  return buttons(body, { id: 'v1:menu:file', title: TEXTS[locale].menuFile });
}

/** What is said when a message could not be dealt with at all. */
export function troubleText(locale: Locale): ChatContent {
  return { kind: 'text', body: TEXTS[locale].trouble };
}
