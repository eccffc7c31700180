import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CaseView, TimelineItem } from '#libs/contracts/api/views';
import type { Portal, PortalCity, PortalDeps, Speech } from '#libs/contracts/api/portal';

const EVIL = `"><img src=x onerror=alert(1)></script><script>alert('x')</script>'`;
const NUMBER = 'KMC-26-0000001-4';
const DIST = join(process.cwd(), 'dist', 'citizen');
const LOCALES = ['bn', 'hi', 'en'] as const;

const STATES = [
  'registered',
  'awaiting_assignment',
  'assigned',
  'reassignment_requested',
  'awaiting_citizen',
  'reopened',
  'resolved',
  'rejected',
  'closed',
] as const;

function cityNamed(name: string): PortalCity {
  const names = { en: name, bn: name, hi: name };
  return {
    code: 'KMC',
    names,
    defaultLocale: 'bn',
    zone: 'Asia/Kolkata',
    listed: true,
    ratingDays: 15,
    legacyUrl: 'https://old.example.org/',
    legacyUntil: '2024-07-13',
    groups: [{ code: 'WATER_DEPT', names, items: [{ code: 'WATER_LEAK', names, hidden: false }] }],
    wards: [{ code: '63', borough: '7' }],
    mapped: true,
    rejectReasons: { sub_judice: names },
  };
}

function speechOf(text: string): Speech {
  return {
    office: () => text,
    department: () => text,
    moment: () => text,
    day: () => text,
    deadline: () => text,
  };
}

function viewOf(text: string, change: Partial<CaseView> = {}): CaseView {
  return {
    number: NUMBER,
    tenant: 'KMC',
    type: 'grievance',
    state: 'assigned',
    outcome: null,
    subCategory: 'WATER_LEAK',
    department: 'WATER_DEPT',
    ward: '63',
    borough: '7',
    source: 'portal',
    locale: 'bn',
    description: text,
    location: { landmark: text },
    owner: { position: 'WATER-LME-B7', designation: text },
    accountable: { position: 'WATER-EE-B7', designation: text },
    escalationLevel: 0,
    registeredAt: '2026-11-24T07:00:00.000Z',
    dueAt: '2026-11-26T07:00:00.000Z',
    resolvedAt: null,
    closedAt: null,
    reopens: 0,
    rating: null,
    remarks: text,
    citizen: { name: text, mobile: '+919830012345' },
    followers: 2,
    attachments: [{ id: 'a1', mime: 'image/jpeg', url: text, kind: 'complaint' }],
    directive: null,
    duplicateOf: null,
    allowed: ['comment', 'attach', 'withdraw', 'rate', 'answer', 'reopen'],
    version: 3,
    ...change,
  };
}

function timelineOf(text: string): TimelineItem[] {
  const events = ['registered', 'assigned', 'citizen_asked', 'resolved', 'rejected', 'commented', 'rated'] as const;
  return events.map((event, index) => ({
    seq: index + 1,
    at: '2026-11-24T07:00:00.000Z',
    event,
    actor: { role: index === 0 ? 'citizen' : 'lme', name: text },
    text,
    public: true,
    data: { to: { owner: text }, reasonCode: 'sub_judice', until: '2026-12-01T07:00:00.000Z', rating: 2 },
    notifications: [],
  }));
}

interface Site {
  text?: string;
  view?: Partial<CaseView>;
  api?: (path: string) => Response | null;
}

async function portalOf({ text = 'ordinary', view = {}, api }: Site = {}): Promise<Portal> {
  const { createPortal } = (await import(pathToFileURL(join(DIST, 'server.js')).href)) as {
    createPortal(deps: PortalDeps): Promise<Portal>;
  };
  const answerOf = (path: string): unknown => {
    if (path.endsWith('/timeline')) return { items: timelineOf(text), next: null };
    if (path.startsWith('/api/v1/status')) {
      return { items: [{ number: text, status: text, registeredAt: null, closedAt: null }] };
    }
    if (path.startsWith('/api/v1/grievances?')) return { items: [viewOf(text, view)], next: text };
    if (path.startsWith('/api/v1/auth/me')) return { kind: 'citizen', mobile: '+919830012345' };
    return viewOf(text, view);
  };
  return createPortal({
    fetch: async (path) => api?.(path) ?? Response.json(answerOf(path)),
    secret: new Uint8Array(32).fill(1),
    publicUrl: 'https://city.example.org',
    assets: join(DIST, 'browser'),
    demo: true,
    cities: async () => [cityNamed(text)],
    speech: async () => speechOf(text),
    wardShapes: async () => '{"type":"FeatureCollection","features":[]}',
    wardAt: async () => '63',
    nearby: async () => [{ number: NUMBER, registeredAt: '2026-11-24T07:00:00.000Z', distance: 12, followers: 1 }],
    readNumber: (typed) => (typed === NUMBER ? { ok: true, number: NUMBER } : { ok: false, problem: 'format' }),
    photos: { add: async () => ({ id: 'p1' }), give: async () => null, claim: async () => undefined },
    lodgedUnder: async () => null,
    report: (error) => {
      throw error;
    },
  });
}

