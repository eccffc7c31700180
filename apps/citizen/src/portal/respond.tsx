import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import { render } from 'preact-render-to-string';
import { Failure } from '../pages/info.js';
import { Layout } from '../parts/layout.js';
import type { PageProps } from '../parts/page.js';
import { ApiProblem } from './api.js';
import type { Visit } from './context.js';

const gzip = promisify(gzipCallback);

/** Everything from this server; no script and no style stands in a page. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'geolocation=(self), camera=(self), microphone=()',
};

/** A whole page. It speaks of one person, so that only their own browser may keep it, and asks again before showing it. */
export async function page(
  visit: Visit,
  props: PageProps,
  status = 200,
  extra: Record<string, string> = {},
): Promise<Response> {
  const html = `<!doctype html>${render(<Layout visit={visit} page={props} />)}`;
  const headers = withCookies(visit, {
    ...SECURITY,
    'content-type': 'text/html; charset=utf-8',
    'content-language': visit.locale,
    'cache-control': 'private, no-cache',
    vary: 'Cookie, Accept-Language, Accept-Encoding',
    ...extra,
  });
  if (!/\bgzip\b/.test(visit.request.headers['accept-encoding'] ?? '')) return new Response(html, { status, headers });
  headers.set('content-encoding', 'gzip');
  return new Response(new Uint8Array(await gzip(html)), { status, headers });
}

export function seeOther(visit: Visit, path: string): Response {
  return new Response(null, {
    status: 303,
    headers: withCookies(visit, { location: path, 'cache-control': 'no-store' }),
  });
}

export function json(visit: Visit, value: unknown, status = 200): Response {
  const headers = withCookies(visit, {
    ...SECURITY,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  return new Response(JSON.stringify(value), { status, headers });
}

function withCookies(visit: Visit, headers: Record<string, string>): Headers {
  const all = new Headers(headers);
  for (const cookie of visit.outgoing) all.append('set-cookie', cookie);
  return all;
}

export function minutesOf(problem: ApiProblem): number {
  return Math.max(1, Math.ceil((problem.retryAfterSeconds ?? 60) / 60));
}

export function notFound(visit: Visit): Promise<Response> {
  const { error } = visit.words;
  return failure(visit, 404, error.notFoundTitle, error.notFound);
}

export function stale(visit: Visit): Promise<Response> {
  const { error } = visit.words;
  return failure(visit, 403, error.staleTitle, error.stale);
}

/** A problem that no field of the page could show. */
export function problemPage(visit: Visit, problem: ApiProblem): Promise<Response> {
  const { error, count } = visit.words;
  const again = visit.request.method === 'GET' ? visit.request.url : undefined;
  switch (problem.status) {
    case 404:
      return notFound(visit);
    case 403:
      return failure(visit, 403, error.staleTitle, error.forbidden);
    case 413:
      return failure(visit, 413, error.tooLargeTitle, error.tooLarge);
    case 429:
      return failure(visit, 429, error.tooManyTitle, error.tooMany(count(minutesOf(problem))), {
        ...(problem.retryAfterSeconds === null ? {} : { 'retry-after': String(problem.retryAfterSeconds) }),
      });
    case 503:
      return failure(visit, 503, error.awayTitle, error.away, { 'retry-after': '60' }, again);
    default:
      return broken(visit);
  }
}

export function broken(visit: Visit): Promise<Response> {
  const { error } = visit.words;
  const again = visit.request.method === 'GET' ? visit.request.url : undefined;
  return failure(visit, 500, error.brokenTitle, error.broken, {}, again);
}

export function failure(
  visit: Visit,
  status: number,
  title: string,
  text: string,
  extra: Record<string, string> = {},
  again?: string,
): Promise<Response> {
  return page(
    visit,
    { title, children: <Failure visit={visit} title={title} text={text} again={again} /> },
    status,
    extra,
  );
}

/**
 * A picture or voice note is nothing but that, and its owner's own.
 * @param part which bytes of it these are, as HTTP says it; absent: all
 */
export function picture({ mime, bytes, part }: { mime: string; bytes: Uint8Array; part?: string }): Response {
  return new Response(new Uint8Array(bytes), {
    status: part === undefined ? 200 : 206,
    headers: {
      ...(part === undefined ? {} : { 'content-range': part }),
      'accept-ranges': 'bytes',
      'content-type': mime,
      'cache-control': 'private, max-age=3600',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}
