import type { Browser, Locator, Page } from 'playwright-core';
import type { CaseView, TimelineItem } from '#libs/contracts/api/views';
import { accessibilityFaults, openBrowser, overflows } from '#libs/testing/browser';
import { startStack, type Stack } from '#libs/testing/stack';
import { freePort } from '#libs/testing/temporal';

const MOBILE = '+919830012345';
const LONG = 180_000;

let stack: Stack;
let browser: Browser;
let admin: string;

beforeAll(async () => {
  stack = await startStack({ PORT: String(await freePort()) });
  browser = await openBrowser();
  admin = await stack.login('it-admin');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

/** Somebody at the page with the telephones. */
class Visitor {
  readonly faults: string[] = [];

  private constructor(readonly page: Page) {}

  static async arrive(width = 1280): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: stack.baseUrl, viewport: { width, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const visitor = new Visitor(page);
    page.on('pageerror', (error) => visitor.faults.push(error.message));
    await page.goto('/simulator');
    await page.waitForSelector('.phone [role=log]');
    return visitor;
  }

  phone(index = 0): Locator {
    return this.page.locator('.phone').nth(index);
  }

  async say(text: string): Promise<void> {
    const phone = this.phone();
    await phone.locator('.composer > form input').fill(text);
    await phone.locator('.composer .send').click();
  }

  /** The next message of the city that holds these words. */
  hears(words: string | RegExp): Promise<void> {
    return this.phone().locator('.bubble.theirs', { hasText: words }).last().waitFor();
  }

  /** Taps a button of the last message that has it. */
  async tap(title: string | RegExp, opening?: string | RegExp): Promise<void> {
    if (opening !== undefined) {
      await this.phone()
        .locator('.bubble.theirs')
        .getByRole('button', { name: opening, expanded: false })
        .last()
        .click();
    }
    await this.phone().locator('.bubble.theirs').getByRole('button', { name: title }).last().click();
  }
}

async function resolve(number: string): Promise<void> {
  const view = await stack.until(number, admin, 'assigned');
  const officer = await stack.login(view.owner?.position.toLowerCase() ?? '');
  const answer = await stack.post(`/api/v1/grievances/${number}/resolve`, { remarks: 'বাতি বদলানো হয়েছে' }, officer);
  expect(answer.status).toBe(200);
}

describe('the telephones on the screen', () => {
  it(
    'take a complaint by chat in Bengali, with place and photo, until a bad rating reopens it',
    async () => {
      const asha = await Visitor.arrive();
      await asha.say('নমস্কার');
      await asha.tap('বাংলা');
      await asha.hears('আপনি কি রাজি?');
      await asha.tap('রাজি আছি');
      await asha.tap(/^সমস্যা জানান/, 'বেছে নিন');
      await asha.hears('সমস্যাটি কোথায়?');
      await asha.tap(/Gariahat/, 'Send location');
      await asha.hears('সমস্যাটি কী?');
      await asha.say('রাস্তার আলো জ্বলছে না');
      await asha.hears('আর একটু খুলে বলুন');
      await asha.say('মোড়ের তিনটি বাতি দু’দিন ধরে জ্বলছে না');
      await asha.hears('পাঁচটি পর্যন্ত ছবি');
      await asha
        .phone()
        .getByRole('button', { name: /photo or voice note/ })
        .click();
      await asha.phone().getByRole('button', { name: 'Sample photo' }).click();
      await asha.hears('নম্বর ছবি পেলাম');
      await asha.tap('এগিয়ে যান');
      await asha.hears('অভিযোগটি একবার দেখে নিন');
      await asha.tap('পাঠান');
      await asha.hears(/আপনার অভিযোগ জমা হয়েছে/);
      const list = await stack.get<{ items: CaseView[] }>(`/api/v1/grievances?q=${encodeURIComponent(MOBILE)}`, admin);
      const number = list.body.items[0]?.number ?? '';
      expect(list.body.items[0]).toMatchObject({ source: 'whatsapp', locale: 'bn', subCategory: 'LIGHT_OFF' });
      expect(list.body.items[0]?.attachments).toHaveLength(1);

      await resolve(number);
      await asha.hears('বাতি বদলানো হয়েছে');
      await asha.tap(/খারাপ/, 'নম্বর দিন');
      await asha.hears('আর কিছু বলবেন?');
      await asha.say('একটি বাতি এখনও নেভানো');
      await asha.hears('আবার খোলা হল');
      const view = await stack.until(number, admin, 'reopened');
      expect(view).toMatchObject({ reopens: 1, remarks: 'একটি বাতি এখনও নেভানো' });
      const { body } = await stack.get<{ items: TimelineItem[] }>(`/api/v1/grievances/${number}/timeline`, admin);
      const toAsha = body.items.flatMap(({ notifications }) => notifications).filter(({ to }) => to.endsWith('2345'));
      expect(toAsha.map(({ channel, template }) => `${template} by ${channel}`)).toEqual(
        ['registered', 'resolved', 'reopened'].flatMap((template) => [`${template} by sms`, `${template} by whatsapp`]),
      );
      expect(toAsha.filter(({ template }) => template === 'resolved').map(({ status }) => status)).toEqual([
        'delivered',
        'read',
      ]);
      expect(asha.faults).toEqual([]);
    },
    LONG,
  );

  it(
    'show SMS as they come, and take them',
    async () => {
      const bina = await Visitor.arrive();
      const mobile = '+919830099001';
      await bina.page.getByLabel('Mobile number').fill('98300 99001');
      await bina.page.getByRole('button', { name: 'Add telephone' }).click();
      const phone = bina.phone(1);
      await phone.getByRole('tab', { name: 'SMS' }).click();
      const token = await stack.citizenToken(mobile);
      const complaint = { tenant: 'KMC', subCategory: 'LIGHT_OFF', ward: 91, description: 'Dark', locale: 'en' };
      const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, token);
      await phone.locator('.bubble.theirs', { hasText: 'Your Pratikar code is' }).waitFor();
      await phone.locator('.bubble.theirs', { hasText: 'Street light not working' }).first().waitFor();
      await resolve(body.number);
      await phone.locator('.bubble.theirs', { hasText: 'says the work is done' }).waitFor();
      await phone.getByPlaceholder('STATUS').fill(`RATE ${body.number} 1 nothing was done`);
      await phone.getByRole('button', { name: 'Send', exact: true }).click();
      const view = await stack.until(body.number, token, 'reopened');
      expect(view).toMatchObject({ rating: 1, remarks: 'nothing was done' });
      await phone
        .locator('.bubble.theirs', { hasText: /is open again/ })
        .first()
        .waitFor();
    },
    LONG,
  );

  it(
    'fit a real telephone, need no mouse and have no fault that a checker finds',
    async () => {
      const visitor = await Visitor.arrive(360);
      await visitor.say('menu');
      await visitor.phone().locator('.bubble.theirs').first().waitFor();
      expect(await overflows(visitor.page)).toBe(false);
      expect(await accessibilityFaults(visitor.page)).toEqual([]);
      await visitor.phone().getByRole('tab', { name: 'WhatsApp' }).focus();
      await visitor.page.keyboard.press('ArrowRight');
      const sms = visitor.phone().getByRole('tab', { name: /^SMS/ });
      expect(await sms.getAttribute('aria-selected')).toBe('true');
      await visitor.page.getByText('Bad weather').click();
      expect(await overflows(visitor.page)).toBe(false);
      expect(await accessibilityFaults(visitor.page)).toEqual([]);
      expect(visitor.faults).toEqual([]);
    },
    LONG,
  );
});
