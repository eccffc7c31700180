import { ByLink, RatedByLink } from '../pages/by-link.js';
import type { Faults } from '../parts/fields.js';
import type { Visit } from './context.js';
import { lengthOf } from './draft.js';
import type { Form } from './form.js';
import { failure, page } from './respond.js';

const MOST_TEXT = 4000;

interface Typed {
  rating: string;
  remarks: string;
  faults: Faults;
  /** It did not work just now. */
  again?: true;
}

/** GET /r/{token} */
export function rateReads(visit: Visit, token: string): Promise<Response> {
  return asked(visit, token, { rating: '', remarks: '', faults: {} });
}

/** POST /r/{token} */
export async function rateForms(visit: Visit, token: string, form: Form): Promise<Response> {
  const invitation = await visit.deps.ratingLinks.read(token);
  if (!invitation) return gone(visit);
  visit.speak(invitation.locale);
  const [rating, remarks] = [form.text('rating'), form.text('remarks').trim()];
  const { field, count } = visit.words;
  const faults = {
    ...(/^[1-5]$/.test(rating) ? {} : { rating: field.rating }),
    ...(lengthOf(remarks) > MOST_TEXT ? { remarks: field.tooLong(count(MOST_TEXT)) } : {}),
  };
  if (Object.keys(faults).length > 0) return asked(visit, token, { rating, remarks, faults }, 422);
  const outcome = await visit.deps.ratingLinks.rate(token, Number(rating), remarks);
  if (outcome === 'none') return gone(visit);
  if (outcome === 'away') return asked(visit, token, { rating, remarks, faults: {}, again: true }, 503);
  return said(visit, invitation.number, outcome);
}

async function asked(visit: Visit, token: string, typed: Typed, status = 200): Promise<Response> {
  const invitation = await visit.deps.ratingLinks.read(token);
  if (!invitation) return gone(visit);
  visit.speak(invitation.locale);
  if (invitation.state !== 'open') return said(visit, invitation.number, invitation.state);
  const { words } = visit;
  const title = invitation.rejected ? words.action.rateRejectedTitle : words.action.rateTitle;
  return page(
    visit,
    { title, children: <ByLink visit={visit} token={token} invitation={invitation} title={title} {...typed} /> },
    status,
    UNSEEN,
  );
}

function said(visit: Visit, number: string, outcome: 'taken' | 'reopened' | 'rated' | 'over'): Promise<Response> {
  const { title, text } = visit.words.byLink[outcome];
  return page(
    visit,
    { title, children: <RatedByLink visit={visit} number={number} title={title} text={text} /> },
    200,
    UNSEEN,
  );
}

function gone(visit: Visit): Promise<Response> {
  const { title, text } = visit.words.byLink.none;
  return failure(visit, 404, title, text, UNSEEN);
}

/** The address alone opens the page: it is neither kept nor told to anybody else. */
const UNSEEN = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' };
