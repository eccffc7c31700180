import { LOCALES, SOURCES, type Locale, type Source } from '../domain/case/names.js';
import type { FieldProblem } from '../domain/case/types.js';
import { FieldReader, TEXT_LIMIT, wardTextOf } from './fields.js';
import { readMobile } from './mobile.js';
import type { Principal } from './principal.js';

/** What the masters of a tenant know of the places and kinds a registration may name. */
export interface RegistrationLookup {
  subCategory(code: string): AskedSubCategory | null;
  ward(code: string): { code: string; borough: string } | null;
  wardAt(lat: number, lon: number): { code: string; borough: string } | null;
}

export interface AskedSubCategory {
  code: string;
  active: boolean;
  questions?: readonly { code: string; kind: 'text' | 'number' | 'choice'; choices: readonly { code: string }[] }[];
}

export interface CitizenInput {
  mobile?: string;
  name?: string;
  email?: string;
  externalId?: string;
}

export interface RegistrationInput {
  type: 'grievance';
  subCategory: string;
  ward: string;
  borough: string;
  location: { lat: number; lon: number; landmark?: string } | { landmark: string } | null;
  description: string;
  locale: Locale;
  source: Source;
  citizen: CitizenInput;
  attachments: readonly string[];
  /** By the codes of the category's questions. */
  answers: Readonly<Record<string, string>>;
}

/** Reads a registration; answers what is wrong with every field at once. */
export function readRegistration(
  principal: Principal,
  defaultSource: Source,
  body: Readonly<Record<string, unknown>>,
  lookup: RegistrationLookup,
): RegistrationInput | FieldProblem[] {
  const reader = new FieldReader(body);
  const type = reader.text('type', { limit: 40 });
  if (type !== undefined && type !== 'grievance') reader.wrong('type', 'unknown', 'grievance');
  const subCategory = readSubCategory(reader, lookup);
  const description = reader.text('description', { required: true, limit: TEXT_LIMIT });
  const landmark = reader.text('landmark', { limit: 500 });
  const point = readPoint(reader);
  const ward = readWard(reader, lookup, point);
  const locale = readLocale(reader) ?? principal.locale ?? 'en';
  const source = readSource(reader, principal, defaultSource);
  const citizen = readCitizen(reader, principal);
  const attachments = reader.identifiers('attachments', { most: 10 }) ?? [];
  const answers = readAnswers(reader, (subCategory && lookup.subCategory(subCategory)?.questions) || []);
  if (reader.problems.length > 0 || !subCategory || !ward || description === undefined) return reader.problems;
  return {
    type: 'grievance',
    subCategory,
    ward: ward.code,
    borough: ward.borough,
    location: locationOf(point, landmark),
    description,
    locale,
    source,
    citizen,
    attachments,
    answers,
  };
}

const LONGEST_ANSWER = 500;

/** Answers to the questions of the category. None has to be given. */
function readAnswers(
  reader: FieldReader,
  questions: NonNullable<AskedSubCategory['questions']>,
): Readonly<Record<string, string>> {
  const value = reader.raw('answers');
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    reader.wrong('answers', 'wrong_type', 'an object of answers by the codes of their questions');
    return {};
  }
  const fields = new FieldReader(value as Record<string, unknown>);
  const answers: Record<string, string> = {};
  for (const given of Object.keys(value)) {
    const question = questions.find(({ code }) => code === given || code === given.toUpperCase());
    if (!question) {
      fields.wrong(
        shown(given),
        'unknown',
        questions.map(({ code }) => code).join(', ') || 'no answers for this category',
      );
      continue;
    }
    const raw = fields.raw(given);
    const said = typeof raw === 'number' ? String(raw) : fields.text(given, { limit: LONGEST_ANSWER });
    if (said === undefined) continue;
    const choice = question.choices.find(({ code }) => code === said.toUpperCase());
    if (question.kind === 'number' && !Number.isFinite(Number(said))) fields.wrong(given, 'wrong_type', 'a number');
    else if (question.kind === 'choice' && !choice)
      fields.wrong(given, 'unknown', question.choices.map(({ code }) => code).join(', '));
    else answers[question.code] = choice && question.kind === 'choice' ? choice.code : said;
  }
  for (const { field, problem, expected } of fields.problems) reader.wrong(`answers.${field}`, problem, expected);
  return answers;
}

