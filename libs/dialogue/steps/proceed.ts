import type { Talk } from '../talk.js';
import { ask, type Turn } from '../types.js';
import { askQuestion, nextQuestion } from './ask-question.js';
import { askDetails, askNearby, askPhotos, askPlace, askWhat, PAGE, showReview } from './asking.js';

/** Asks for whatever is missing next. */
export function* proceed(talk: Talk): Turn<void> {
  const draft = talk.draft();
  if (!draft.ward) return askPlace(talk, draft);
  if (!draft.kind || !talk.kinds().some(({ code }) => code === draft.kind)) {
    delete draft.kind;
    return askWhat(talk, 0);
  }
  if (draft.details.length === 0 && !draft.attachments.some(({ kind }) => kind === 'voice')) return askDetails(talk);
  const question = nextQuestion(talk, draft);
  if (question) return askQuestion(talk, question.code);
  if (!draft.photosDone) return askPhotos(talk);
  if (!draft.nearbyDone && draft.city && draft.lat !== undefined && draft.lon !== undefined) {
    const { city, kind, lat, lon } = draft;
    const cases = yield* ask({ do: 'nearby', city, kind, lat, lon });
    draft.nearbyDone = cases.length === 0;
    if (cases.length > 0) return askNearby(talk, cases.slice(0, PAGE));
  }
  showReview(talk);
}
