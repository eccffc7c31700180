import type { Page } from 'playwright-core';
import { accessibilityFaults, overflows, untilTrue } from '#libs/testing/browser';
import { DESKTOP, PHONE } from '#libs/testing/citizen-visitor';
import { usePortal } from '#libs/testing/portal';

const portal = usePortal();

const LONG = 180_000;
const SMALLEST = { width: 320, height: 640 };

describe('without a network', () => {
  it(
    'a complaint with its photo is kept, survives closing the page, and is sent once when the network is back',
    async () => {
      const asha = await portal.arrive({ locale: 'en-IN' });
      const { context } = asha;
      await asha.logIn('9830022001');
      await asha.page.goto('/lodge');
      await asha.page.evaluate('navigator.serviceWorker.ready');
      await untilTrue(asha.page, 'caches.keys().then((names) => names.length > 0)');
      await asha.page.reload();
      await context.setOffline(true);
      await asha.fill({
        category: 'TREE_FALLEN',
        ward: '63',
        description: 'A tree across the lane',
        photo: portal.photo,
      });
      await asha.goOn();
      await asha.page.waitForSelector('#draft-state:has-text("will be sent once")');
      expect(await asha.page.textContent('#draft-state')).toContain('with 1 photo');
      await asha.page.close();

      const later = await context.newPage();
      later.setDefaultTimeout(20_000);
      await later.goto('/lodge');
      await later.waitForSelector('#draft-state:has-text("will be sent once")');
      expect(await later.inputValue('#description')).toBe('A tree across the lane');
      expect(await later.locator('.previews img').count()).toBe(1);
      await later.goto('/mine');
      expect(await later.textContent('h1')).toBe('No network');
      await later.goto('/lodge');
      await later.waitForSelector('#draft-state:has-text("will be sent once")');
      await context.setOffline(false);
      await later.waitForSelector('.slip', { timeout: 60_000 });

      await later.goto('/lodge');
      await later.waitForTimeout(500);
      expect(await later.inputValue('#description')).toBe('');
      await later.goto('/mine');
      expect(await later.locator('a.case-line').count()).toBe(1);
      const { items } = (
        await portal.stack.get<{ items: { attachments: unknown[] }[] }>('/api/v1/grievances', await asha.token())
      ).body;
      expect(items).toHaveLength(1);
      expect(items[0]?.attachments).toHaveLength(1);
      await asha.leave();
    },
    LONG,
  );

  it(
    'what is sent by the page and by its script at the same time is one complaint',
    async () => {
      const ravi = await portal.arrive({ locale: 'en-IN' });
      await ravi.logIn('9830022002');
      const { page } = ravi;
      await page.goto('/lodge');
      const send = `(async () => {
        const body = new FormData();
        const fields = { key: '11111111-2222-4333-8444-555555555555', city: 'KMC', category: 'POTHOLE', ward: '63', description: 'Deep' };
        for (const [name, value] of Object.entries(fields)) body.set(name, value);
        const answer = await fetch('/lodge/send', { method: 'POST', body, headers: { 'x-requested-with': 'pratikar' } });
        return (await answer.json()).number;
      })()`;
      const numbers = await page.evaluate(`Promise.all([${send}, ${send}, ${send}])`);
      expect(numbers).toEqual(Array.from({ length: 3 }, () => (numbers as string[])[0]));
      expect((numbers as string[])[0]).toMatch(/^KMC-/);
      await portal.stack.until((numbers as string[])[0] ?? '', await ravi.token(), 'assigned');
      const { total } = (await portal.stack.get<{ total: number }>('/api/v1/grievances/count', await ravi.token()))
        .body;
      expect(total).toBe(1);
      await ravi.leave();
    },
    LONG,
  );

  it(
    'somebody who has not proved a number is asked for it when the network is back, with everything still there',
    async () => {
      const mina = await portal.arrive({ locale: 'en-IN' });
      const { page, context } = mina;
      await page.goto('/lodge');
      await context.setOffline(true);
      await mina.fill({ category: 'MOSQUITO', ward: '63', description: 'Swarms' });
      await mina.goOn();
      await page.waitForSelector('#draft-state:has-text("will be sent once")');
      await context.setOffline(false);
      await page.click('#draft-state button:has-text("Continue")', { timeout: 60_000 });
      await page.waitForSelector('dl.facts');
      expect(await page.textContent('dl.facts')).toContain('Swarms');
      await mina.leave();
    },
    LONG,
  );
});

