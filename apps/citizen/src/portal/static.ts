import type { Assets } from './assets.js';
import type { PortalRequest } from '#libs/contracts/api/portal.js';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const YEAR_S = 365 * 86_400;

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b5f58"/><path d="M9 16.5l5 5 9-11" fill="none" stroke="#fff" stroke-width="3.200" stroke-linecap="round" stroke-linejoin="round"/></svg>';

const squeezed = new Map<string, Promise<Uint8Array>>();

/** Files that are the same for everybody; null for every other request. */
export async function staticFile(assets: Assets, request: PortalRequest): Promise<Response | null> {
  const path = request.url.split('?')[0] ?? '';
  if (path === '/icon.svg') return send(request, ICON, 'image/svg+xml', 'public, max-age=86400');
  if (path === '/sw.js') return serviceWorker(assets, request);
  if (!path.startsWith('/assets/')) return null;
  const name = path.slice('/assets/'.length);
  const file = await assets.file(name);
  if (!file) return new Response('Not found\n', { status: 404, headers: { 'content-type': 'text/plain' } });
  const cache = `public, max-age=${YEAR_S}, immutable`;
  if (!/text|svg/.test(file.type)) return send(request, file.bytes, file.type, cache);
  const coding = codingFor(request);
  if (coding === null) return send(request, file.bytes, file.type, cache);
  return send(request, await squeeze(name, file.bytes, coding), file.type, cache, { 'content-encoding': coding });
}

type Coding = 'br' | 'gzip';

/** Browsers offer Brotli over TLS alone. */
function codingFor(request: PortalRequest): Coding | null {
  const accepted = request.headers['accept-encoding'] ?? '';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

/** Its list of files is that of this build, so that a new build is a new worker. */
async function serviceWorker(assets: Assets, request: PortalRequest): Promise<Response> {
  const file = await assets.serviceWorker();
  const source = file ? Buffer.from(file.bytes).toString('utf8') : '';
  const text = `self.__kept=${JSON.stringify(assets.kept)};\n${source}`;
  return send(request, text, 'text/javascript; charset=utf-8', 'no-cache', { 'service-worker-allowed': '/' });
}

/** Each file once, however often it is asked for. */
function squeeze(name: string, bytes: Uint8Array, coding: Coding): Promise<Uint8Array> {
  const key = `${coding}/${name}`;
  let found = squeezed.get(key);
  if (!found) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    found = coding === 'br' ? brotli(bytes, quality) : zip(bytes);
    squeezed.set(key, found);
  }
  return found;
}

function send(
  request: PortalRequest,
  body: string | Uint8Array,
  type: string,
  cache: string,
  extra: Record<string, string> = {},
): Response {
  const headers = {
    'content-type': type,
    'cache-control': cache,
    'x-content-type-options': 'nosniff',
    ...(type.startsWith('text/') ? { vary: 'Accept-Encoding' } : {}),
    ...extra,
  };
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  return new Response(request.method === 'HEAD' ? null : bytes, { headers });
}