export function readSubCategory(reader: FieldReader, lookup: RegistrationLookup): string | undefined {
  const code = reader.text('subCategory', { required: true, limit: 100, expected: 'the code of a sub-category' });
  if (code === undefined) return undefined;
  const found = lookup.subCategory(code) ?? lookup.subCategory(code.toUpperCase());
  if (found?.active) return found.code;
  return reader.wrong('subCategory', 'unknown', `the code of a sub-category; "${shown(code)}" is none`);
}

export function readPoint(reader: FieldReader): { lat: number; lon: number } | null {
  const lat = reader.number('lat', -90, 90);
  const lon = reader.number('lon', -180, 180);
  if (lat !== undefined && lon !== undefined) return { lat, lon };
  if (reader.has('lat') !== reader.has('lon')) {
    reader.wrong(reader.has('lat') ? 'lon' : 'lat', 'required', 'both lat and lon, or neither');
  }
  return null;
}

/** The ward as named; else the one whose polygon holds the point; else the caller is asked for it. */
export function readWard(
  reader: FieldReader,
  lookup: RegistrationLookup,
  point: { lat: number; lon: number } | null,
): { code: string; borough: string } | undefined {
  if (reader.has('ward')) {
    const code = wardTextOf(reader);
    if (code === undefined) return undefined;
    const ward = lookup.ward(code) ?? lookup.ward(code.replace(/^0+(?=\d)/, ''));
    return ward ?? reader.wrong('ward', 'unknown', `the number of a ward; "${shown(code)}" is none`);
  }
  const ward = point && lookup.wardAt(point.lat, point.lon);
  if (ward) return ward;
  const expected = point
    ? 'the ward: the location lies in none that is known'
    : 'the number of the ward, or lat and lon of the place';
  return reader.wrong('ward', 'ward_needed', expected);
}

function readLocale(reader: FieldReader): Locale | undefined {
  const value = reader.text('locale', { limit: 40 });
  if (value === undefined) return undefined;
  const locale = LOCALES.find((known) => known === value.toLowerCase().split('-')[0]);
  return locale ?? reader.wrong('locale', 'unknown', `one of ${LOCALES.join(', ')}`);
}

function readSource(reader: FieldReader, principal: Principal, fallback: Source): Source {
  const value = reader.text('source', { limit: 40 });
  if (value === undefined) return fallback;
  const source = SOURCES.find((known) => known === value);
  if (!source) reader.wrong('source', 'unknown', `one of ${SOURCES.join(', ')}`);
  else if (principal.kind === 'citizen' && source !== fallback) {
    reader.wrong('source', 'not_allowed', `${fallback}, or no source: it follows from how you are logged in`);
  } else return source;
  return fallback;
}

function readCitizen(reader: FieldReader, principal: Principal): CitizenInput {
  const value = reader.raw('citizen');
  if (value !== undefined && (typeof value !== 'object' || Array.isArray(value))) {
    reader.wrong('citizen', 'wrong_type', 'an object with mobile, name, email or externalId');
    return {};
  }
  const fields = new FieldReader((value ?? {}) as Record<string, unknown>);
  const name = fields.text('name', { limit: 120 });
  const email = fields.text('email', { limit: 254 });
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    fields.wrong('email', 'invalid_email', 'an e-mail address');
  }
  // A citizen is who the credential says; only staff name somebody else.
  const contact =
    principal.kind === 'citizen' ? { mobile: principal.mobile, externalId: principal.externalId } : readContact(fields);
  for (const problem of fields.problems) reader.wrong(`citizen.${problem.field}`, problem.problem, problem.expected);
  return {
    ...(contact.mobile === undefined ? {} : { mobile: contact.mobile }),
    ...(contact.externalId !== undefined ? { externalId: contact.externalId } : {}),
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
  };
}

function readContact(fields: FieldReader): { mobile: string | undefined; externalId: string | undefined } {
  const externalId = fields.text('externalId', { limit: 190 });
  if (!fields.has('mobile')) return { mobile: undefined, externalId };
  const mobile = readMobile(fields.raw('mobile'));
  if (!mobile) fields.wrong('mobile', 'invalid_mobile', 'a mobile number, Indian unless it names its country');
  return { mobile: mobile ?? undefined, externalId };
}

function locationOf(
  point: { lat: number; lon: number } | null,
  landmark: string | undefined,
): RegistrationInput['location'] {
  if (point) return { ...point, ...(landmark === undefined ? {} : { landmark }) };
  return landmark === undefined ? null : { landmark };
}

/** Enough of what was sent to recognise it, never enough to fill a page with it. */
function shown(value: string): string {
  return [...value].slice(0, 40).join('');
}
