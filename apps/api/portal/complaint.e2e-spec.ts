import { LegacyCaseEntity } from '#libs/persistence/entities/index';
import { untilTrue } from '#libs/testing/browser';
import { CitizenVisitor, DESKTOP, PHONE } from '#libs/testing/citizen-visitor';
import { usePortal } from '#libs/testing/portal';

const portal = usePortal();

const LONG = 120_000;

describe('a complaint, from the first page to the rating', () => {
  it(
    'is lodged, followed and rated without script, in Bengali, on a telephone',
    async () => {
      const asha = await portal.arrive({ locale: 'bn-IN', viewport: PHONE, script: false });
      const { page } = asha;
      await page.goto('/');
      await page.click('a.big.main');
      await asha.goOn();
      expect(await page.locator('.fault').count()).toBe(3);
      const description = 'পাইপ ফেটে রাস্তায় জল\n<b>দু’দিন</b> ধরে 🌧';
      await asha.fill({
        category: 'WATER_LEAK',
        ward: '৬৩',
        landmark: 'ডাকঘরের উল্টো দিকে',
        description,
        photo: portal.photo,
      });
      await asha.goOn();
      expect(await page.textContent('dl.facts')).toContain('৬৩ নম্বর ওয়ার্ড');
      expect(await page.locator('dl.facts img').count()).toBe(1);
      await page.click('form[action="/lodge/submit"] button');
      await asha.prove('9830011001');
      await page.waitForSelector('.slip');
      const number = asha.number();
      expect(await page.textContent('.big-number')).toBe(
        number.replace(/^(\w+)-(\d+)-(\d{3})(\d{4})-(\d)$/, '$1 $2 $3 $4 $5'),
      );
      expect(await page.locator('.qr svg').count()).toBe(1);
      expect(await page.textContent('.slip')).toContain('সাব-অ্যাসিস্ট্যান্ট ইঞ্জিনিয়ার');
      const view = await asha.view(number);
      expect(view).toMatchObject({
        description,
        ward: '63',
        subCategory: 'WATER_LEAK',
        source: 'portal',
        locale: 'bn',
      });
      expect(view.attachments).toHaveLength(1);

      await asha.officer(number, 'ask-citizen', { question: 'কোন দিকের ফুটপাথ?' });
      await page.goto(`/c/${number}`);
      expect(await page.textContent('.question')).toBe('কোন দিকের ফুটপাথ?');
      await page.fill('#text', 'ডান দিকের');
      await asha.goOn();
      await page.waitForSelector('.notice.good');

      const { body: upload } = await portal.stack.request<{ id: string }>('POST', '/api/v1/attachments', {
        token: await portal.stack.login((await asha.view(number)).owner?.position.toLowerCase() ?? ''),
        raw: formWith(portal.photo),
      });
      await asha.officer(number, 'resolve', { remarks: 'পাইপ জোড়া হয়েছে', attachments: [upload.id] });
      await page.goto(`/c/${number}`);
      expect(await page.textContent('.now')).toContain('পাইপ জোড়া হয়েছে');
      expect(await page.locator('figure.photo-row').count()).toBe(2);
      await asha.goOn();
      expect(await page.textContent('.fault')).toContain('তারা বেছে নিন');
      await page.check('input[name="rating"][value="2"]');
      await page.fill('#remarks', 'এখনও জল পড়ছে');
      await asha.goOn();
      await page.waitForSelector('.notice.good');
      expect(await page.textContent('.now')).toContain('এগজিকিউটিভ ইঞ্জিনিয়ার');
      expect(await asha.view(number)).toMatchObject({
        state: 'reopened',
        rating: 2,
        remarks: 'এখনও জল পড়ছে',
        reopens: 1,
      });
      await asha.leave();
    },
    LONG,
  );

  it(
    'is lodged with script in Hindi on a desktop: search, place by the device, map only when asked for',
    async () => {
      const ravi = await portal.arrive({ locale: 'hi-IN', viewport: DESKTOP });
      const { page } = ravi;
      const scripts: string[] = [];
      page.on('request', (request) => void (request.resourceType() === 'script' && scripts.push(request.url())));
      await page.goto('/lodge');
      await page.fill('#category-search', 'ম্যানহোল');
      expect(await page.locator('.choice:visible').count()).toBe(1);
      await page.press('#category-search', 'Enter');
      await page.keyboard.press('Space');
      expect(await page.textContent('#category-chosen')).toContain('मैनहोल');
      await page.click('#locate');
      await untilTrue(page, 'document.querySelector("#ward").value !== ""');
      const ward = await page.inputValue('#ward');
      expect(scripts.some((url) => url.includes('map'))).toBe(false);
      await page.click('#show-map');
      // Wards outside the part that is shown are drawn as nothing.
      await page.waitForSelector('#map path.leaflet-interactive:not([d="M0 0"])');
      expect(scripts.some((url) => url.includes('map'))).toBe(true);
      await page.click('#map-here');
      await untilTrue(page, 'document.querySelector("#place-state").textContent !== ""');
      expect(await page.inputValue('#ward')).toBe(ward);
      await page.fill('#description', 'ढक्कन नहीं है');
      await ravi.choosePhoto(portal.photo);
      await page.waitForSelector('.previews img');
      await ravi.goOn();
      await page.click('form[action="/lodge/submit"] button');
      await ravi.prove('9830011002');
      await page.waitForSelector('.slip');
      const view = await ravi.view(ravi.number());
      expect(view).toMatchObject({ subCategory: 'MANHOLE_OPEN', ward, locale: 'hi' });
      expect(view.location?.lat).toBeCloseTo(22.57, 1);
      expect(view.attachments).toHaveLength(1);
      expect(ravi.complaints).toEqual([]);
      await ravi.leave();
    },
    LONG,
  );

  it(
    'is not lodged again where the same is known close by: it is followed and rated instead',
    async () => {
      const first = await portal.arrive({ locale: 'en-IN' });
      await first.logIn('9830011003');
      const number = await lodgeAt(first, 'Light out at the corner');
      const second = await portal.arrive({ locale: 'en-IN' });
      const { page } = second;
      await page.goto('/lodge');
      await second.fill({ category: 'LIGHT_OFF', description: 'Lamp is dark' });
      await page.click('#locate');
      await untilTrue(page, 'document.querySelector("#ward").value !== ""');
      await second.goOn();
      await page.waitForSelector('.nearby');
      expect(await page.textContent('.nearby')).not.toContain('Light out at the corner');
      await page.click('.nearby button');
      await second.prove('9830011004');
      await page.waitForSelector('.notice.good');
      expect(second.number()).toBe(number);
      expect(await page.textContent('.now')).toContain('You follow this complaint of somebody else.');
      await first.officer(number, 'resolve', { remarks: 'Lamp replaced' });
      await page.goto(`/c/${number}`);
      await page.check('input[name="rating"][value="5"]');
      await second.goOn();
      await page.waitForSelector('.notice.good');
      await page.click('.more > form button');
      await page.waitForURL('**/mine');
      await first.leave();
      await second.leave();
    },
    LONG,
  );

  it(
    'takes additions and can be taken back; whose it is not sees nothing of it',
    async () => {
      const mina = await portal.arrive({ locale: 'en-IN' });
      await mina.logIn('9830011005');
      const number = await lodgeAt(mina, 'Rats in the market', 'MARKET_UPKEEP');
      const { page } = mina;
      await page.goto(`/c/${number}`);
      await page.click('.more summary >> nth=0');
      await page.fill('#comment', 'They come at night');
      await page.setInputFiles('.more input[type="file"][multiple]', {
        name: 'a.jpg',
        mimeType: 'image/jpeg',
        buffer: portal.photo,
      });
      await page.click('.more details[open] button.main');
      await page.waitForSelector('.notice.good');
      expect(await page.textContent('.thread')).toContain('They come at night');
      expect((await mina.view(number)).attachments).toHaveLength(1);

      const stranger = await portal.arrive({ locale: 'en-IN' });
      await stranger.logIn('9830011006');
      await stranger.page.goto('/track');
      await stranger.page.fill('#number', number.toLowerCase().replace(/-/g, ' '));
      await stranger.goOn();
      await stranger.page.waitForSelector('h1');
      const seen = (await stranger.page.textContent('main')) ?? '';
      expect(seen).toContain('No such complaint');
      expect(seen).not.toContain('Rats');

      await page.click('.more summary:has-text("Take it back")');
      await page.fill('#why', 'Settled');
      await page.click('.more details[open] button.danger');
      await page.waitForSelector('.now.closed');
      expect(await mina.view(number)).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
      await mina.leave();
      await stranger.leave();
    },
    LONG,
  );

  it(
    'keeps what was typed when the session is over in the middle of it',
    async () => {
      const dipa = await portal.arrive({ locale: 'en-IN', script: false });
      await dipa.logIn('9830011007');
      const number = await lodgeAt(dipa, 'Garbage heap', 'GARBAGE_NOT_LIFTED');
      const { page } = dipa;
      await page.goto(`/c/${number}`);
      await page.click('.more summary >> nth=0');
      await page.fill('#comment', 'It has grown');
      await portal.stack.post('/api/v1/auth/logout', undefined, await dipa.token());
      await page.click('.more details[open] button.main');
      await page.waitForSelector('#mobile');
      expect(await page.textContent('main')).toContain('what you wrote is kept');
      await dipa.prove('9830011007');
      await page.waitForSelector('.notice.good');
      expect(await page.textContent('.thread')).toContain('It has grown');
      await dipa.leave();
    },
    LONG,
  );
});

