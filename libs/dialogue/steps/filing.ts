import { clearKind, findKinds } from '../find-kind.js';
import { skeletons } from '../phonetic.js';
import type { Talk } from '../talk.js';
import type { CityInfo, Draft, Turn } from '../types.js';
import { wardIn } from '../words.js';
import { askCity, askWard, askWhat, askWhere, PAGE, placeName } from './asking.js';
import { proceed } from './proceed.js';

/** From so many words on what was said first counts as the details too. */
const TELLING = 5;

/** Begins a complaint, or goes on with the one begun. */
export function* startFiling(talk: Talk): Turn<void> {
  talk.draft();
  yield* proceed(talk);
}

/** Begins a complaint with what was said at once. */
export function* startWithWords(talk: Talk, words: string): Turn<void> {
  const draft = talk.draft();
  const ward = wardIn(words);
  if (ward !== null && !draft.ward) draft.wardWish = ward;
  const city = cityIn(talk, words);
  if (city) draft.city = city.code;
  const matches = findKinds(words, talk.kinds());
  const kind = clearKind(matches);
  if (kind) {
    draft.kind = kind;
    talk.say(talk.t.kindKept(talk.kindName(kind)));
  }
  if (skeletons(words).length >= TELLING) draft.details.push(words);
  if (draft.wardWish && (draft.city ?? talk.state.city) !== null) {
    draft.city ??= talk.state.city ?? undefined;
    if (draft.city && !settleWard(talk, draft)) return;
  }
  yield* proceed(talk);
}

export function* onCity(talk: Talk, words: string): Turn<void> {
  const found = citiesLike(talk, words);
  const [only] = found;
  if (!only) return askCity(talk, talk.world.cities, talk.t.cityUnknown);
  if (found.length > 1) return askCity(talk, found, talk.t.cityMany);
  yield* chooseCity(talk, only.code);
}

export function* chooseCity(talk: Talk, code: string): Turn<void> {
  const city = talk.city(code);
  if (!city) return askCity(talk);
  const draft = talk.draft();
  draft.city = city.code;
  delete draft.ward;
  if (draft.wardWish !== undefined && !settleWard(talk, draft)) return;
  yield* proceed(talk);
}

export function* onWhere(talk: Talk, words: string): Turn<void> {
  const draft = talk.draft();
  const city = cityIn(talk, words);
  if (city) draft.city = city.code;
  else if (!draft.city && talk.city(talk.state.city)) draft.city = talk.state.city ?? undefined;
  const ward = wardIn(words);
  if (ward !== null) {
    draft.wardWish = ward;
    if (draft.city && !settleWard(talk, draft)) return;
    return yield* proceed(talk);
  }
  if (!/[\p{L}\p{M}\p{Nd}]{2}/u.test(words)) {
    talk.say(talk.t.notUnderstood);
    return askWhere(talk);
  }
  draft.landmark = words.slice(0, 500);
  yield* proceed(talk);
}

export function* onWard(talk: Talk, words: string): Turn<void> {
  const draft = talk.draft();
  const city = cityIn(talk, words);
  if (city) draft.city = city.code;
  draft.wardWish = wardIn(words) ?? words.trim().slice(0, 20);
  if (settleWard(talk, draft)) yield* proceed(talk);
}

/** Turns the ward that was named into one of the city; says what is wrong with it otherwise. */
function settleWard(talk: Talk, draft: Draft): boolean {
  const city = talk.city(draft.city);
  const wish = draft.wardWish;
  if (!city || wish === undefined) return true;
  const ward = city.ward(wish);
  delete draft.wardWish;
  if (ward === null) {
    talk.say(talk.t.wardUnknown(talk.name(city.names)));
    askWard(talk);
    return false;
  }
  return takeWard(talk, draft, city, ward);
}

function takeWard(talk: Talk, draft: Draft, city: CityInfo, ward: string): boolean {
  if (!city.serves(ward)) {
    talk.say(talk.t.wardNotServed(talk.world.site));
    forgetPlace(draft, talk);
    askWhere(talk);
    return false;
  }
  draft.city = city.code;
  draft.ward = ward;
  talk.say(talk.t.placeKept(placeName(talk, draft)));
  return true;
}

export function* onLocation(talk: Talk, lat: number, lon: number, named?: string): Turn<void> {
  const draft = talk.draft();
  const found = talk.world.placeOf(lat, lon);
  if (found.known === 'outside') {
    talk.say(talk.t.outside);
    return draft.ward ? yield* proceed(talk) : askWhere(talk);
  }
  forgetPlace(draft, talk);
  Object.assign(draft, { lat, lon }, named ? { landmark: named.slice(0, 500) } : {});
  if (found.known === 'near') {
    if (found.city) draft.city = found.city;
    return yield* proceed(talk);
  }
  const city = talk.city(found.city);
  if (!city) {
    talk.say(talk.t.outside);
    forgetPlace(draft, talk);
    return askWhere(talk);
  }
  if (takeWard(talk, draft, city, found.ward)) yield* proceed(talk);
}

export function forgetPlace(draft: Draft, talk: Talk): void {
  delete draft.ward;
  delete draft.wardWish;
  delete draft.lat;
  delete draft.lon;
  delete draft.landmark;
  delete draft.nearbyDone;
  if (talk.world.cities.length > 1) delete draft.city;
}

function citiesLike(talk: Talk, words: string): CityInfo[] {
  const said = skeletons(words);
  if (said.length === 0) return [];
  return talk.world.cities.filter(({ code, names }) => {
    if (code.toLowerCase() === words.trim().toLowerCase()) return true;
    const known = Object.values(names).flatMap((name: string) => skeletons(name));
    return said.some((word) => word.length > 1 && known.some((name) => name.startsWith(word)));
  });
}

/** A city that is named in passing, by the first word of its name. */
function cityIn(talk: Talk, words: string): CityInfo | null {
  const said = new Set(skeletons(words));
  const named = talk.world.cities.filter(({ names }) =>
    Object.values(names).some((name: string) => {
      const [first] = skeletons(name);
      return first !== undefined && first.length > 2 && said.has(first);
    }),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}

export function* onWhat(talk: Talk, words: string): Turn<void> {
  const matches = findKinds(words, talk.kinds());
  const clear = clearKind(matches);
  if (clear) {
    const draft = talk.draft();
    if (skeletons(words).length >= TELLING && draft.details.length === 0) draft.details.push(words);
    return yield* chooseKind(talk, clear);
  }
  if (matches.length > 0)
    return askWhat(
      talk,
      0,
      matches.slice(0, PAGE).map(({ code }) => code),
    );
  askWhat(talk, 0, undefined, talk.t.whatUnknown);
}

export function* chooseKind(talk: Talk, code: string): Turn<void> {
  if (!talk.kinds().some((kind) => kind.code === code)) {
    talk.say(talk.t.oldChoice);
    return yield* proceed(talk);
  }
  const draft = talk.draft();
  if (draft.kind !== code) delete draft.answers;
  draft.kind = code;
  delete draft.nearbyDone;
  talk.say(talk.t.kindKept(talk.kindName(code)));
  yield* proceed(talk);
}
