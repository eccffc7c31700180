import type { Talk } from '../talk.js';
import { ask, type Draft, type Turn } from '../types.js';
import { plainAnswer } from '../words.js';
import { askEdit, EDITABLE, showReview, type Editable } from './asking.js';
import { answersIn } from './questions.js';
import { forgetPlace } from './filing.js';
import { showMenu } from './menu.js';
import { proceed } from './proceed.js';

const MOST_DETAILS = 4000;

export function* onReview(talk: Talk, words: string): Turn<void> {
  const answer = plainAnswer(words);
  if (answer === 'yes') return yield* send(talk);
  if (answer === 'no') return askEdit(talk);
  talk.say(talk.t.notUnderstood);
  showReview(talk);
}

export function* edit(talk: Talk, field: Editable): Turn<void> {
  const draft = talk.draft();
  if (field === 'place') forgetPlace(draft, talk);
  if (field === 'kind') {
    delete draft.kind;
    delete draft.answers;
  }
  if (field === 'details') {
    draft.details = [];
    draft.attachments = draft.attachments.filter(({ kind }) => kind !== 'voice');
  }
  if (field === 'photos') {
    draft.attachments = draft.attachments.filter(({ kind }) => kind !== 'photo');
    delete draft.photosDone;
  }
  yield* proceed(talk);
}

export function* onEdit(talk: Talk, words: string): Turn<void> {
  const { t } = talk;
  const titles = [t.reviewPlace, t.reviewKind, t.reviewDetails, t.reviewPhotos];
  const field = EDITABLE[titles.findIndex((title) => title.toLowerCase() === words.trim().toLowerCase())];
  if (field) return yield* edit(talk, field);
  talk.say(t.notUnderstood);
  askEdit(talk);
}

/** Whether nothing is missing: a button of an old message must not send half a complaint. */
function isComplete(draft: Draft): boolean {
  const told = draft.details.length > 0 || draft.attachments.some(({ kind }) => kind === 'voice');
  return draft.ward !== undefined && draft.kind !== undefined && told;
}

export function* send(talk: Talk): Turn<void> {
  const { t, state } = talk;
  const { draft } = state;
  if (!draft || !isComplete(draft)) {
    talk.say(t.oldChoice);
    return draft ? yield* proceed(talk) : showMenu(talk);
  }
  const result = yield* ask({ do: 'register', body: bodyOf(draft, talk) });
  if (!result.ok) {
    talk.say(t.notAccepted);
    forgetWrong(draft, result.fields, talk);
    return yield* proceed(talk);
  }
  const { number, office, due } = result.brief;
  talk.say(
    [
      t.registered(number, talk.world.link(number)),
      office ? t.caseWith(office) : t.caseNobody,
      ...(due ? [t.caseDue(due)] : []),
    ].join('\n'),
  );
  state.city = draft.city ?? state.city;
  state.draft = null;
  talk.go({ at: 'menu' });
}

function bodyOf(draft: Draft, talk: Talk): Readonly<Record<string, unknown>> {
  const { city, ward, kind, lat, lon, landmark, details, attachments } = draft;
  const answers = answersIn(draft);
  const description = [...(details.join('\n') || talk.t.reviewVoice)].slice(0, MOST_DETAILS).join('');
  return {
    tenant: city,
    subCategory: kind,
    ward,
    ...(lat === undefined || lon === undefined ? {} : { lat, lon }),
    ...(landmark === undefined ? {} : { landmark }),
    description,
    locale: talk.locale,
    ...(Object.keys(answers).length > 0 ? { answers } : {}),
    ...(attachments.length > 0 ? { attachments: attachments.map(({ id }) => id) } : {}),
  };
}

function forgetWrong(draft: Draft, fields: readonly string[], talk: Talk): void {
  if (fields.some((field) => ['ward', 'lat', 'lon', 'landmark', 'tenant'].includes(field))) forgetPlace(draft, talk);
  if (fields.includes('subCategory')) delete draft.kind;
  if (fields.some((field) => field.startsWith('answers'))) delete draft.answers;
  if (fields.includes('description')) draft.details = [];
  if (fields.includes('attachments')) {
    draft.attachments = [];
    delete draft.photosDone;
  }
}