describe('complaints of the system before', () => {
  it(
    'are found by number, and by a mobile number that was proved, without script',
    async () => {
      await portal.stack.sources.write.getRepository(LegacyCaseEntity).insert({
        ...{ tenant: 'KMC', number: 'OLD-77', mobile: '+919830011009', name: 'Mina', category: 'Drain' },
        ...{ description: 'Blocked', status: 'Settled', closedAt: null, detail: {} },
        registeredAt: Date.UTC(2023, 4, 2),
      });
      const mina = await portal.arrive({ locale: 'en-IN', script: false });
      const { page } = mina;
      await page.goto('/status');
      await page.fill('input[name="old"]', 'old-77');
      await page.press('input[name="old"]', 'Enter');
      expect(await page.textContent('.case-line')).toContain('Settled');
      await page.click('a:has-text("Search by my mobile number")');
      await mina.prove('9830011009');
      await page.waitForSelector('.case-line');
      expect(await page.textContent('main')).toContain('OLD-77');

      const other = await portal.arrive({ locale: 'en-IN', script: false });
      await other.page.goto('/status?by=mobile');
      await other.prove('9830011010');
      await other.page.waitForSelector('.notice.info');
      expect(await other.page.textContent('main')).toContain('no old complaint with your mobile number');
      await mina.leave();
      await other.leave();
    },
    LONG,
  );
});

