import { Info, INFO_PAGES } from '../pages/info.js';
import { Landing } from '../pages/landing.js';
import { OfflinePage } from '../pages/lodge.js';
import { ApiProblem } from './api.js';
import { Assets } from './assets.js';
import { caseForms, caseReads } from './case-routes.js';
import { codeRoutes } from './code-routes.js';
import { Visit } from './context.js';
import { Form } from './form.js';
import { rateForms, rateReads } from './rate-routes.js';
import { lodgeForms, lodgeReads } from './lodge-routes.js';
import type { Portal, PortalDeps, PortalRequest } from '#libs/contracts/api/portal.js';
import { broken, failure, notFound, page, problemPage, seeOther, stale } from './respond.js';
import { Seal } from './seal.js';
import { mine, status, track } from './search-routes.js';
import { staticFile } from './static.js';

/**
 * The citizen portal as a function from requests to answers.
 * @throws Error when the browser build is missing
 */
export async function createPortal(deps: PortalDeps): Promise<Portal> {
  const assets = await Assets.load(deps.assets);
  const seal = new Seal(deps.secret);
  return {
    handle: async (request) => {
      try {
        const file = await staticFile(assets, request);
        if (file) return file;
        const [cities, speech] = await Promise.all([deps.cities(), deps.speech()]);
        return await answer(new Visit(deps, seal, assets, request, cities, speech));
      } catch (error) {
        deps.report(error, request.url.split('?')[0] ?? '');
        return lastResort(request);
      }
    },
  };
}

async function answer(visit: Visit): Promise<Response> {
  try {
    return await route(visit);
  } catch (error) {
    if (error instanceof ApiProblem) return problemPage(visit, error);
    visit.deps.report(error, visit.path);
    return broken(visit);
  }
}

/** For the moment in which not even the names of the cities can be read. */
function lastResort(request: PortalRequest): Response {
  const text =
    'এই মুহূর্তে পাওয়া যাচ্ছে না। এক মিনিট পরে আবার করুন।\nअभी उपलब्ध नहीं। एक मिनट बाद फिर करें।\nNot available just now. Please try again in a minute.\n';
  return new Response(request.method === 'HEAD' ? null : text, {
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '60', 'cache-control': 'no-store' },
  });
}

function route(visit: Visit): Promise<Response> {
  switch (visit.request.method) {
    case 'GET':
    case 'HEAD':
      return read(visit);
    case 'POST':
      return send(visit);
    default:
      return notFound(visit);
  }
}

async function read(visit: Visit): Promise<Response> {
  const { words } = visit;
  const [, first = '', second = '', ...rest] = visit.path.split('/').map(plain);
  switch (first) {
    case '':
      return page(visit, { title: words.landing.title, at: 'home', children: <Landing visit={visit} /> });
    case 'lodge':
      return rest.length === 0 ? lodgeReads(visit, second) : notFound(visit);
    case 'track':
      return second === '' ? track(visit) : notFound(visit);
    case 'mine':
      return second === '' ? mine(visit) : notFound(visit);
    case 'status':
      return second === '' ? status(visit) : notFound(visit);
    case 'c':
      return second === '' ? seeOther(visit, '/track') : caseReads(visit, second, rest.join('/'));
    case 'r':
      return rest.length === 0 ? rateReads(visit, second) : notFound(visit);
    case 'code':
    case 'logout':
      return seeOther(visit, '/');
    case 'offline':
      return page(visit, { title: words.error.offlineTitle, children: <OfflinePage visit={visit} /> });
    case 'pages': {
      const name = INFO_PAGES.find((each) => each === second);
      if (!name || rest.length > 0) return notFound(visit);
      return page(visit, { title: words.pages[name].title, children: <Info visit={visit} name={name} /> });
    }
    default:
      return notFound(visit);
  }
}

async function send(visit: Visit): Promise<Response> {
  const { error } = visit.words;
  if (visit.request.tooLarge) return failure(visit, 413, error.tooLargeTitle, error.tooLarge);
  const form = await Form.read(visit.request.body, visit.request.headers['content-type']);
  if (!form) return failure(visit, 400, error.staleTitle, error.stale);
  const [, first = '', second = '', third = ''] = visit.path.split('/').map(plain);
  const byScript = first === 'lodge' && second === 'send';
  // Whoever has the link has all it takes: no cookie adds anything that a foreign page could borrow.
  const byLink = first === 'r';
  if (!byScript && !byLink && !visit.isOurs(form.text('form'))) return stale(visit);
  visit.choose(form);
  switch (first) {
    case 'lodge':
      return lodgeForms(visit, second, form);
    case 'code':
      return codeRoutes(visit, second, form);
    case 'c':
      return caseForms(visit, second, third, form);
    case 'r':
      return rateForms(visit, second, form);
    case 'logout':
      return logout(visit);
    default:
      return notFound(visit);
  }
}

async function logout(visit: Visit): Promise<Response> {
  try {
    if (visit.loggedIn) await visit.api.logout();
  } catch (error) {
    // The session may be over already.
    if (!(error instanceof ApiProblem)) throw error;
  }
  visit.end();
  return seeOther(visit, '/');
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '\u0000';
  }
}
