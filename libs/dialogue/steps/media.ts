import type { ChatMedia } from '#libs/contracts/chat';
import type { Talk } from '../talk.js';
import { ask, type Turn } from '../types.js';
import { plainAnswer } from '../words.js';
import { askPhotos, photosOf } from './asking.js';
import { proceed } from './proceed.js';

const MOST_PHOTOS = 5;

export function* onDetails(talk: Talk, words: string): Turn<void> {
  if (!/[\p{L}\p{Nd}]/u.test(words)) {
    talk.say(talk.t.detailsShort);
    return;
  }
  talk.draft().details.push(words);
  yield* proceed(talk);
}

export function* onPhotos(talk: Talk, words: string): Turn<void> {
  const answer = plainAnswer(words);
  const draft = talk.draft();
  if (answer) {
    draft.photosDone = true;
    return yield* proceed(talk);
  }
  if (/[\p{L}\p{M}\p{Nd}]{2}/u.test(words)) draft.details.push(words);
  askPhotos(talk);
}

/** A photo or voice message for the complaint, whenever it comes. */
export function* takeMedia(talk: Talk, media: ChatMedia): Turn<void> {
  const { t } = talk;
  const as = roleOf(media);
  if (!as) {
    talk.say(t.mediaProblem.not_supported);
    return yield* proceed(talk);
  }
  const draft = talk.draft();
  if (as === 'photo' && photosOf(draft) >= MOST_PHOTOS) {
    talk.say(t.photosFull);
    draft.photosDone = true;
    return yield* proceed(talk);
  }
  const kept = yield* ask({ do: 'keep', media, as });
  if (!kept.ok) {
    talk.say(t.mediaProblem[kept.problem]);
    return yield* proceed(talk);
  }
  draft.attachments.push({ id: kept.id, kind: as });
  if (media.caption?.trim()) draft.details.push(media.caption.trim());
  if (as === 'voice') talk.say(t.voiceKept);
  if (photosOf(draft) >= MOST_PHOTOS) {
    talk.say(t.photosFull);
    draft.photosDone = true;
  } else if (as === 'photo' && (draft.photosDone || talk.state.step.at !== 'photos')) {
    talk.say(t.photoKept(photosOf(draft)));
  }
  yield* proceed(talk);
}

function roleOf(media: ChatMedia): 'photo' | 'voice' | null {
  if (media.kind === 'image' || (media.kind === 'document' && media.mime.startsWith('image/'))) return 'photo';
  return media.kind === 'audio' ? 'voice' : null;
}
