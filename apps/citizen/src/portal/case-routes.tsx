import QRCode from 'qrcode';
import { CaseView, type CaseNotice } from '../pages/case.js';
import { UnknownCase } from '../pages/case-actions.js';
import { Receipt } from '../pages/receipt.js';
import type { Faults } from '../parts/fields.js';
import { ApiProblem } from './api.js';
import { askNumber } from './ask-code.js';
import type { Visit } from './context.js';
import { addPhotos, lengthOf, MOST_PHOTOS } from './draft.js';
import type { Form } from './form.js';
import { CASE_ACTIONS, type CaseAction, type CaseForm } from './intent.js';
import { categoryName, spokenNumber } from './names.js';
import { notFound, page, picture, problemPage, seeOther } from './respond.js';

const MOST_TEXT = 4000;

/** GET /c/{number}… */
export async function caseReads(visit: Visit, typed: string, rest: string): Promise<Response> {
  const read = visit.deps.readNumber(typed);
  if (!read.ok) return notFound(visit);
  const { number } = read;
  if (!visit.loggedIn) return askNumber(visit, { kind: 'go', path: visit.request.url });
  try {
    if (rest === '') return await casePage(visit, number, { form: null, faults: {} });
    if (rest === 'receipt') return await receipt(visit, number);
    if (rest.startsWith('photo/')) return await photo(visit, number, rest.slice('photo/'.length));
    return isAction(rest) ? seeOther(visit, `/c/${number}`) : await notFound(visit);
  } catch (error) {
    return notMine(visit, number, error);
  }
}

function notMine(visit: Visit, number: string, error: unknown): Promise<Response> {
  if (!(error instanceof ApiProblem)) throw error;
  if (error.status === 401) return askNumber(visit, { kind: 'go', path: `/c/${number}` });
  if (error.status !== 404) return problemPage(visit, error);
  return page(
    visit,
    { title: visit.words.case.none, at: 'track', children: <UnknownCase visit={visit} number={number} /> },
    404,
  );
}

interface Sent {
  form: CaseForm | null;
  faults: Faults;
  notice?: CaseNotice;
  status?: number;
}

async function casePage(visit: Visit, number: string, sent: Sent): Promise<Response> {
  const { words, query } = visit;
  const version = Number(query.get('v') ?? Number.NaN);
  const view = await visit.api.view(number, Number.isInteger(version) && version > 0 ? version : undefined);
  const timeline = await visit.api.timeline(number);
  const city = visit.cityOf(view.tenant);
  const done = query.get('done');
  const notice =
    sent.notice ??
    (done !== null && done in words.case.done
      ? { tone: 'good' as const, text: words.case.done[done as keyof typeof words.case.done] }
      : null);
  return page(
    visit,
    {
      title: `${spokenNumber(number)} – ${categoryName(city, view.subCategory, visit.locale, words.case.details)}`,
      at: 'track',
      script: 'case',
      children: (
        <CaseView visit={visit} page={{ view, timeline, city }} form={sent.form} faults={sent.faults} notice={notice} />
      ),
      ...(sent.form
        ? { resend: { action: `/c/${number}/again`, fields: { again: visit.seal.close(sent.form) } } }
        : {}),
    },
    sent.status ?? 200,
  );
}

async function receipt(visit: Visit, number: string): Promise<Response> {
  // The officer is known a moment after the number; the page is better for having waited for it.
  let view = await visit.api.view(number, 2);
  if (view.state === 'registered') view = await visit.api.view(number, 2);
  const city = visit.cityOf(view.tenant);
  const address = `${visit.deps.publicUrl}/c/${view.number}`;
  const qr = await QRCode.toString(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
  return page(visit, {
    title: visit.words.receipt.title,
    at: 'lodge',
    script: 'case',
    data: { lodged: true },
    children: <Receipt visit={visit} view={view} city={city} qr={qr} />,
  });
}

async function photo(visit: Visit, number: string, id: string): Promise<Response> {
  if (!/^[\w-]{1,60}$/.test(id)) return notFound(visit);
  const response = await visit.api.photo(id, number, visit.request.headers['range']);
  const mime = response.headers.get('content-type') ?? 'application/octet-stream';
  const part = response.headers.get('content-range');
  return picture({ mime, bytes: new Uint8Array(await response.arrayBuffer()), ...(part === null ? {} : { part }) });
}

function isAction(name: string): name is CaseAction {
  return CASE_ACTIONS.some((action) => action === name);
}

/** POST /c/{number}/{action} */
export async function caseForms(visit: Visit, typed: string, action: string, form: Form): Promise<Response> {
  const read = visit.deps.readNumber(typed);
  if (!read.ok) return notFound(visit);
  const { number } = read;
  const again = action === 'again' ? visit.seal.open<CaseForm>(form.text('again')) : null;
  if (again)
    return visit.loggedIn ? casePage(visit, number, { form: again, faults: {} }) : seeOther(visit, `/c/${number}`);
  if (!isAction(action)) return notFound(visit);
  const { filled, faults } = await readCaseForm(visit, action, form);
  if (Object.keys(faults).length === 0) return carryOut(visit, number, filled);
  return showAgain(visit, number, { form: filled, faults, status: 422 });
}

/** The case's page with the form as it was sent; whoever is no longer logged in proves their number first. */
async function showAgain(visit: Visit, number: string, sent: Sent & { form: CaseForm }): Promise<Response> {
  try {
    if (visit.loggedIn) return await casePage(visit, number, sent);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) return notMine(visit, number, error);
  }
  return askNumber(visit, { kind: 'case', number, form: sent.form });
}

