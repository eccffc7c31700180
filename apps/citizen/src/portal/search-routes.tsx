import { Mine, Status, Track, type OldSearch } from '../pages/search.js';
import type { Faults } from '../parts/fields.js';
import { ApiProblem } from './api.js';
import { askNumber } from './ask-code.js';
import type { Visit } from './context.js';
import { latinDigits } from './names.js';
import { page, seeOther } from './respond.js';

/** GET /track */
export async function track(visit: Visit): Promise<Response> {
  const { words, query } = visit;
  const typed = query.get('number')?.trim() ?? '';
  if (!query.has('number')) return trackPage(visit, '', {});
  if (typed === '') return trackPage(visit, typed, { number: words.field.numberMissing });
  const read = visit.deps.readNumber(typed);
  if (read.ok) return seeOther(visit, `/c/${read.number}`);
  const fault = read.problem === 'check_digit' ? words.field.numberDigit : words.field.number;
  return trackPage(visit, typed, { number: fault });
}

function trackPage(visit: Visit, typed: string, faults: Faults): Promise<Response> {
  return page(
    visit,
    {
      title: visit.words.track.title,
      at: 'track',
      children: <Track visit={visit} typed={typed} faults={faults} />,
    },
    Object.keys(faults).length > 0 ? 422 : 200,
  );
}

/** GET /mine */
export async function mine(visit: Visit): Promise<Response> {
  if (!visit.loggedIn) return askNumber(visit, { kind: 'go', path: '/mine' });
  try {
    const cursor = visit.query.get('cursor') ?? undefined;
    const { api } = visit;
    const [lodged, followed, me] = await Promise.all([api.mine(false, cursor), api.mine(true, undefined), api.me()]);
    return await page(visit, {
      title: visit.words.mine.title,
      at: 'mine',
      children: <Mine visit={visit} lodged={lodged} followed={followed} mobile={me.mobile ?? null} />,
    });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return askNumber(visit, { kind: 'go', path: '/mine' });
    if (error instanceof ApiProblem && error.status === 422) return seeOther(visit, '/mine');
    throw error;
  }
}

/** GET /status */
export async function status(visit: Visit): Promise<Response> {
  const { words, query } = visit;
  const typed = latinDigits(query.get('old') ?? '')
    .trim()
    .slice(0, 60);
  let old: OldSearch = { typed, found: null, mobile: null, faults: {} };
  if (query.get('by') === 'mobile') return oldOfMine(visit, old);
  if (query.has('old') && typed === '') old = { ...old, faults: { old: words.field.numberMissing } };
  else if (typed !== '') old = { ...old, found: (await visit.api.old({ number: typed })).items };
  return statusPage(visit, old);
}

/** A number of a telephone says who somebody is: it is searched for once it is proved. */
async function oldOfMine(visit: Visit, old: OldSearch): Promise<Response> {
  const intent = { kind: 'go', path: '/status?by=mobile#older' } as const;
  if (!visit.loggedIn) return askNumber(visit, intent);
  try {
    const { mobile } = await visit.api.me();
    if (mobile === undefined) return await askNumber(visit, intent);
    return await statusPage(visit, { ...old, mobile, found: (await visit.api.old({ mobile })).items });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return askNumber(visit, intent);
    throw error;
  }
}

function statusPage(visit: Visit, old: OldSearch): Promise<Response> {
  return page(visit, { title: visit.words.status.title, at: 'track', children: <Status visit={visit} old={old} /> });
}
