import { createHash } from 'node:crypto';
import { Lodge } from '../pages/lodge.js';
import { Review } from '../pages/review.js';
import type { Faults } from '../parts/fields.js';
import { ApiProblem, type Registration } from './api.js';
import { carryOut } from './case-routes.js';
import { askNumber } from './ask-code.js';
import type { Visit } from './context.js';
import { answeredDraft, addPhotos, checkDraft, draftFrom, emptyDraft, MOST_PHOTOS, type Draft } from './draft.js';
import type { Form } from './form.js';
import { categoryOf } from './names.js';
import type { NearbyCase, PortalCity } from '#libs/contracts/api/portal.js';
import { json, notFound, page, picture, seeOther, stale } from './respond.js';

/** GET /lodge… */
export async function lodgeReads(visit: Visit, step: string): Promise<Response> {
  switch (step) {
    case '':
      return lodgeForm(visit, emptyDraft(visit.city.code), {});
    case 'ping':
      return json(visit, {});
    case 'ward':
      return wardOf(visit);
    case 'wards.json':
      return wardShapes(visit);
    case 'photo':
      return draftPhoto(visit);
    default:
      // Pages that answered a form: their address alone shows nothing.
      return ['edit', 'review', 'submit', 'follow', 'send'].includes(step)
        ? seeOther(visit, '/lodge')
        : notFound(visit);
  }
}

/** POST /lodge… */
export async function lodgeForms(visit: Visit, step: string, form: Form): Promise<Response> {
  const sealed = visit.seal.open<Draft>(form.text('state'));
  if (step === '') return takeForm(visit, form, sealed);
  if (step === 'send') return sendByScript(visit, form);
  if (!sealed) return stale(visit);
  switch (step) {
    case 'edit':
      return lodgeForm(visit, sealed, {});
    case 'review':
      return review(visit, sealed);
    case 'submit': {
      const questions = categoryOf(cityOf(visit, sealed.city), sealed.category)?.questions ?? [];
      const draft = answeredDraft(sealed, form, questions);
      return visit.loggedIn ? lodge(visit, draft) : askNumber(visit, { kind: 'lodge', draft });
    }
    case 'follow':
      return follow(visit, form.text('number'));
    default:
      return notFound(visit);
  }
}

function cityOf(visit: Visit, code: string): PortalCity {
  return visit.cityOf(code) ?? visit.city;
}

function lodgeForm(visit: Visit, draft: Draft, faults: Faults): Promise<Response> {
  const { words } = visit;
  const city = cityOf(visit, draft.city);
  const answered = visit.request.method === 'POST';
  return page(
    visit,
    {
      title: words.lodge.title,
      at: 'lodge',
      script: 'lodge',
      data: { words: scriptWords(visit), city: city.code, fresh: !answered, kept: draft.photos.length },
      children: <Lodge visit={visit} city={city} draft={draft} faults={faults} />,
      ...(answered ? { resend: { action: '/lodge/edit', fields: { state: visit.seal.close(draft) } } } : {}),
    },
    Object.keys(faults).length > 0 ? 422 : 200,
  );
}

/** What the script says by itself; blanks are filled there. */
function scriptWords(visit: Visit): Record<string, string> {
  const { lodge } = visit.words;
  return {
    searchNone: lodge.searchNone,
    chosen: lodge.chosen('{}'),
    located: lodge.located('{}'),
    locatedOutside: lodge.locatedOutside,
    locateFailed: lodge.locateFailed,
    locating: lodge.locating,
    mapFailed: lodge.mapFailed,
    draftKept: lodge.draftKept,
    draftDiscard: lodge.draftDiscard,
    offline: lodge.offline,
    waiting0: lodge.waiting(0),
    ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`waiting${n}`, lodge.waiting(n)])),
    sending: lodge.sending,
    sent: lodge.sent('{}'),
    needsCode: lodge.needsCode,
    needsLook: lodge.needsLook,
    continue: lodge.continue,
    removePhoto: lodge.removePhoto(0).replace(visit.words.count(0), '{}'),
    photoMany: visit.words.field.photoMany,
    photoLarge: visit.words.field.photoLarge,
    see: visit.words.receipt.see,
  };
}

async function takeForm(visit: Visit, form: Form, sealed: Draft | null): Promise<Response> {
  const { draft, faults } = await readForm(visit, form, sealed);
  return Object.keys(faults).length > 0 ? lodgeForm(visit, draft, faults) : review(visit, draft);
}

async function readForm(visit: Visit, form: Form, sealed: Draft | null): Promise<{ draft: Draft; faults: Faults }> {
  const typed = draftFrom(form, sealed, cityOf(visit, form.text('city')).code);
  const added = await addPhotos(visit, typed.key, await form.files('photos'), MOST_PHOTOS - typed.photos.length);
  const photos = [...new Set([...typed.photos, ...added.photos.map(({ id }) => id)])];
  const placed = placeFrom({ ...typed, photos }, added.photos);
  const { draft, faults } = await checkDraft(visit, placed);
  return { draft, faults: added.fault ? { ...faults, photos: added.fault } : faults };
}

/** A photo taken on the spot tells the place, where its writer has told none. */
function placeFrom(draft: Draft, photos: readonly { lat?: number; lon?: number }[]): Draft {
  const taken = photos.find(({ lat, lon }) => lat !== undefined && lon !== undefined);
  if (draft.lat !== null || draft.ward !== '' || !taken) return draft;
  return { ...draft, lat: taken.lat ?? null, lon: taken.lon ?? null };
}