describe('by keyboard alone', () => {
  it(
    'a complaint is lodged',
    async () => {
      const dipa = await portal.arrive({ locale: 'en-IN', viewport: DESKTOP });
      const { page } = dipa;
      await page.goto('/');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Skip to the main part');
      await page.keyboard.press('Enter');
      await tabTo(page, 'Make a complaint');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#category-search');
      await tabTo(page, 'category-search');
      await page.keyboard.type('manhole');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Space');
      await tabTo(page, 'ward');
      await page.keyboard.type('63');
      await tabTo(page, 'description');
      await page.keyboard.type('Cover is gone');
      await tabTo(page, 'Check and send');
      await page.keyboard.press('Enter');
      await page.waitForSelector('dl.facts');
      await tabTo(page, 'Send the complaint');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#mobile');
      await tabTo(page, 'mobile');
      await page.keyboard.type('9830022003');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#code');
      await tabTo(page, 'code');
      await page.keyboard.type(dipa.code('9830022003'));
      await page.keyboard.press('Enter');
      await page.waitForSelector('.slip');
      expect(await dipa.view(dipa.number())).toMatchObject({
        subCategory: 'MANHOLE_OPEN',
        description: 'Cover is gone',
      });
      await dipa.leave();
    },
    LONG,
  );
});

/** What has the focus: its id, or what it says. */
function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');
}

async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).startsWith(wanted)) return;
  }
  throw new Error(`${wanted} is not reached by the Tab key`);
}

describe('the accessibility checker', () => {
  it.each(['bn-IN', 'hi-IN', 'en-IN'] as const)(
    'finds nothing on any page in %s, and no page is wider than the smallest telephone',
    async (locale) => {
      const visitor = await portal.arrive({ locale, viewport: PHONE });
      const { page } = visitor;
      const found: string[] = [];
      const check = async (): Promise<void> => {
        found.push(...(await accessibilityFaults(page)).map((fault) => `${page.url()} ${fault}`));
        await page.setViewportSize(SMALLEST);
        if (await overflows(page)) found.push(`${page.url()} is wider than the smallest telephone`);
        await page.setViewportSize(PHONE);
      };
      const pages = [
        '/',
        '/track',
        '/status',
        '/pages/accessibility',
        '/pages/privacy',
        '/pages/terms',
        '/pages/contact',
      ];
      for (const path of [...pages, '/offline', '/nowhere', '/track?number=1', '/mine']) {
        await page.goto(path);
        await check();
      }
      await page.goto('/lodge');
      await page.click('#show-map');
      await page.waitForSelector('#map path.leaflet-interactive:not([d="M0 0"])');
      await check();
      await visitor.goOn();
      await page.waitForSelector('#faults');
      await check();
      await visitor.fill({ category: 'WATER_LEAK', ward: '63', description: 'জল', photo: portal.photo });
      await visitor.goOn();
      await page.waitForSelector('dl.facts');
      await check();
      await page.click('form[action="/lodge/submit"] button');
      await page.fill('#mobile', `983002201${['bn-IN', 'hi-IN', 'en-IN'].indexOf(locale)}`);
      await visitor.goOn();
      await page.waitForSelector('#code');
      await check();
      await page.fill('#code', visitor.code(`983002201${['bn-IN', 'hi-IN', 'en-IN'].indexOf(locale)}`));
      await visitor.goOn();
      await page.waitForSelector('.slip');
      await check();
      const number = visitor.number();
      await visitor.officer(number, 'ask-citizen', { question: 'কোথায়?' });
      await page.goto(`/c/${number}`);
      await check();
      await page.fill('#text', 'এখানে');
      await visitor.goOn();
      await page.waitForSelector('.notice.good');
      const token = await portal.stack.login((await visitor.view(number)).owner?.position.toLowerCase() ?? '');
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(portal.photo)], { type: 'image/jpeg' }), 'done.jpg');
      const { body } = await portal.stack.request<{ id: string }>('POST', '/api/v1/attachments', { token, raw: form });
      await visitor.officer(number, 'resolve', { remarks: 'হয়েছে', attachments: [body.id] });
      await page.goto(`/c/${number}`);
      for (const summary of await page.locator('.more summary').all()) await summary.click();
      await check();
      await page.goto('/mine?contrast=1&size=large');
      await check();
      await page.goto('/lodge');
      await check();
      await page.goto(`/c/${number}`);
      await check();
      expect(found).toEqual([]);
      expect(visitor.complaints).toEqual([]);
      await visitor.leave();
    },
    LONG,
  );
});