const COOKIE = 'pratikar_form=abcdefghijklmnopqrstuvwx; pratikar_citizen=token';

async function get(
  portal: Portal,
  url: string,
  cookie = COOKIE,
): Promise<{ status: number; html: string; answer: Response }> {
  const answer = await portal.handle({
    method: 'GET',
    url,
    headers: { cookie },
    body: new Uint8Array(),
    from: '127.0.0.1',
  });
  return { status: answer.status, html: await answer.clone().text(), answer };
}

async function post(
  portal: Portal,
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; html: string; answer: Response }> {
  const answer = await portal.handle({
    method: 'POST',
    url,
    headers: { cookie: COOKIE, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new TextEncoder().encode(new URLSearchParams(fields).toString()),
    from: '127.0.0.1',
  });
  return { status: answer.status, html: await answer.clone().text(), answer };
}

/** Value of a hidden field of the page. */
function hidden(html: string, name: string): string {
  const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
  if (found === undefined) throw new Error(`the page has no ${name}`);
  return found;
}

async function lodged(portal: Portal, fields: Record<string, string>): Promise<{ status: number; html: string }> {
  const { html } = await get(portal, '/lodge');
  return post(portal, '/lodge', { form: hidden(html, 'form'), state: hidden(html, 'state'), ...fields });
}

const SCRIPTS = /<script\b[^>]*>/g;

function expectHarmless(html: string): void {
  expect(html).not.toMatch(/<img[^>]*onerror/i);
  expect(html).not.toContain("<script>alert('x')");
  // Nothing of ours stands in the page as a script: only files of this server and one block of data.
  for (const tag of html.match(SCRIPTS) ?? []) {
    expect(tag).toMatch(/^<script (type="module" src="\/assets\/|type="application\/json" id="page-data")/);
  }
}

describe('whatever people write', () => {
  it.each(['/', '/lodge', '/track', '/mine', '/status?old=1', `/c/${NUMBER}`, `/c/${NUMBER}/receipt`])(
    'stays text on %s',
    async (url) => {
      const { status, html } = await get(await portalOf({ text: EVIL }), url);
      expect(status).toBe(200);
      expect(html).toContain('&lt;img src=x');
      expectHarmless(html);
    },
  );

  it.each([
    `/track?number=${encodeURIComponent(EVIL)}`,
    `/status?old=${encodeURIComponent(EVIL)}`,
    `/lodge?x=${encodeURIComponent(EVIL)}`,
    `/c/${encodeURIComponent(EVIL)}`,
    `/${encodeURIComponent(EVIL)}`,
    `/?lang=${encodeURIComponent(EVIL)}&size=${encodeURIComponent(EVIL)}&city=${encodeURIComponent(EVIL)}`,
  ])('stays text in the address %s', async (url) => {
    expectHarmless((await get(await portalOf(), url)).html);
  });

  it.each(STATES)('stays text while the case is %s', async (state) => {
    const portal = await portalOf({ text: EVIL, view: { state, duplicateOf: NUMBER } });
    const { html } = await get(portal, `/c/${NUMBER}`);
    expect(html).toContain('&lt;img src=x');
    expectHarmless(html);
  });

  it('stays text in a form that is sent back, on the page that checks it and in a case’s forms', async () => {
    const portal = await portalOf({ text: 'ordinary' });
    const fields = { category: 'WATER_LEAK', ward: '63', landmark: EVIL, description: EVIL, name: EVIL };
    const review = await lodged(portal, fields);
    expect(review.status).toBe(200);
    expect(review.html).toContain('&lt;img src=x');
    expectHarmless(review.html);
    const sentBack = await lodged(portal, { ...fields, ward: EVIL });
    expect(sentBack.status).toBe(422);
    expectHarmless(sentBack.html);
    const answered = await portalOf({ view: { state: 'resolved', allowed: ['rate'] } });
    const page = await get(answered, `/c/${NUMBER}`);
    const rating = await post(answered, `/c/${NUMBER}/rate`, {
      form: hidden(page.html, 'form'),
      remarks: EVIL,
      rating: EVIL,
    });
    expect(rating.status).toBe(422);
    expect(rating.html).toContain('&lt;img src=x');
    expectHarmless(rating.html);
  });
});

describe('what citizens read', () => {
  it.each(LOCALES)('names no state, no post and no kind by its code in %s', async (locale) => {
    for (const state of STATES) {
      const portal = await portalOf({ view: { state, escalationLevel: 1 } });
      for (const url of [`/c/${NUMBER}`, `/c/${NUMBER}/receipt`, '/mine']) {
        const { html } = await get(portal, `${url}${url.includes('?') ? '&' : '?'}lang=${locale}`);
        const read = html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]+>/g, ' ');
        expect(read).not.toMatch(/WATER|LME|EE-B7|undefined|null|NaN|\[object/);
        expect(read).not.toMatch(new RegExp(STATES.filter((each) => each.includes('_')).join('|')));
      }
    }
  });

  it.each(LOCALES)('is in %s on every page, with its language named', async (locale) => {
    const portal = await portalOf();
    const pages = [
      '/',
      '/lodge',
      '/track',
      '/status',
      '/pages/accessibility',
      '/pages/privacy',
      '/pages/terms',
      '/nowhere',
    ];
    for (const url of [...pages, '/pages/contact', '/offline']) {
      const { html, answer } = await get(portal, `${url}?lang=${locale}`);
      expect(html).toContain(`<html lang="${locale}"`);
      expect(answer.headers.get('content-language')).toBe(locale);
      expect(answer.headers.get('set-cookie')).toContain(`pratikar_prefs=${locale}.`);
    }
  });

  it('is Bengali for whoever has said nothing, and what the browser asks for otherwise', async () => {
    const portal = await portalOf();
    expect((await get(portal, '/', '')).html).toContain('<html lang="bn"');
    const headers = { 'accept-language': 'ta, hi;q=0.8, en;q=0.5' };
    const answer = await portal.handle({ method: 'GET', url: '/', headers, body: new Uint8Array(), from: '127.0.0.1' });
    expect(await answer.text()).toContain('<html lang="hi"');
  });

  it('says that the time has passed, and who answers for it now', async () => {
    const view = { escalationLevel: 1, dueAt: '2020-01-01T00:00:00.000Z' };
    const { html } = await get(await portalOf({ text: 'the office', view }), `/c/${NUMBER}?lang=en`);
    expect(html).toContain('That time has passed.');
    expect(html).toContain('a senior officer answers for it');
  });
});

describe('a page', () => {
  it('allows no script and no style but the files of this server', async () => {
    const { answer, html } = await get(await portalOf(), '/lodge');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(html).not.toMatch(/ on\w+="| style="/);
  });

  it('that speaks of one person is kept by nobody but their own browser', async () => {
    const { answer } = await get(await portalOf(), `/c/${NUMBER}`);
    expect(answer.headers.get('cache-control')).toContain('private');
  });

  it('is not found in the reader’s language, and asks for nothing', async () => {
    const { status, html } = await get(await portalOf(), '/nowhere?lang=en');
    expect(status).toBe(404);
    expect(html).toContain('There is no such page');
  });

  it('remembers size of text and contrast', async () => {
    const { html, answer } = await get(await portalOf(), '/?size=large&contrast=1');
    expect(html).toContain('data-size="large"');
    expect(html).toContain('data-theme="contrast"');
    expect(answer.headers.get('set-cookie')).toContain('.large.1');
  });
});

describe('a form', () => {
  it('that comes from elsewhere is refused, and says so', async () => {
    const portal = await portalOf();
    const none = await post(portal, `/c/${NUMBER}/withdraw`, {});
    expect(none.status).toBe(403);
    const { html } = await get(portal, '/lodge');
    const form = hidden(html, 'form');
    const foreign = await post(portal, '/lodge', { form }, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
    const otherBrowser = await post(portal, '/lodge', { form }, { cookie: 'pratikar_form=zyxwvutsrqponmlkjihgfedcb' });
    expect(otherBrowser.status).toBe(403);
  });

  it('sent by a script of another page is refused', async () => {
    const portal = await portalOf();
    expect((await post(portal, '/lodge/send', {})).status).toBe(403);
    const foreign = { 'x-requested-with': 'pratikar', 'sec-fetch-site': 'cross-site' };
    expect((await post(portal, '/lodge/send', {}, foreign)).status).toBe(403);
  });

  it('whose sealed part was changed is refused', async () => {
    const portal = await portalOf();
    const { html } = await get(portal, '/lodge');
    const answer = await post(portal, '/lodge/submit', { form: hidden(html, 'form'), state: 'AAAA' });
    expect(answer.status).toBe(403);
  });

  it('says what is missing at each field and keeps what was typed', async () => {
    const { status, html } = await lodged(await portalOf(), { ward: '', description: '', landmark: 'near the club' });
    expect(status).toBe(422);
    for (const field of ['category', 'ward', 'description']) {
      expect(html).toContain(`href="#${field}"`);
      expect(html).toContain(`id="${field}-fault"`);
    }
    expect(html).toContain('value="near the club"');
  });

  it('takes the ward in Bengali figures and with leading zeros', async () => {
    const portal = await portalOf();
    for (const ward of ['৬৩', '063', ' 63 ']) {
      expect((await lodged(portal, { category: 'WATER_LEAK', ward, description: 'x' })).status).toBe(200);
    }
  });

  it('is refused when a text is longer than 4,000 characters, counted as they are written', async () => {
    const portal = await portalOf();
    const fields = { category: 'WATER_LEAK', ward: '63' };
    expect((await lodged(portal, { ...fields, description: '🌧'.repeat(4000) })).status).toBe(200);
    expect((await lodged(portal, { ...fields, description: '🌧'.repeat(4001) })).status).toBe(422);
  });

  it('that nobody could read is answered by a page', async () => {
    const portal = await portalOf();
    expect((await post(portal, '/lodge', {}, { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(400);
  });
});

describe('when a part is away', () => {
  const refusing =
    (status: number, headers: Record<string, string> = {}) =>
    (): Response =>
      Response.json({ code: 'x' }, { status, headers });

  it('the page says so and when to try again', async () => {
    const { status, html, answer } = await get(await portalOf({ api: refusing(503) }), '/mine?lang=en');
    expect(status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(html).toContain('Not available just now');
  });

  it('too many requests are told with the minutes to wait', async () => {
    const { status, html } = await get(
      await portalOf({ api: refusing(429, { 'retry-after': '600' }) }),
      '/mine?lang=en',
    );
    expect(status).toBe(429);
    expect(html).toContain('try again in 10 minutes');
  });

  it('a session that is over asks for the number, not for a new complaint', async () => {
    const { status, html, answer } = await get(await portalOf({ api: refusing(401) }), '/mine?lang=en');
    expect(status).toBe(200);
    expect(html).toContain('id="mobile"');
    expect(answer.headers.get('set-cookie')).toContain('pratikar_citizen=;');
  });

  it('a rating that could not be taken is still in its form', async () => {
    let calls = 0;
    const portal = await portalOf({
      view: { state: 'resolved', allowed: ['rate'] },
      api: (path) =>
        path.endsWith('/rate') && ++calls > 0 ? Response.json({ code: 'worker_unavailable' }, { status: 503 }) : null,
    });
    const page = await get(portal, `/c/${NUMBER}`);
    const key = hidden(page.html, 'key');
    const fields = {
      form: hidden(page.html, 'form'),
      kept: hidden(page.html, 'kept'),
      rating: '4',
      remarks: 'nearly good',
    };
    const { status, html } = await post(portal, `/c/${NUMBER}/rate`, fields);
    expect(status).toBe(503);
    expect(calls).toBe(1);
    expect(html).toContain('nearly good');
    expect(html).toMatch(/value="4" checked/);
    expect(html).toContain(`name="key" value="${key}"`);
  });

  it('what was written is shown again where the case has meanwhile moved on', async () => {
    const portal = await portalOf({
      view: { state: 'closed', outcome: 'unrated', allowed: [] },
      api: (path) => (path.endsWith('/rate') ? Response.json({ code: 'state_conflict' }, { status: 409 }) : null),
    });
    const { html: lodge } = await get(portal, '/lodge');
    const fields = { form: hidden(lodge, 'form'), rating: '4', remarks: 'it was nearly good' };
    const { status, html } = await post(portal, `/c/${NUMBER}/rate`, fields);
    expect(status).toBe(409);
    expect(html).toContain('it was nearly good');
  });
});