async function review(visit: Visit, draft: Draft): Promise<Response> {
  const city = cityOf(visit, draft.city);
  const nearby = await nearbyOf(visit, city, draft);
  return page(visit, {
    title: visit.words.review.title,
    at: 'lodge',
    children: <Review visit={visit} city={city} draft={draft} nearby={nearby} />,
    resend: { action: '/lodge/review', fields: { state: visit.seal.close(draft) } },
  });
}

async function nearbyOf(visit: Visit, city: PortalCity, draft: Draft): Promise<readonly NearbyCase[]> {
  const { lat, lon, category } = draft;
  if (lat === null || lon === null || categoryOf(city, category)?.hidden !== false) return [];
  try {
    return await visit.deps.nearby(city.code, category, lat, lon);
  } catch (error) {
    // A help, not a condition.
    visit.deps.report(error, visit.path);
    return [];
  }
}

/** Sends a complaint; a complaint that was sent before under its key is shown instead. */
export async function lodge(visit: Visit, draft: Draft): Promise<Response> {
  try {
    return seeOther(visit, `/c/${await register(visit, draft)}/receipt`);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 401) return askNumber(visit, { kind: 'lodge', draft });
    if (error.status === 422) return lodgeForm(visit, draft, faultsOf(visit, error));
    throw error;
  }
}

async function register(visit: Visit, draft: Draft): Promise<string> {
  const { mobile } = await visit.api.me();
  const key = idempotencyKey(draft);
  const earlier = mobile === undefined ? null : await visit.deps.lodgedUnder(mobile, key);
  if (earlier !== null && (await exists(visit, earlier))) return earlier;
  if (mobile !== undefined && draft.photos.length > 0) await visit.deps.photos.claim(draft.key, mobile);
  try {
    return (await visit.api.register(registrationOf(visit, draft), key)).number;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'idempotency_mismatch' || mobile === undefined) throw error;
    // Sent twice at the same moment, from the page and by its script.
    const other = await visit.deps.lodgedUnder(mobile, key);
    if (other === null) throw error;
    return other;
  }
}

/** A number may have been reserved for a complaint that could not be taken then. */
async function exists(visit: Visit, number: string): Promise<boolean> {
  try {
    await visit.api.view(number);
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return false;
    throw error;
  }
}

/** Sent again it is the same complaint; gone back to and told differently it is another. */
function idempotencyKey({ key, city, category, ward, description }: Draft): string {
  const told = createHash('sha256')
    .update(JSON.stringify([city, category, ward, description]))
    .digest('hex');
  return `${key}/${told.slice(0, 16)}`;
}

function registrationOf(visit: Visit, draft: Draft): Registration {
  const { lat, lon, landmark, name } = draft;
  return {
    tenant: draft.city,
    subCategory: draft.category,
    ward: draft.ward,
    ...(lat === null || lon === null ? {} : { lat, lon }),
    ...(landmark === '' ? {} : { landmark }),
    description: draft.description,
    locale: visit.locale,
    ...(name === '' ? {} : { citizen: { name } }),
    attachments: draft.photos,
    ...(draft.answers ? { answers: draft.answers } : {}),
  };
}

const FIELDS: Readonly<Record<string, string>> = {
  subCategory: 'category',
  'citizen.name': 'name',
  attachments: 'photos',
  lat: 'ward',
  lon: 'ward',
};

function faultsOf(visit: Visit, problem: ApiProblem): Faults {
  const { field } = visit.words;
  const faults = problem.errors.map(({ field: name }) => [FIELDS[name] ?? name, field.other] as const);
  return Object.fromEntries(faults.length > 0 ? faults : [['description', field.other]]);
}

/** The script's way: everything in one request, answered in a form it can act on. */
async function sendByScript(visit: Visit, form: Form): Promise<Response> {
  if (!visit.isOurScript) return json(visit, { code: 'stale' }, 403);
  if (!visit.loggedIn) return json(visit, { code: 'needs_code' }, 401);
  try {
    const { draft, faults } = await readForm(visit, form, visit.seal.open<Draft>(form.text('state')));
    if (Object.keys(faults).length > 0) return json(visit, { code: 'needs_look' }, 422);
    const number = await register(visit, draft);
    return json(visit, { number, href: `/c/${number}/receipt` }, 201);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 401) visit.end();
    const code = error.status === 401 ? 'needs_code' : error.status === 422 ? 'needs_look' : 'later';
    return json(visit, { code }, error.status);
  }
}

function follow(visit: Visit, number: string): Promise<Response> {
  return carryOut(visit, number, { action: 'follow', fields: {}, key: visit.newKey(), photos: [] });
}

async function wardOf(visit: Visit): Promise<Response> {
  const lat = Number(visit.query.get('lat') ?? Number.NaN);
  const lon = Number(visit.query.get('lon') ?? Number.NaN);
  if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return json(visit, { ward: null }, 422);
  return json(visit, { ward: await visit.deps.wardAt(visit.city.code, lat, lon) });
}

async function wardShapes(visit: Visit): Promise<Response> {
  const response = json(visit, {});
  const headers = new Headers(response.headers);
  headers.set('cache-control', 'private, max-age=3600');
  return new Response(await visit.deps.wardShapes(visit.city.code), { headers });
}

async function draftPhoto(visit: Visit): Promise<Response> {
  const wished = visit.seal.open<{ key: string; id: string }>(visit.query.get('p') ?? undefined);
  const photo = wished && (await visit.deps.photos.give(wished.key, wished.id));
  return photo ? picture(photo) : notFound(visit);
}
