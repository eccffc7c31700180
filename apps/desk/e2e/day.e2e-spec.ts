import sharp from 'sharp';
import type { Browser } from 'playwright-core';
import { openBrowser, overflows } from '#libs/testing/browser';
import { StaffVisitor } from '#libs/testing/staff-visitor';
import { startStack, type Stack } from '#libs/testing/stack';

let stack: Stack;
let browser: Browser;
let photo: Buffer;
/** The case that goes through the whole day. */
let number = '';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const LONG = 90_000;

beforeAll(async () => {
  stack = await startStack();
  browser = await openBrowser();
  photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#68b' } })
    .jpeg()
    .toBuffer();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

describe('a day at the desk, each role in turn', () => {
  it(
    'the call centre lodges by keyboard alone, in at most 40 strokes beyond the text',
    async () => {
      const clerk = await StaffVisitor.signIn(browser, stack, 'call-centre-1');
      const { page } = clerk;
      let strokes = 0;
      const type = async (text: string): Promise<void> => {
        strokes += text.length;
        await page.keyboard.type(text);
      };
      const press = async (key: string): Promise<void> => {
        strokes += key.split('+').length;
        await page.keyboard.press(key);
      };
      await press('g');
      await press('n');
      await page.waitForSelector('#intake-mobile:focus');
      await type('9000021038');
      await press('Tab');
      await page.keyboard.type('Rina Das');
      await press('Tab');
      await type('leak');
      await press('Tab');
      await type('43');
      await press('Tab');
      await press('Tab');
      await page.keyboard.type('Pipe leaking since morning near the school gate.');
      await press('Control+Enter');
      const link = page.locator('.notice--green a');
      number = (await link.getAttribute('href'))?.split('/').pop() ?? '';
      expect(number).toMatch(/^KMC-/);
      expect(strokes).toBeLessThanOrEqual(40);
      const view = await stack.until(number, await stack.login('call-centre-1'), 'assigned');
      expect(view).toMatchObject({ subCategory: 'WATER_LEAK', ward: '43', source: 'call_centre' });
      expect(view.owner?.position).toBe('WATER-LME-B5');

      await page.keyboard.type('9000021038');
      await page.locator('.intake').getByText(number).first().waitFor();
      expect(clerk.complaints).toEqual([]);
      await clerk.leave();
    },
    LONG,
  );

  it(
    'the field officer resolves on a phone without a network; it is sent when there is one, once',
    async () => {
      const officer = await StaffVisitor.signIn(browser, stack, 'water-lme-b5', PHONE);
      const { page, context } = officer;
      await page.goto('/staff/today');
      await page.locator('.today-card').getByText(number).waitFor();
      expect(await overflows(page)).toBe(false);
      await officer.openCase(number);
      await officer.act();
      await page.setInputFiles('input[type=file] >> nth=0', {
        name: 'done.jpg',
        mimeType: 'image/jpeg',
        buffer: photo,
      });
      await page.getByRole('button', { name: 'Add my location' }).click();
      await officer.dialog.getByText('Location taken').waitFor();
      await page.fill('textarea', 'Repaired the joint and tested the pressure.');
      await context.setOffline(true);
      await officer.press('Resolve');
      await page.getByText('Kept on this device').first().waitFor();
      await context.setOffline(false);
      await officer.sees('Resolved');
      await page.locator('.network-bar').waitFor({ state: 'detached' });
      const token = await stack.login('water-lme-b5');
      const { body } = await stack.get<{ items: { event: string; text?: string }[] }>(
        `/api/v1/grievances/${number}/timeline`,
        token,
      );
      const resolved = body.items.filter(({ event }) => event === 'resolved');
      expect(resolved.map(({ text }) => text)).toEqual(['Repaired the joint and tested the pressure.']);
      expect(officer.complaints).toEqual([]);
      await officer.leave();
    },
    LONG,
  );

  it(
    'the citizen says on the phone that it still leaks; the case is reopened',
    async () => {
      const clerk = await StaffVisitor.signIn(browser, stack, 'call-centre-1');
      await clerk.openCase(number);
      await clerk.act();
      await clerk.dialog.getByRole('radio', { name: '1 star' }).check({ force: true });
      await clerk.page.fill('textarea', 'Still leaking');
      await clerk.press('Rate for the citizen');
      await clerk.sees('Reopened');
      expect(clerk.complaints).toEqual([]);
      await clerk.leave();
    },
    LONG,
  );

  it(
    'two escalation officers direct the same case: the later sees what happened and keeps what was typed',
    async () => {
      const first = await StaffVisitor.signIn(browser, stack, 'water-ee-b5');
      await first.page.goto('/staff/escalations');
      await first.page.locator('.work-item, .case-line', { hasText: number }).first().waitFor();
      const second = await StaffVisitor.signIn(browser, stack, 'water-ee-b5');
      for (const officer of [first, second]) {
        await officer.openCase(number);
        await officer.act();
        await officer.dialog.locator('input').first().click();
        await officer.page.getByRole('option').first().waitFor();
        await officer.page.keyboard.press('ArrowDown');
        await officer.page.keyboard.press('Enter');
      }
      await first.dialog.locator('textarea').fill('Replace the pipe today');
      await second.dialog.locator('textarea').fill('Second instruction');
      await first.press('Direct');
      await first.sees('Assigned');
      const notice = second.dialog.getByRole('alert');
      await notice.getByText('The case changed while this form was open.').waitFor();
      await notice.getByText('Replace the pipe today').waitFor();

      const field = await stack.login('water-lme-b5');
      await stack.post(`/api/v1/grievances/${number}/ask-citizen`, { question: 'Which side of the gate?' }, field);
      await second.press('Direct');
      await notice.getByText('Somebody was faster.').waitFor();
      await notice.getByText('Which side of the gate?').waitFor();
      await stack.post(`/api/v1/grievances/${number}/recall`, {}, field);
      expect(await second.dialog.locator('textarea').inputValue()).toBe('Second instruction');
      await first.leave();
      await second.leave();
    },
    LONG,
  );

  it(
    'the grievance officer declines a request, hears of new cases, answers many at once, and outlives the session in mid-form',
    async () => {
      const field = await stack.login('water-lme-b5');
      const other = await lodge('Another pipe, at the tram depot');
      await stack.until(other, field, 'assigned');
      const asked = await stack.post(
        `/api/v1/grievances/${number}/request-reassignment`,
        { reason: 'This main belongs to the pumping station' },
        field,
      );
      expect(asked.status).toBe(200);
      const gro = await StaffVisitor.signIn(browser, stack, 'water-gro');
      const { page } = gro;
      await page.goto('/staff/desk');
      await page.getByText('This main belongs to the pumping station').waitFor();
      await page.getByRole('button', { name: 'Decline the request' }).click();
      await gro.dialog.locator('textarea').fill('It is yours by the ward list');
      await gro.press('Decline the request');
      await page.locator('section', { hasText: 'This main belongs' }).waitFor({ state: 'detached' });

      await page.goto('/staff/?view=open');
      await page.getByRole('row', { name: other }).waitFor();
      const third = await lodge('A third pipe, while the inbox is open');
      await page.getByRole('button', { name: /changes? – show/ }).click();
      await page.getByRole('row', { name: third }).waitFor();
      await page.keyboard.press('x');
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.getByRole('button', { name: 'Do for all' }).click();
      await page.getByRole('menuitem', { name: /Comment/ }).click();
      await gro.dialog.locator('textarea').fill('Please report by evening.');
      await gro.dialog.getByRole('button', { name: /Do it for/ }).click();
      await gro.dialog.locator('.tag--answered').nth(1).waitFor();
      await page.keyboard.press('Escape');

      await gro.openCase(number);
      await page.getByText('Please report by evening.').waitFor();
      await page.keyboard.press('c');
      await gro.dialog.locator('textarea').fill('A note typed long ago');
      await gro.context.clearCookies();
      // Where a request of the page itself is told first that the session is over, the button is covered until it goes on.
      const pressed = gro.press('Comment');
      await page.fill('input[autocomplete=current-password]', 'wrong password 1');
      await page.keyboard.press('Enter');
      await page.locator('form:has(input[autocomplete=current-password]) [id$="-error"]').waitFor();
      await gro.resume();
      await pressed;
      await page.locator('.entry', { hasText: 'A note typed long ago' }).waitFor();
      expect(gro.complaints).toEqual([]);
      await gro.leave();
    },
    LONG,
  );

  it(
    'the administrator checks a file row by row before writing it, asks the simulator, and reads a workflow',
    async () => {
      const admin = await StaffVisitor.signIn(browser, stack, 'it-admin');
      const { page } = admin;
      await page.goto('/staff/admin/masters');
      await page.getByLabel('What', { exact: true }).and(page.locator('input')).click();
      await page.getByRole('option', { name: 'Holidays' }).click();
      await page.setInputFiles('input[type=file]', {
        name: 'holidays.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('date,name\n2026-12-31,Last day\n2026-13-01,No such day\n'),
      });
      await page.getByRole('button', { name: 'Check the file' }).click();
      await page.getByText('Checked, nothing written').waitFor();
      expect(await page.locator('code').allInnerTexts()).toContain('2026-13-01');
      await page.getByRole('button', { name: /^Write the 1 good/ }).click();
      await page.getByRole('heading', { name: 'Written' }).waitFor();
      await page.goto('/staff/admin/calendar');
      await page.getByText('Last day').waitFor();

      await page.goto('/staff/admin/users');
      await page.getByLabel('Beginning of a name or user name').fill('water-lme-b5');
      await page.getByRole('row', { name: /water-lme-b5/ }).waitFor();

      await page.goto('/staff/admin/simulator');
      await page.locator('#simulator-sub-category').fill('leak');
      await page.keyboard.press('Tab');
      await page.getByLabel('Ward').fill('43');
      await page.getByRole('button', { name: 'Show' }).click();
      await page.getByText('WATER-LME-B5').first().waitFor();

      await page.goto('/staff/admin/workflows');
      await page.getByText('None of them is in trouble.').waitFor();

      await page.goto(`/staff/history/${number}`);
      await page.getByText('The case begins').waitFor();
      await page.getByText('Somebody acted: Resolve').first().waitFor();
      await page
        .getByText(/^Waits until \w+day,? \d+/)
        .first()
        .waitFor();
      const told = await page.getByRole('row').count();
      await page.getByRole('button', { name: 'All events' }).click();
      await page.getByText('workflow execution started').waitFor();
      expect(await page.getByRole('row').count()).toBeGreaterThan(told);
      expect(admin.complaints).toEqual([]);
      await admin.leave();
    },
    LONG,
  );
});

async function lodge(description: string): Promise<string> {
  const { body } = await stack.post<{ number: string }>(
    '/api/v1/grievances',
    {
      subCategory: 'WATER_LEAK',
      ward: '43',
      description,
      source: 'call_centre',
      locale: 'en',
      citizen: { mobile: '9000021039', name: 'Arun Sen' },
    },
    await stack.login('call-centre-1'),
    `desk-${description}`,
  );
  return body.number;
}
