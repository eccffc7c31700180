import { EVIL, get, hidden, lodged, LOCALES, NUMBER, portalOf, post, STATES } from './site-fixture';

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

describe('the link of a message that asks for a rating', () => {
  const address = '/r/good';

  it('opens in the language of the case, without a login, and nothing of it is kept', async () => {
    const { status, html, answer } = await get(await portalOf({ text: 'Lamp replaced' }), address);
    expect(status).toBe(200);
    expect(html).toContain('<html lang="hi"');
    expect(html).toContain('Lamp replaced');
    expect(html.match(/name="rating"/g)).toHaveLength(5);
    expect(html).not.toContain('98300');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await get(await portalOf(), `${address}?lang=en`)).html).toContain('<html lang="en"');
  });

  it('takes one to five stars, and shows the form again with what was written otherwise', async () => {
    const portal = await portalOf();
    const sent = await post(portal, address, { rating: '5', remarks: '' });
    expect(sent.html).toContain('धन्यवाद');
    expect((await post(portal, address, { rating: '2', remarks: 'x' })).html).toContain('फिर से खोली गई');
    const none = await post(portal, address, { rating: EVIL, remarks: EVIL });
    expect(none.status).toBe(422);
    expect(none.html).toContain('&lt;img src=x');
    expectHarmless(none.html);
    const away = await post(portal, '/r/away', { rating: '4', remarks: 'kept words' });
    expect(away.status).toBe(503);
    expect(away.html).toContain('kept words');
  });

  it('says so politely when it was used, is over, is too old or was never ours', async () => {
    const portal = await portalOf();
    expect((await get(portal, '/r/used')).html).toContain('आप अंक दे चुके हैं');
    expect((await get(portal, '/r/late')).html).toContain('इस बीच शिकायत आगे बढ़ गई है');
    for (const url of ['/r/unknown?lang=en', `/r/${encodeURIComponent(EVIL)}?lang=en`, '/r?lang=en', '/r/?lang=en']) {
      const { status, html } = await get(portal, url);
      expect(status).toBe(404);
      expect(html).toContain('This link does not work');
      expectHarmless(html);
    }
    expect((await post(portal, '/r/unknown', { rating: '5' })).status).toBe(404);
  });
});

describe('what a category asks besides', () => {
  const question = {
    code: 'SPEED',
    kind: 'choice' as const,
    names: { en: 'How fast does it run?', bn: 'কত জোরে?' },
    choices: [{ code: 'DROPS', names: { en: EVIL, bn: 'ফোঁটা ফোঁটা' } }],
  };
  const asking = { questions: [question, { ...question, code: 'HOUSES', kind: 'number' as const, choices: [] }] };

  it('stands on the page that checks the complaint, need not be answered, and goes along as it was answered', async () => {
    const bodies: unknown[] = [];
    const portal = await portalOf({
      ...asking,
      sent: (path, body) => path.endsWith('/grievances') && bodies.push(body),
    });
    const fields = { category: 'WATER_LEAK', ward: '63', landmark: 'x', description: 'leak', name: '' };
    const { html } = await lodged(portal, fields);
    expect(html).toContain('কত জোরে?');
    expect(html).toContain('name="answer-HOUSES"');
    const state = hidden(html, 'state');
    const form = hidden(html, 'form');
    const tries: Record<string, string>[] = [
      {},
      { 'answer-SPEED': 'DROPS', 'answer-HOUSES': '৪' },
      { 'answer-SPEED': 'FLOODS' },
    ];
    for (const answers of tries)
      expect((await post(portal, '/lodge/submit', { form, state, ...answers })).status).toBe(303);
    expect(bodies.map((body) => (body as { answers?: unknown }).answers)).toEqual([
      undefined,
      { SPEED: 'DROPS', HOUSES: '4' },
      undefined,
    ]);
  });

  it('is shown with the case, and stays text', async () => {
    const answers = [{ code: 'SPEED', question: { en: 'How fast?' }, answer: { en: EVIL } }];
    const { html } = await get(await portalOf({ view: { answers } }), `/c/${NUMBER}?lang=en`);
    expect(html).toContain('How fast?');
    expect(html).toContain('&lt;img src=x');
    expectHarmless(html);
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
