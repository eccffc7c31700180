import { randomUUID } from 'node:crypto';
import type { Faults } from '../parts/fields.js';
import type { Visit } from './context.js';
import type { Form } from './form.js';
import { categoryOf, latinDigits } from './names.js';
import type { DraftPhoto, PhotoProblem, PortalCity, PortalQuestion } from '#libs/contracts/api/portal.js';

/** A complaint that is being written; carried from page to page in a sealed field. */
export interface Draft {
  /** Names the photos kept for it, and makes sending it twice the same as once. */
  key: string;
  city: string;
  category: string;
  /** As typed. */
  ward: string;
  lat: number | null;
  lon: number | null;
  landmark: string;
  description: string;
  name: string;
  photos: readonly string[];
  /** To what the category asks besides, by the codes of the questions. */
  answers?: Readonly<Record<string, string>>;
}

export const MOST_PHOTOS = 5;
export const MOST_PHOTO_BYTES = 10 * 1024 * 1024;
const MOST_TEXT = 4000;
const MOST_LANDMARK = 500;
const MOST_NAME = 120;
const MOST_ANSWER = 500;

/** The draft with what was answered on the page that checks it. */
export function answeredDraft(draft: Draft, form: Form, questions: readonly PortalQuestion[]): Draft {
  const answers = questions.flatMap(({ code, kind, choices }) => {
    const said = form.text(`answer-${code}`).trim();
    const number = latinDigits(said).replace(',', '.');
    const fits =
      kind === 'choice'
        ? choices.some((choice) => choice.code === said)
        : kind === 'text' || (number !== '' && Number.isFinite(Number(number)));
    return said !== '' && fits ? [[code, kind === 'number' ? number : said.slice(0, MOST_ANSWER)] as const] : [];
  });
  return answers.length > 0 ? { ...draft, answers: Object.fromEntries(answers) } : draft;
}

export function emptyDraft(city: string): Draft {
  return {
    key: randomUUID(),
    city,
    category: '',
    ward: '',
    lat: null,
    lon: null,
    landmark: '',
    description: '',
    name: '',
    photos: [],
  };
}

function coordinate(text: string, most: number): number | null {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && Math.abs(value) <= most ? value : null;
}

/** The draft as a form has it, over what was sealed into that form before. */
export function draftFrom(form: Form, before: Draft | null, city: string): Draft {
  const start = before ?? emptyDraft(city);
  const key = form.text('key');
  const removed = new Set(form.texts('remove'));
  const lat = coordinate(form.text('lat'), 90);
  const lon = coordinate(form.text('lon'), 180);
  return {
    ...start,
    key: /^[0-9a-f-]{36}$/.test(key) ? key : start.key,
    city,
    category: form.text('category'),
    ward: form.text('ward'),
    lat: lon === null ? null : lat,
    lon: lat === null ? null : lon,
    landmark: form.text('landmark'),
    description: form.text('description'),
    name: form.text('name'),
    photos: start.photos.filter((id) => !removed.has(id)),
  };
}

export interface CheckedDraft {
  draft: Draft;
  faults: Faults;
}

/** What is wrong with the words of a draft; the ward is filled in where the place tells it. */
export async function checkDraft(visit: Visit, draft: Draft): Promise<CheckedDraft> {
  const { field } = visit.words;
  const { count } = visit.words;
  const city = visit.cityOf(draft.city) ?? visit.city;
  const faults: Record<string, string> = {};
  if (!categoryOf(city, draft.category)) faults['category'] = field.category;
  const ward = await wardOf(visit, city, draft);
  if ('fault' in ward) faults['ward'] = ward.fault;
  if (lengthOf(draft.landmark) > MOST_LANDMARK) faults['landmark'] = field.tooLong(count(MOST_LANDMARK));
  if (draft.description === '') faults['description'] = field.description;
  else if (lengthOf(draft.description) > MOST_TEXT) faults['description'] = field.tooLong(count(MOST_TEXT));
  if (lengthOf(draft.name) > MOST_NAME) faults['name'] = field.tooLong(count(MOST_NAME));
  return { draft: 'ward' in ward ? { ...draft, ward: ward.ward } : draft, faults };
}

async function wardOf(visit: Visit, city: PortalCity, draft: Draft): Promise<{ ward: string } | { fault: string }> {
  const { field } = visit.words;
  const { lat, lon } = draft;
  const typed = latinDigits(draft.ward).trim().toUpperCase();
  if (typed !== '') {
    const known = city.wards.find(({ code }) => code === typed || code === typed.replace(/^0+(?=\d)/, ''));
    return known ? { ward: known.code } : { fault: field.wardUnknown([...draft.ward].slice(0, 20).join('')) };
  }
  if (lat === null || lon === null) return { fault: field.ward };
  const found = await visit.deps.wardAt(city.code, lat, lon);
  return found === null ? { fault: field.wardOutside } : { ward: found };
}

/** Counted as their writer counts them. */
export function lengthOf(text: string): number {
  return [...text].length;
}

export interface AddedPhotos {
  photos: DraftPhoto[];
  fault: string | null;
}

/** Keeps photos until their sender has proved a number. The good ones stay even where one is refused. */
export async function addPhotos(
  visit: Visit,
  key: string,
  files: readonly Uint8Array[],
  room: number,
): Promise<AddedPhotos> {
  const photos: DraftPhoto[] = [];
  let fault: string | null = null;
  for (const bytes of files) {
    const taken = await take(visit, key, bytes, room - photos.length);
    if (typeof taken === 'string') fault = photoFault(visit, taken);
    else photos.push(taken);
  }
  return { photos, fault };
}

async function take(visit: Visit, key: string, bytes: Uint8Array, room: number): Promise<DraftPhoto | PhotoProblem> {
  if (room <= 0) return 'too_many';
  if (bytes.length > MOST_PHOTO_BYTES) return 'too_large';
  return visit.deps.photos.add(key, bytes, visit.request.from);
}

function photoFault(visit: Visit, problem: PhotoProblem): string {
  const { field } = visit.words;
  switch (problem) {
    case 'not_a_picture':
      return field.photoKind;
    case 'too_large':
      return field.photoLarge;
    case 'too_many':
      return field.photoMany;
    case 'unavailable':
      return field.photoAway;
  }
}
