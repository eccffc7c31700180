import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { STACK_PASSWORD } from './stack-seed.js';
import type { Stack } from './stack.js';

/** Where water-lme-b5 works. */
const PLACE = { latitude: 22.5739, longitude: 88.3564 };

export interface StaffOptions extends BrowserContextOptions {
  /** Language of the desk; English unless told. */
  language?: 'en' | 'bn' | 'hi';
}

/** A member of staff at the desk, with a browser of their own. */
export class StaffVisitor {
  /** Scripts that failed. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async arrive(browser: Browser, stack: Stack, options: StaffOptions = {}): Promise<StaffVisitor> {
    const { language = 'en', ...rest } = options;
    const context = await browser.newContext({
      baseURL: stack.baseUrl,
      viewport: { width: 1280, height: 900 },
      permissions: ['geolocation'],
      geolocation: PLACE,
      reducedMotion: 'reduce',
      ...rest,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const visitor = new StaffVisitor(context, page);
    page.on('pageerror', (error) => visitor.complaints.push(error.message));
    await page.addInitScript(`localStorage.setItem('pratikar.locale', '${language}')`);
    await page.goto('/staff/');
    await page.waitForSelector('input[autocomplete=username]');
    return visitor;
  }

  static async signIn(
    browser: Browser,
    stack: Stack,
    username: string,
    options: StaffOptions = {},
  ): Promise<StaffVisitor> {
    const visitor = await StaffVisitor.arrive(browser, stack, options);
    await visitor.enter(username);
    return visitor;
  }

  async enter(username: string): Promise<void> {
    await this.page.fill('input[autocomplete=username]', username);
    await this.page.fill('input[autocomplete=current-password]', STACK_PASSWORD);
    await this.page.keyboard.press('Enter');
    await this.page.waitForSelector('.shell');
  }

  /** Signs in again over the open page. */
  async resume(): Promise<void> {
    await this.page.fill('input[autocomplete=current-password]', STACK_PASSWORD);
    await this.page.keyboard.press('Enter');
  }

  /** Opens the page of a case and waits until it offers what may be done. */
  async openCase(number: string): Promise<void> {
    await this.page.goto(`/staff/cases/${number}`);
    await this.page.waitForSelector('.actions, .case__no-action');
    await this.page.waitForSelector('.entry');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Opens the main action of the case. */
  async act(): Promise<void> {
    await this.page.click('.actions__main');
    await this.dialog.locator('form').waitFor();
  }

  async press(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
  }

  /** Waits until the case says that it is in this state. */
  async sees(state: string): Promise<void> {
    await this.page.locator('.now__state', { hasText: state }).waitFor();
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
