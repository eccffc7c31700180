import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { CaseView } from '#libs/contracts/api/views';
import { accessibilityFaults, openBrowser, overflows } from '#libs/testing/browser';
import { StaffVisitor } from '#libs/testing/staff-visitor';
import { startStack, type Stack } from '#libs/testing/stack';

let stack: Stack;
let browser: Browser;
let live = '';

const LONG = 120_000;
const SECTIONS = ['services', 'performance', 'map', 'register', 'calls'];
/** Service, ward, rating. The same few officers have them all. */
const RATED: readonly [string, string, number][] = [
  ...[1, 1, 1, 2, 1, 1, 1].map((rating): [string, string, number] => ['WATER_NO_SUPPLY', '43', rating]),
  ...[5, 4, 5, 3].map((rating): [string, string, number] => ['WATER_LOW_PRESSURE', '43', rating]),
  ['WATER_LOW_PRESSURE', '44', 1],
  ['WATER_LOW_PRESSURE', '44', 2],
];

async function rated(clerk: string, index: number, [subCategory, ward, rating]: [string, string, number]) {
  const citizen = { mobile: `90000220${String(index).padStart(2, '0')}`, name: `Rina Das ${index}` };
  const description = 'No water since morning';
  const body = { subCategory, ward, description, source: 'call_centre', citizen };
  const { body: made } = await stack.post<CaseView>('/api/v1/grievances', body, clerk, `insight-${index}`);
  const { owner } = await stack.until(made.number, clerk, 'assigned');
  const officer = await stack.login((owner?.position ?? '').toLowerCase());
  const path = `/api/v1/grievances/${made.number}`;
  const answer = await stack.post(`${path}/resolve`, { remarks: 'Valve opened' }, officer);
  expect({ number: made.number, ...answer }).toMatchObject({ status: 200 });
  await stack.post(`${path}/rate`, { rating, remarks: rating < 3 ? 'সারাদিন জল আসেনি' : 'ধন্যবাদ' }, clerk);
  return made.number;
}

const picture = async (page: Page, name: string) => {
  const folder = process.env['PICTURES'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

beforeAll(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const clerk = await stack.login('call-centre-1');
  for (const [index, each] of RATED.entries()) live = await rated(clerk, index, each);
  await sleep(2_100);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

describe('the insight pages', () => {
  it(
    'name the poorly rated service, and open the cases behind a number',
    async () => {
      const admin = await StaffVisitor.signIn(browser, stack, 'it-admin');
      const { page } = admin;
      await page.goto('/staff/insight');
      const poor = page.locator('.poor');
      await poor.waitFor();
      expect(await poor.count()).toBe(1);
      expect(await poor.innerText()).toMatch(/7 answers, average 1\.1; the true average is between 1\.0 and/);
      expect(await poor.innerText()).toContain('সারাদিন জল আসেনি');
      await page.locator('.figures tbody tr').first().locator('a.figure').nth(1).click();
      await page.locator('.inbox__scroll [role=row]').nth(6).waitFor();
      expect(page.url()).toContain('rating=1%2C2%2C3%2C4%2C5');
      expect(admin.complaints).toEqual([]);
      await admin.leave();
    },
    LONG,
  );

  it(
    'let the mayor’s office call a complainant: number shown for a reason, outcome kept',
    async () => {
      const caller = await StaffVisitor.signIn(browser, stack, 'mayor-osd');
      const { page } = caller;
      await page.goto('/staff/insight/calls');
      await page.locator('.call').nth(6).waitFor();
      const first = page.locator('.call').first();
      const number = (await first.locator('strong').innerText()).trim();
      expect(await first.locator('.call__citizen').innerText()).toMatch(/\+91\*+20\d\d/);
      await first.getByRole('button', { name: 'Show the number' }).click();
      await first.locator('a[href^="tel:+919000022"]').waitFor();
      await first.getByRole('combobox').or(first.getByPlaceholder('Outcome of the call')).first().click();
      await page.getByRole('option', { name: 'Reached' }).click();
      await first.getByPlaceholder('What was said').fill('Water came back');
      await first.getByRole('button', { name: 'Keep the outcome' }).click();
      await page.getByText(number).waitFor({ state: 'detached' });
      expect(await page.locator('.call').count()).toBe(6);
      expect(caller.complaints).toEqual([]);
      await caller.leave();
    },
    LONG,
  );

  it(
    'hold up to the accessibility checker in three languages, light, dark and on a phone',
    async () => {
      for (const language of ['en', 'bn', 'hi'] as const) {
        const options = language === 'hi' ? { viewport: { width: 390, height: 844 } } : {};
        const scheme = language === 'bn' ? ('dark' as const) : ('light' as const);
        const admin = await StaffVisitor.signIn(browser, stack, 'it-admin', {
          ...options,
          language,
          colorScheme: scheme,
        });
        const { page } = admin;
        for (const section of SECTIONS) {
          await page.goto(
            `/staff/insight/${section}${section === 'performance' ? '?by=officer' : section === 'calls' ? '?all=true' : ''}`,
          );
          await page.locator('.definitions').waitFor();
          if (section === 'map') await page.locator('.ward-map path').nth(100).waitFor();
          await picture(page, `${language}-${section}`);
          expect({ section, language, faults: await accessibilityFaults(page) }).toEqual({
            section,
            language,
            faults: [],
          });
          expect({ section, language, overflows: await overflows(page) }).toEqual({
            section,
            language,
            overflows: false,
          });
        }
        expect(admin.complaints).toEqual([]);
        await admin.leave();
      }
    },
    LONG,
  );

  it(
    'save what they show as a file',
    async () => {
      const admin = await StaffVisitor.signIn(browser, stack, 'it-admin');
      const { page } = admin;
      await page.goto('/staff/insight/performance');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Save this table as Excel' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('performance-by-department.xlsx');
      await admin.leave();
    },
    LONG,
  );
});

describe('live updates', () => {
  it(
    'show a change made elsewhere without being asked for',
    async () => {
      const gro = await StaffVisitor.signIn(browser, stack, 'water-gro');
      const { page } = gro;
      await page.goto(`/staff/cases/${live}`);
      await page.locator('.live--live').waitFor();
      const text = 'Told to the crew at noon';
      const eo = await stack.login('water-ee-b5');
      const said = await stack.post(`/api/v1/grievances/${live}/comment`, { text, public: false }, eo);
      expect(said.status).toBe(200);
      await page.getByText(text).waitFor({ timeout: 25_000 });
      await gro.leave();
    },
    LONG,
  );
});
