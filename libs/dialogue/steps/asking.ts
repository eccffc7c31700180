import { buttons, choices, fit, LIMITS, list, place } from '../replies.js';
import type { Talk } from '../talk.js';
import type { CityInfo, Draft, NearbyChoice } from '../types.js';

/** Rows of a page; the last one leads on. */
export const PAGE = LIMITS.rows - 1;
/** Longest details shown back; all of them are sent. */
const SHOWN = 500;

export const EDITABLE = ['place', 'kind', 'details', 'photos'] as const;
export type Editable = (typeof EDITABLE)[number];

export function askPlace(talk: Talk, draft: Draft): void {
  const named = draft.landmark !== undefined || draft.wardWish !== undefined || draft.lat !== undefined;
  if (named && !talk.city(draft.city)) return askCity(talk);
  if (named) return askWard(talk);
  askWhere(talk);
}

export function askWhere(talk: Talk): void {
  talk.go({ at: 'where' });
  talk.say(place(talk.t.where));
}

export function askCity(talk: Talk, cities: readonly CityInfo[] = talk.world.cities, body = talk.t.city): void {
  talk.go({ at: 'city' });
  const rows = cities
    .slice(0, LIMITS.rows)
    .map(({ code, names }) => ({ id: `v1:city:${code}`, title: talk.name(names) }));
  talk.say(rows.length === 0 ? body : list(body, talk.t.cityOpen, rows));
}

export function askWard(talk: Talk): void {
  talk.go({ at: 'ward' });
  const city = talk.city(talk.state.draft?.city);
  talk.say(talk.t.ward(city ? talk.name(city.names) : ''));
}

export function placeName(talk: Talk, draft: Draft): string {
  const city = talk.city(draft.city);
  return [draft.landmark, draft.ward && talk.t.wardName(draft.ward), city && talk.name(city.names)]
    .filter(Boolean)
    .join(', ');
}

export function askWhat(talk: Talk, page: number, found?: readonly string[], body?: string): void {
  const { t } = talk;
  const all = found ? talk.kinds().filter(({ code }) => found.includes(code)) : talk.kinds();
  const ordered = found ? found.flatMap((code) => all.filter((kind) => kind.code === code)) : all;
  const pages = Math.max(1, Math.ceil(ordered.length / PAGE));
  const at = ((page % pages) + pages) % pages;
  const rows = ordered
    .slice(at * PAGE, at * PAGE + PAGE)
    .map(({ code, names }) => ({ id: `v1:kind:${code}`, title: talk.name(names) }));
  const next = at + 1 < pages ? t.more : found || pages > 1 ? (found ? t.more : t.fromStart) : null;
  if (next) rows.push({ id: `v1:page:${found || at + 1 >= pages ? 0 : at + 1}`, title: next });
  talk.go({ at: 'what', page: at, ...(found ? { found: [...found] } : {}) });
  talk.say(list(body ?? (found ? t.whatFound : t.what), t.whatOpen, rows));
}

export function askDetails(talk: Talk): void {
  talk.go({ at: 'details' });
  talk.say(talk.t.details);
}

export function askPhotos(talk: Talk): void {
  talk.go({ at: 'photos' });
  const count = photosOf(talk.draft());
  if (count > 0) talk.say(buttons(talk.t.photoKept(count), { id: 'v1:photos:done', title: talk.t.photosDone }));
  else talk.say(buttons(talk.t.photos, { id: 'v1:photos:done', title: talk.t.photosSkip }));
}

export function photosOf(draft: Draft): number {
  return draft.attachments.filter(({ kind }) => kind === 'photo').length;
}

export function askNearby(talk: Talk, cases: readonly NearbyChoice[]): void {
  const { t } = talk;
  talk.go({ at: 'nearby', cases: [...cases] });
  const [only] = cases;
  const another = { id: 'v1:nearby:new', title: t.nearbyNew };
  if (only && cases.length === 1) {
    const body = `${t.nearby}\n\n${only.number} · ${t.nearbyAway(only.distance)}`;
    return talk.say(buttons(body, { id: `v1:follow:${only.number}`, title: t.nearbyFollow }, another));
  }
  const rows = cases.map(({ number, distance }) => ({
    id: `v1:follow:${number}`,
    title: number,
    description: t.nearbyAway(distance),
  }));
  talk.say(choices(t.nearby, t.nearbyOpen, [...rows, another]));
}

export function showReview(talk: Talk): void {
  const { t } = talk;
  const draft = talk.draft();
  talk.go({ at: 'review' });
  const photos = photosOf(draft);
  const voice = draft.attachments.some(({ kind }) => kind === 'voice') ? t.reviewVoice : '';
  const details = [fit(draft.details.join('\n'), SHOWN), voice].filter(Boolean).join(' + ');
  const lines = [
    t.review,
    `${t.reviewPlace}: ${fit(placeName(talk, draft), 200)}`,
    `${t.reviewKind}: ${talk.kindName(draft.kind ?? '')}`,
    `${t.reviewDetails}: ${details}`,
    `${t.reviewPhotos}: ${photos}`,
  ];
  talk.say(
    buttons(
      fit(lines.join('\n'), LIMITS.body),
      { id: 'v1:review:send', title: t.send },
      { id: 'v1:review:change', title: t.change },
      { id: 'v1:review:discard', title: t.discard },
    ),
  );
}

export function askEdit(talk: Talk): void {
  const { t } = talk;
  talk.go({ at: 'edit' });
  const titles = { place: t.reviewPlace, kind: t.reviewKind, details: t.reviewDetails, photos: t.reviewPhotos };
  const rows = EDITABLE.map((field) => ({ id: `v1:edit:${field}`, title: titles[field] }));
  talk.say(list(t.edit, t.editOpen, rows));
}
