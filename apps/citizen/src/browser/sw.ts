/**
 * Lets a complaint be written where there is no network: the lodging page and its files are kept, nothing else is.
 * Everything that has a network goes to the server.
 */
interface WorkerScope {
  /** Files of this build, written above this file by the server. */
  __kept: string[];
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
  location: Location;
}

interface WorkerEvent {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as WorkerScope;
const kept = worker.__kept;
const NAME = `lodge-${kept.join()}`;
const PAGES = ['/lodge', '/offline'];
/** A page that does not come by then is taken from what is kept. */
const PATIENCE_MS = 8_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(NAME);
      await cache.addAll(kept);
      for (const page of PAGES) await keep(page, await fetch(page, { credentials: 'same-origin' }));
      await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  const { pathname } = url;
  if (request.method === 'GET' && (kept.includes(pathname) || /^\/assets\/.*\.(woff2|js|css)$/.test(pathname))) {
    event.respondWith(fromCache(request));
  } else if (request.mode === 'navigate' && !/^\/(staff|api|docs|open311|webhooks|simulator)\b/.test(pathname)) {
    event.respondWith(page(request, pathname));
  }
});

async function keep(path: string, response: Response): Promise<void> {
  if (response.ok && !response.redirected) await (await caches.open(NAME)).put(path, response.clone());
}

/** The page of the moment; the one for times without a network follows its language. */
async function keepLodging(response: Response): Promise<void> {
  await keep('/lodge', response);
  const offline = await (await caches.open(NAME)).match('/offline');
  if (offline?.headers.get('content-language') === response.headers.get('content-language')) return;
  await keep('/offline', await fetch('/offline', { credentials: 'same-origin' }));
}

/** Files have their content in their names: what is kept never gets old. */
async function fromCache(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const found = await cache.match(request.url);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}

async function page(request: Request, pathname: string): Promise<Response> {
  const lodging = pathname === '/lodge' && request.method === 'GET';
  try {
    // Only the page that can be shown without a network gives up early on a slow one.
    const response = await fetch(request, lodging ? { signal: AbortSignal.timeout(PATIENCE_MS) } : {});
    if (lodging) await keepLodging(response.clone());
    return response;
  } catch {
    const found = await (await caches.open(NAME)).match(lodging ? '/lodge' : '/offline');
    return found ?? Response.error();
  }
}

export {};
