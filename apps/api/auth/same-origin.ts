import type { FastifyRequest } from 'fastify';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries our cookie was made by one of our own pages. Browsers say so in `Sec-Fetch-Site` or
 * `Origin`; a script of ours may say it by a header of its own, which no foreign page can add without being asked first.
 */
export function isSameOrigin(request: Pick<FastifyRequest, 'method' | 'headers' | 'host'>): boolean {
  if (SAFE.has(request.method)) return true;
  const { headers } = request;
  if (headers['x-requested-with'] !== undefined) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && hostOf(headers.origin) === request.host;
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
