import type { Talk } from '../talk.js';
import { ask, type NearbyChoice, type Turn } from '../types.js';
import { plainAnswer } from '../words.js';
import { askNearby } from './asking.js';
import { proceed } from './proceed.js';

export function* onNearby(talk: Talk, words: string, cases: readonly NearbyChoice[]): Turn<void> {
  const answer = plainAnswer(words);
  const [only] = cases;
  if (answer === 'yes' && only && cases.length === 1) return yield* follow(talk, only.number);
  if (answer === 'no' || answer === 'skip') return yield* notNearby(talk);
  talk.say(talk.t.notUnderstood);
  askNearby(talk, cases);
}

export function* notNearby(talk: Talk): Turn<void> {
  talk.draft().nearbyDone = true;
  yield* proceed(talk);
}

export function* follow(talk: Talk, number: string): Turn<void> {
  const { t } = talk;
  const result = yield* ask({ do: 'command', number, command: 'follow', body: {} });
  // Their own case, or one followed already: all that is left to tell is where it stands.
  if (!result.ok && result.status !== 409) {
    talk.say(t.caseNotFound);
    if (talk.state.draft) yield* notNearby(talk);
    return;
  }
  talk.say(t.followed(number, talk.world.link(number)));
  talk.state.draft = null;
  talk.go({ at: 'menu' });
}
