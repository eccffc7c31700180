import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { CaseView } from '#libs/contracts/api/views';
import type { Stack } from './stack.js';

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

export interface VisitorOptions {
  locale: 'bn-IN' | 'hi-IN' | 'en-IN';
  viewport?: { width: number; height: number };
  script?: boolean;
}

export interface Complaint {
  category: string;
  ward?: string;
  description: string;
  landmark?: string;
  photo?: Buffer;
}

/** Somebody at the citizen portal, with a browser of their own. */
export class CitizenVisitor {
  /** What the browser complained of: scripts that failed, things that were blocked. */
  readonly complaints: string[] = [];

  private constructor(
    readonly stack: Stack,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async arrive(browser: Browser, stack: Stack, options: VisitorOptions): Promise<CitizenVisitor> {
    const context = await browser.newContext({
      baseURL: stack.baseUrl,
      locale: options.locale,
      viewport: options.viewport ?? PHONE,
      javaScriptEnabled: options.script ?? true,
      geolocation: { latitude: 22.5726, longitude: 88.3639 },
      permissions: ['geolocation'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const visitor = new CitizenVisitor(stack, context, page);
    page.on('pageerror', (error) => visitor.complaints.push(error.message));
    page.on('console', (message) => {
      const expected = /Failed to load resource|net::ERR/.test(message.text());
      if (message.type() === 'error' && !expected) visitor.complaints.push(message.text());
    });
    return visitor;
  }

  leave(): Promise<void> {
    return this.context.close();
  }

  /** Fills the form for a complaint; the category is found by opening its group. */
  async fill({ category, ward, description, landmark, photo }: Complaint): Promise<void> {
    const { page } = this;
    const choice = page.locator(`input[name="category"][value="${category}"]`);
    const group = page.locator('details', { has: choice });
    if ((await group.getAttribute('open')) === null) await group.locator('summary').click();
    await choice.check();
    if (ward !== undefined) await page.fill('#ward', ward);
    if (landmark !== undefined) await page.fill('#landmark', landmark);
    await page.fill('#description', description);
    if (photo) await this.choosePhoto(photo);
  }

  async choosePhoto(photo: Buffer): Promise<void> {
    const file = { name: 'place.jpg', mimeType: 'image/jpeg', buffer: photo };
    await this.page.setInputFiles('input[type="file"][multiple] >> nth=0', file);
  }

  /** Presses the one main button of the page. */
  async goOn(): Promise<void> {
    await this.page.click('main form button.main');
  }

  /** Proves the number on the page that asks for it. */
  async prove(mobile: string): Promise<void> {
    await this.page.fill('#mobile', mobile);
    await this.goOn();
    await this.page.waitForSelector('#code');
    await this.page.fill('#code', this.code(mobile));
    await this.goOn();
  }

  /** The code that was sent to the number last. */
  code(mobile: string): string {
    const line = this.stack.outbox().findLast((each) => each.template === 'otp' && each.to.endsWith(mobile));
    const code = /\d{6}/.exec(line?.text ?? '')?.[0];
    if (!code) throw new Error(`no code was sent to ${mobile}`);
    return code;
  }

  async logIn(mobile: string): Promise<void> {
    await this.page.goto('/mine');
    await this.prove(mobile);
    await this.page.waitForURL('**/mine');
  }

  /** Number of the case whose page this is. */
  number(): string {
    const number = /\/c\/([A-Z]+-\d\d-\d{7}-\d)/.exec(this.page.url())?.[1];
    if (!number) throw new Error(`no case at ${this.page.url()}`);
    return number;
  }

  /** Token behind this visit, to ask the API what it knows. */
  async token(): Promise<string> {
    const cookies = await this.context.cookies();
    const token = cookies.find(({ name }) => name === 'pratikar_citizen')?.value;
    if (!token) throw new Error('nobody is logged in');
    return token;
  }

  async view(number: string): Promise<CaseView> {
    return (await this.stack.get<CaseView>(`/api/v1/grievances/${number}`, await this.token())).body;
  }

  /** The officer who has the case now gives a command; waits until the record shows it. */
  async officer(number: string, command: string, body: Record<string, unknown>): Promise<CaseView> {
    const { owner } = await this.ownedView(number);
    const staff = await this.stack.login(owner.toLowerCase());
    const answer = await this.stack.post<CaseView>(`/api/v1/grievances/${number}/${command}`, body, staff);
    if (answer.status !== 200) throw new Error(`${command}: ${JSON.stringify(answer.body)}`);
    const token = await this.token();
    const { version } = answer.body;
    for (let n = 0; n < 20; n++) {
      const { body: seen } = await this.stack.get<CaseView>(`/api/v1/grievances/${number}?version=${version}`, token);
      if (seen.version >= version) return seen;
    }
    throw new Error(`the record of ${number} does not reach version ${version}`);
  }

  private async ownedView(number: string): Promise<{ owner: string }> {
    for (let n = 0; n < 100; n++) {
      const { owner } = await this.view(number);
      if (owner) return { owner: owner.position };
      await sleep(100);
    }
    throw new Error(`nobody has ${number}`);
  }
}
