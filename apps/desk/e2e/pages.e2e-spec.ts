import type { Browser } from 'playwright-core';
import type { TimelineItem } from '#libs/contracts/api/views';
import { AppUserEntity } from '#libs/persistence/entities/index';
import { accessibilityFaults, openBrowser, overflows, untilTrue } from '#libs/testing/browser';
import { STACK_PASSWORD } from '#libs/testing/stack-seed';
import { StaffVisitor, type StaffOptions } from '#libs/testing/staff-visitor';
import { startStack, type Stack } from '#libs/testing/stack';
import { keepVoiceNote, largePhoto, multiply } from '#libs/testing/desk-fixtures';

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

describe('a case that is looked at', () => {
  it(
    'shows the complainant for a reason alone, plays a voice note, and sends a photo made smaller',
    async () => {
      await keepVoiceNote(stack, number);
      const admin = await StaffVisitor.signIn(browser, stack, 'it-admin');
      await admin.openCase(number);
      const citizen = admin.page.locator('section', { has: admin.page.locator('#citizen-title') });
      expect(await citizen.innerText()).not.toContain('9000021040');
      await admin.page.getByRole('button', { name: 'Show name and number' }).click();
      await admin.page.getByLabel('Why do you need it?').fill('To find the gate');
      await admin.page.getByRole('button', { name: 'Show', exact: true }).click();
      await citizen.getByRole('link', { name: '+919000021040' }).waitFor();
      expect(admin.complaints).toEqual([]);
      await admin.leave();

      const officer = await StaffVisitor.signIn(browser, stack, 'water-lme-b5');
      const { page } = officer;
      await officer.openCase(number);
      const voice = page.locator('audio');
      expect(await voice.getAttribute('aria-label')).toBe('Voice note 1');
      const address = (await voice.getAttribute('src')) ?? '';
      const part = await page.request.get(address, { headers: { Range: 'bytes=0-3' } });
      expect([part.status(), part.headers()['content-type'], await part.text()]).toEqual([206, 'audio/ogg', 'OggS']);

      await page.keyboard.press('f');
      await page.setInputFiles('input[type=file] >> nth=0', {
        name: 'street.jpg',
        mimeType: 'image/jpeg',
        buffer: await largePhoto(),
      });
      await page.locator('.thumbs img').waitFor();
      await untilTrue(page, "document.querySelector('.thumbs img').naturalWidth === 1600");
      expect(officer.complaints).toEqual([]);
      await officer.leave();
    },
    LONG,
  );

  it(
    'is commented on once, however often the network takes the answer away',
    async () => {
      const officer = await StaffVisitor.signIn(browser, stack, 'water-lme-b5');
      const { page } = officer;
      await officer.openCase(number);
      await page.route('**/comment', async (route) => {
        await route.fetch();
        await route.abort();
      });
      await page.keyboard.press('c');
      await officer.dialog.locator('textarea').fill('Said once');
      await officer.press('Comment');
      await page.getByText('Kept on this device').first().waitFor();
      await page.unroute('**/comment');
      await page.goto('/staff/waiting');
      await page.getByText('Nothing is waiting').waitFor();
      await page.locator('.network-bar').waitFor({ state: 'detached' });
      const token = await stack.login('water-lme-b5');
      const path = `/api/v1/grievances/${number}/timeline`;
      const { items } = (await stack.get<{ items: TimelineItem[] }>(path, token)).body;
      expect(items.filter(({ text }) => text === 'Said once')).toHaveLength(1);
      await officer.leave();
    },
    LONG,
  );
});

describe('an account whose password somebody else chose', () => {
  it(
    'opens nothing before it has another',
    async () => {
      const username = 'advert-gro';
      await stack.sources.write.getRepository(AppUserEntity).update({ username }, { mustChange: true });
      const visitor = await StaffVisitor.arrive(browser, stack);
      const { page } = visitor;
      await page.fill('input[autocomplete=username]', username);
      await page.fill('input[autocomplete=current-password]', STACK_PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
      await page.goto('/staff/desk');
      await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const change = async (current: string): Promise<void> => {
        await page.fill('input[autocomplete=current-password]', current);
        for (const field of await page.locator('input[autocomplete=new-password]').all())
          await field.fill('river-lantern-88');
        await page.keyboard.press('Enter');
      };
      await change('not my password');
      await page.getByText('This is not the present password.').waitFor();
      await change(STACK_PASSWORD);
      await page.waitForSelector('.shell');
      await page.getByText('No requests').or(page.locator('h1')).first().waitFor();
      expect(visitor.complaints).toEqual([]);
      await visitor.leave();
    },
    LONG,
  );
});

describe('what is typed in by others', () => {
  it(
    'is told row by row, ten thousand at a time, within seconds',
    async () => {
      const admin = await StaffVisitor.signIn(browser, stack, 'it-admin');
      const { page } = admin;
      await page.goto('/staff/admin/masters');
      await page.getByLabel('What', { exact: true }).and(page.locator('input')).click();
      await page.getByRole('option', { name: 'Old complaints' }).click();
      const rows = Array.from(
        { length: 10_000 },
        (_, n) => `OLD-${n},${n % 2 ? '' : 'closed'},2020-02-${(n % 19) + 10}`,
      );
      const buffer = Buffer.from(['number,status,registered', ...rows].join('\n'));
      await page.setInputFiles('input[type=file]', { name: 'old.csv', mimeType: 'text/csv', buffer });
      const begun = Date.now();
      await page.getByRole('button', { name: 'Check the file' }).click();
      await page.getByText('Checked, nothing written').waitFor();
      expect(Date.now() - begun).toBeLessThan(25_000);
      expect(await page.getByRole('status').first().innerText()).toContain('10,000 rows: 5,000 good, 5,000 bad');
      expect(await page.locator('.bulk__rows tbody tr').count()).toBeLessThanOrEqual(300);
      await admin.leave();
    },
    LONG,
  );

  it(
    'finds what was told before near a point on the map',
    async () => {
      const clerk = await StaffVisitor.signIn(browser, stack, 'call-centre-1');
      const { page } = clerk;
      await page.goto('/staff/new');
      await page.fill('#intake-subCategory', 'leak');
      await page.keyboard.press('Tab');
      await page.fill('#intake-ward', '43');
      await page.locator('.intake aside').getByText(number).waitFor();
      await page
        .locator('.ward-map path.leaflet-interactive')
        .nth(3)
        .click({ force: true, position: { x: 5, y: 5 } });
      await page.getByText('The place is marked.').waitFor();
      expect(await page.inputValue('#intake-ward')).not.toBe('');
      await page.getByRole('button', { name: 'Take the place away' }).click();
      expect(clerk.complaints).toEqual([]);
      await clerk.leave();
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
    '/admin/templates',
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
          if (await overflows(page)) faults[`${username} ${path}`]?.push('wider than the window');
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
      await multiply(stack, number, 5_000);
      const officer = await StaffVisitor.signIn(browser, stack, 'water-lme-b5');
      const { page } = officer;
      const begun = Date.now();
      await page.goto('/staff/');
      await page.getByText('5,001').first().waitFor();
      await page.locator('.inbox__scroll [role=row]').nth(5).waitFor();
      // Seconds, on a machine that does five other things too: a list without pages takes minutes.
      expect(Date.now() - begun).toBeLessThan(25_000);
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