describe('what is sent by mistake', () => {
  it(
    'is told at its field: files that are no photos, wrong codes, wrong numbers',
    async () => {
      const visitor = await portal.arrive({ locale: 'en-IN', script: false });
      const { page } = visitor;
      await page.goto('/lodge');
      await visitor.fill({
        category: 'POTHOLE',
        ward: '63',
        description: 'Deep',
        photo: Buffer.from('<svg onload=alert(1)>'),
      });
      await visitor.goOn();
      expect(await page.textContent('#photos-fault')).toContain('not a photo');
      expect(await page.inputValue('#description')).toBe('Deep');
      await page.fill('#ward', '999');
      await visitor.goOn();
      expect(await page.textContent('#ward-fault')).toContain('There is no ward 999');
      await page.fill('#ward', '63');
      await visitor.goOn();
      await page.click('form[action="/lodge/submit"] button');
      await page.fill('#mobile', '12');
      await visitor.goOn();
      expect(await page.textContent('#mobile-fault')).toContain('10 figures');
      await page.fill('#mobile', '৯৮৩০০১১০০৮');
      await visitor.goOn();
      await page.fill('#code', '12');
      await visitor.goOn();
      expect(await page.textContent('#code-fault')).toContain('not right');
      await page.fill('#code', visitor.code('9830011008'));
      await visitor.goOn();
      await page.waitForSelector('.slip');
      await page.goto('/track?number=KMC-26-0000001-9');
      expect(await page.textContent('#number-fault')).toContain('One figure');
      await visitor.leave();
    },
    LONG,
  );
});

function formWith(bytes: Buffer): FormData {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'done.jpg');
  return form;
}

/** Lodges at the place where the device is; answers the number. */
async function lodgeAt(visitor: CitizenVisitor, description: string, category = 'LIGHT_OFF'): Promise<string> {
  const { page } = visitor;
  await page.goto('/lodge');
  await visitor.fill({ category, ward: '40', description });
  if (await page.locator('#locate').isVisible()) {
    await page.click('#locate');
    await untilTrue(page, 'document.querySelector("#place-state").textContent.length > 12');
  }
  await visitor.goOn();
  await page.click('form[action="/lodge/submit"] button');
  await page.waitForSelector('.slip');
  return visitor.number();
}
