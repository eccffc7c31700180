import { randomBytes, randomUUID } from 'node:crypto';
import { WORDS, type Words } from '../words/index.js';
import { isLocale, type Locale } from '../words/locale.js';
import { Api } from './api.js';
import {
  acceptedLocale,
  CITY,
  FORM,
  PREFERENCES,
  preferencesText,
  readCookies,
  readPreferences,
  SESSION,
  setCookie,
  SIZES,
  type Preferences,
} from './cookies.js';
import type { PortalCity, PortalDeps, PortalRequest, Speech } from '#libs/contracts/api/portal.js';
import type { Assets } from './assets.js';
import { Seal } from './seal.js';

const YEAR_S = 365 * 86_400;

/** One visit: who asks, in which language, about which city, and the cookies the answer will set. */
export class Visit {
  readonly cookies: Map<string, string>;
  readonly outgoing: string[] = [];
  locale: Locale;
  words: Words;
  preferences: Preferences;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly city: PortalCity;
  api: Api;
  private formCookie: string;
  private token: string | undefined;

  constructor(
    readonly deps: PortalDeps,
    readonly seal: Seal,
    readonly assets: Assets,
    readonly request: PortalRequest,
    readonly cities: readonly PortalCity[],
    readonly speech: Speech,
  ) {
    const url = new URL(request.url, 'http://portal');
    this.path = url.pathname;
    this.query = url.searchParams;
    this.cookies = readCookies(request.headers['cookie']);
    this.city = this.chooseCity();
    this.preferences = this.chosenBy((name) => this.query.get(name));
    this.locale =
      this.preferences.locale ?? acceptedLocale(request.headers['accept-language']) ?? this.city.defaultLocale;
    this.words = WORDS[this.locale];
    this.token = this.cookies.get(SESSION);
    this.formCookie = this.cookies.get(FORM) ?? '';
    this.api = this.newApi();
  }

  /** Cities that visitors are offered. */
  get listed(): readonly PortalCity[] {
    return this.cities.filter(({ listed }) => listed);
  }

  cityOf(code: string): PortalCity | undefined {
    return this.cities.find((city) => city.code === code);
  }

  get secure(): boolean {
    return this.deps.publicUrl.startsWith('https:');
  }

  get loggedIn(): boolean {
    return this.token !== undefined && this.token !== '';
  }

  /** Token for the forms of this page; the cookie it belongs to is set with the answer. */
  get formToken(): string {
    if (!/^[\w-]{20,}$/.test(this.formCookie)) {
      this.formCookie = randomBytes(18).toString('base64url');
      this.outgoing.push(setCookie(FORM, this.formCookie, { secure: this.secure, maxAge: YEAR_S }));
    }
    return this.seal.formToken(this.formCookie);
  }

  /** Whether a form was sent by one of our own pages. */
  isOurs(token: string): boolean {
    const site = this.request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
    return this.seal.isFormToken(this.cookies.get(FORM), token);
  }

  /** A script of ours says so by a header that no foreign page can add. */
  get isOurScript(): boolean {
    const { headers } = this.request;
    return headers['x-requested-with'] === 'pratikar' && (headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin';
  }

  begin(token: string, expiresAt: string): void {
    const maxAge = Math.max(60, Math.floor((Date.parse(expiresAt) - Date.now()) / 1000));
    this.outgoing.push(setCookie(SESSION, token, { secure: this.secure, maxAge }));
    this.token = token;
    this.api = this.newApi();
  }

  end(): void {
    this.outgoing.push(setCookie(SESSION, '', { secure: this.secure, maxAge: 0 }));
    this.token = undefined;
    this.api = this.newApi();
  }

  newKey(): string {
    return randomUUID();
  }

  private newApi(): Api {
    return new Api(this.deps, { token: this.token, locale: this.locale, from: this.request.from });
  }

  private chooseCity(): PortalCity {
    const wished = this.query.get('city') ?? this.cookies.get(CITY);
    const listed = this.listed;
    const city = listed.find(({ code }) => code === wished) ?? listed[0] ?? this.cities[0];
    if (!city) throw new Error('no city has been set up');
    if (this.query.has('city') && city.code !== this.cookies.get(CITY)) {
      this.outgoing.push(setCookie(CITY, city.code, { secure: this.secure, maxAge: YEAR_S }));
    }
    return city;
  }

  /** Speaks the language of a message that led here, unless the reader chose another one on this page. */
  speak(locale: Locale): void {
    if (this.query.has('lang')) return;
    this.locale = locale;
    this.words = WORDS[locale];
    this.api = this.newApi();
  }

  /** Takes over what the reading aids of a sent form ask for. */
  choose(form: { has(name: string): boolean; text(name: string): string }): void {
    this.preferences = this.chosenBy((name) => (form.has(name) ? form.text(name) : null));
    this.locale = this.preferences.locale ?? this.locale;
    this.words = WORDS[this.locale];
    this.api = this.newApi();
  }

  private chosenBy(wish: (name: string) => string | null): Preferences {
    const kept = readPreferences(this.cookies.get(PREFERENCES));
    const locale = wish('lang');
    const size = SIZES.find((each) => each === wish('size'));
    const contrast = wish('contrast');
    const chosen = {
      locale: isLocale(locale) ? locale : kept.locale,
      size: size ?? kept.size,
      contrast: contrast === null ? kept.contrast : contrast === '1',
    };
    this.remember(kept, chosen);
    return chosen;
  }

  private remember(kept: Preferences, chosen: Preferences): void {
    if (preferencesText(kept) === preferencesText(chosen)) return;
    this.outgoing.push(
      setCookie(PREFERENCES, preferencesText(chosen), { secure: this.secure, maxAge: YEAR_S, scripts: true }),
    );
  }
}