async function readCaseForm(
  visit: Visit,
  action: CaseAction,
  form: Form,
): Promise<{ filled: CaseForm; faults: Faults }> {
  const kept = visit.seal.open<{ key: string; photos: string[] }>(form.text('kept'));
  const key = kept?.key ?? visit.newKey();
  const before = kept?.photos ?? [];
  const files = await form.files('photos');
  const added = await addPhotos(visit, key, files, MOST_PHOTOS - before.length);
  const fields = Object.fromEntries(
    ['text', 'comment', 'rating', 'remarks', 'reason', 'why'].flatMap((name) =>
      form.has(name) ? [[name, form.text(name)]] : [],
    ),
  );
  const photos = [...new Set([...before, ...added.photos.map(({ id }) => id)])];
  const filled = { action, fields, key, photos };
  const faults = {
    ...faultsOf(visit, filled),
    ...(added.fault ? { [action === 'add' ? 'add-photos' : 'photos']: added.fault } : {}),
  };
  return { filled, faults };
}

function faultsOf(visit: Visit, { action, fields, photos }: CaseForm): Faults {
  const { field, count } = visit.words;
  const faults: Record<string, string> = {};
  for (const [name, text] of Object.entries(fields)) {
    if (lengthOf(text) > MOST_TEXT) faults[name] = field.tooLong(count(MOST_TEXT));
  }
  if (action === 'rate' && !/^[1-5]$/.test(fields['rating'] ?? '')) faults['rating'] = field.rating;
  if (action === 'answer' && !fields['text']) faults['text'] = field.text;
  if (action === 'reopen' && !fields['reason']) faults['reason'] = field.text;
  if (action === 'add' && !fields['comment'] && photos.length === 0) faults['comment'] = field.textOrPhoto;
  return faults;
}

/** Gives the command of a form; every way it may fail leads back to the form with everything still in it. */
export async function carryOut(visit: Visit, number: string, form: CaseForm): Promise<Response> {
  if (!visit.loggedIn) return askNumber(visit, { kind: 'case', number, form });
  const { words } = visit;
  try {
    const { done, version } = await give(visit, number, form);
    const gone = form.action === 'unfollow';
    return seeOther(visit, gone ? '/mine' : `/c/${number}?done=${done}&v=${version}`);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    switch (error.status) {
      case 401:
        return askNumber(visit, { kind: 'case', number, form });
      case 404:
        return notMine(visit, number, error);
      case 409:
        if (error.code === 'already_following') return seeOther(visit, `/c/${number}?done=follow`);
        return showAgain(visit, number, {
          form,
          faults: {},
          notice: { tone: 'warn', text: words.case.changed, written: writtenIn(form) },
          status: 409,
        });
      case 422:
        return showAgain(visit, number, { form, faults: { more: words.field.other }, status: 422 });
      case 503:
        return showAgain(visit, number, {
          form,
          faults: {},
          notice: { tone: 'warn', text: words.case.notNow },
          status: 503,
        });
      default:
        return problemPage(visit, error);
    }
  }
}

function writtenIn({ fields }: CaseForm): string {
  const { rating: _rating, ...texts } = fields;
  return Object.values(texts).filter(Boolean).join('\n');
}

async function give(visit: Visit, number: string, form: CaseForm): Promise<{ done: string; version: number }> {
  const { api } = visit;
  const { action, fields, key, photos } = form;
  const attachments = photos.length > 0 ? { attachments: photos } : {};
  if (photos.length > 0) await claim(visit, key);
  switch (action) {
    case 'rate': {
      const { remarks } = fields;
      const body = { rating: Number(fields['rating']), ...(remarks ? { remarks } : {}) };
      return { done: 'rate', version: (await api.command(number, 'rate', body, key)).version };
    }
    case 'answer':
      return {
        done: action,
        version: (await api.command(number, action, { text: fields['text'], ...attachments }, key)).version,
      };
    case 'reopen':
      return { done: action, version: (await api.command(number, action, { reason: fields['reason'] }, key)).version };
    case 'withdraw': {
      const body = fields['why'] ? { reason: fields['why'] } : {};
      return { done: action, version: (await api.command(number, action, body, key)).version };
    }
    case 'follow':
    case 'unfollow':
      return { done: action, version: (await api.command(number, action, {}, key)).version };
    case 'add':
      return add(visit, number, form);
  }
}

/** Two commands under two keys: one that failed can be sent again without doing the other twice. */
async function add(visit: Visit, number: string, form: CaseForm): Promise<{ done: string; version: number }> {
  const { fields, key, photos } = form;
  let version = 0;
  if (photos.length > 0) {
    version = (await visit.api.command(number, 'attach', { attachments: photos }, `${key}/photos`)).version;
  }
  const text = fields['comment'];
  if (!text) return { done: 'attach', version };
  version = (await visit.api.command(number, 'comment', { text }, `${key}/words`)).version;
  return { done: 'comment', version };
}

async function claim(visit: Visit, key: string): Promise<void> {
  const { mobile } = await visit.api.me();
  if (mobile !== undefined) await visit.deps.photos.claim(key, mobile);
}
