import { get, hidden, lodged, NUMBER, portalOf, post } from './site-fixture';

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
