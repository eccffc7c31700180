import type { Browser } from 'playwright-core';
import { formatNumber } from '#libs/domain/numbers/grievance-number';
import { GrievanceEntity } from '#libs/persistence/entities/grievance.entity';
import { accessibilityFaults, openBrowser, untilTrue } from '#libs/testing/browser';
import { StaffVisitor, type StaffOptions } from '#libs/testing/staff-visitor';
import { startStack, type Stack } from '#libs/testing/stack';

let stack: Stack;
let browser: Browser;
let number = '';

const LONG = 120_000;
const SCRIPT = '<img src=x onerror="window.taken=1"><script>window.taken=1</script>';
const TEXT = `${SCRIPT} {{name}} জল পড়ছে`;

beforeAll(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const clerk = await stack.login('call-centre-1');
  const { body } = await stack.post<{ number: string }>(
    '/api/v1/grievances',
    {
      subCategory: 'WATER_LEAK',
      ward: '43',
      lat: 22.5739,
      lon: 88.3564,
      landmark: SCRIPT,
      description: TEXT,
      source: 'call_centre',
      locale: 'bn',
      citizen: { mobile: '9000021040', name: SCRIPT },
    },
    clerk,
    'pages-case',
  );
  number = body.number;
  await stack.until(number, clerk, 'assigned');
  const officer = await stack.login('water-lme-b5');
  await stack.post(`/api/v1/grievances/${number}/comment`, { text: TEXT, public: true }, officer, 'pages-comment');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

describe('texts that are scripts', () => {
  it(
    'stand verbatim wherever they are shown, and never run',
    async () => {
      const officer = await StaffVisitor.signIn(browser, stack, 'water-lme-b5');
      const { page } = officer;
      await page.goto('/staff/');
      expect(await page.getByRole('row', { name: number }).innerText()).toContain(TEXT);
      await officer.openCase(number);
      expect(await page.locator('.case__description').innerText()).toBe(TEXT);
      expect(await page.locator('.entry__text').allInnerTexts()).toContain(TEXT);
      expect(await page.locator('.facts').allInnerTexts()).toEqual(
        expect.arrayContaining([expect.stringContaining(SCRIPT)]),
      );
      expect(await page.evaluate('window.taken')).toBeUndefined();
      expect(officer.complaints).toEqual([]);
      await officer.leave();
    },
    LONG,
  );
});

const PAGES: Record<string, string[]> = {
  'call-centre-1': ['/', '/new'],
  'water-lme-b5': ['/today', '/waiting', '/cases/:number', '/cases/:number resolve'],
  'water-gro': ['/desk'],
  'water-ee-b5': ['/escalations'],
  'it-admin': [
    '/admin/masters',
    '/admin/calendar',
    '/admin/users',
    '/admin/simulator',
    '/admin/workflows',
    '/history/:number',
    '/no-such-page',
  ],
};
const APPEARANCES: [string, StaffOptions][] = [
  ['light, in English, on a desktop', { colorScheme: 'light', language: 'en' }],
  [
    'dark, in Bengali, on a phone',
    { colorScheme: 'dark', language: 'bn', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  ],
];

describe('the accessibility checker', () => {
  it.each(APPEARANCES)(
    'finds nothing on any page: %s',
    async (_name, options) => {
      const faults: Record<string, string[]> = {};
      for (const [username, paths] of Object.entries(PAGES)) {
        const visitor = await StaffVisitor.arrive(browser, stack, options);
        const { page } = visitor;
        faults['login'] ??= await accessibilityFaults(page);
        await visitor.enter(username);
        for (const path of paths) {
          const [address = '', action] = path.replace(':number', number).split(' ');
          await page.goto(`/staff${address}`);
          await page.waitForSelector('h1');
          // Never idle: the stream of changes stays open.
          await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
          if (action) await visitor.act();
          faults[`${username} ${path}`] = await accessibilityFaults(page);
        }
        await visitor.leave();
      }
      const clean = Object.fromEntries(Object.keys(faults).map((path) => [path, []]));
      expect(faults).toEqual(clean);
    },
    LONG,
  );
});

describe('an inbox of five thousand cases', () => {
  it(
    'tells the true count and keeps few rows in the page, however far one scrolls',
    async () => {
      await multiply(5_000);
      const officer = await StaffVisitor.signIn(browser, stack, 'water-lme-b5');
      const { page } = officer;
      await page.goto('/staff/');
      await page.getByText('5,001').first().waitFor();
      const rows = page.locator('.inbox__scroll [role=row]');
      const reached = (): Promise<number> =>
        rows.last().evaluate((row: { ariaRowIndex: string | null }) => Number(row.ariaRowIndex));
      for (let turn = 0; turn < 4; turn += 1) {
        const before = await reached();
        await page.evaluate("document.querySelector('.inbox__scroll').scrollTop = 1e9");
        await untilTrue(
          page,
          `Number([...document.querySelectorAll('.inbox__scroll [role=row]')].at(-1).ariaRowIndex) > ${before}`,
        );
        expect(await rows.count()).toBeLessThan(60);
      }
      expect(await reached()).toBeGreaterThan(150);
      expect(await page.locator('*').count()).toBeLessThan(2_500);
      await officer.leave();
    },
    LONG,
  );
});

/** Puts copies of the one case straight into the record. */
async function multiply(times: number): Promise<void> {
  const cases = stack.sources.write.getRepository(GrievanceEntity);
  const row = await cases.findOneByOrFail({ number });
  const copies = Array.from({ length: times }, (_, index) => {
    const copy = formatNumber('KMC', 25, index + 1);
    return { ...row, number: copy, snapshot: { ...row.snapshot, number: copy }, registrationKey: null };
  });
  for (let from = 0; from < copies.length; from += 200) await cases.insert(copies.slice(from, from + 200));
}
