import type { ComponentChildren } from 'preact';
import type { Visit } from '../portal/context.js';
import { LOCALES } from '../words/locale.js';
import { WORDS } from '../words/index.js';
import { nameOf } from '../portal/names.js';
import type { PageProps, Resend } from './page.js';

/** The whole document. Without script everything on it works; scripts come as files of their own. */
export function Layout({ visit, page }: { visit: Visit; page: PageProps }) {
  const { words, locale, preferences, assets } = visit;
  return (
    <html lang={locale} data-size={preferences.size} {...(preferences.contrast ? { 'data-theme': 'contrast' } : {})}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#0b5f58" />
        <meta name="color-scheme" content="light" />
        <title>{`${page.title} – ${words.site.name}`}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={assets.styleSheet} />
        <script type="module" src={assets.script('base')} />
        {page.script ? <script type="module" src={assets.script(page.script)} /> : null}
      </head>
      <body>
        <a class="skip" href="#main">
          {words.site.skip}
        </a>
        <Header visit={visit} page={page} />
        <main id="main" tabindex={-1}>
          {page.children}
        </main>
        <Footer visit={visit} />
        {page.data === undefined ? null : <ScriptData value={page.data} />}
      </body>
    </html>
  );
}

function Header({ visit, page }: { visit: Visit; page: PageProps }) {
  const { words } = visit;
  const ways = [
    ['lodge', '/lodge', words.site.lodge],
    ['track', '/track', words.site.track],
    ['mine', '/mine', words.site.mine],
  ] as const;
  return (
    <header class="top">
      <div class="top-bar wrap">
        <a class="brand" href="/">
          <Mark />
          <span>
            <strong>{words.site.name}</strong>
            <small>{nameOf(visit.city.names, visit.locale)}</small>
          </span>
        </a>
        <Reading visit={visit} resend={page.resend} />
      </div>
      <nav class="ways" aria-label={words.site.menu}>
        <ul class="wrap">
          {ways.map(([name, href, text]) => (
            <li>
              <a href={href} {...(page.at === name ? { 'aria-current': 'page' as const } : {})}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="36" height="36" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <path
        d="M9 16.5l5 5 9-11"
        fill="none"
        stroke="#fff"
        stroke-width="3.2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Language, size of text and contrast: one form, so that it works without script and keeps what the page was asked for. */
function Reading({ visit, resend }: { visit: Visit; resend: Resend | undefined }) {
  const { words, preferences, locale } = visit;
  // The address of a page that answered a form cannot be asked for again: then the first page is shown.
  const answered = visit.request.method === 'POST';
  const kept = resend
    ? Object.entries(resend.fields)
    : [...(answered ? [] : visit.query)].filter(([name]) => !['lang', 'size', 'contrast'].includes(name));
  return (
    <form class="reading" method={resend ? 'post' : 'get'} action={resend?.action ?? (answered ? '/' : visit.path)}>
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {resend ? <input type="hidden" name="form" value={visit.formToken} /> : null}
      <div role="group" aria-label={words.site.language} class="languages">
        {LOCALES.map((each) => (
          <button name="lang" value={each} lang={each} aria-pressed={each === locale}>
            {WORDS[each].language}
          </button>
        ))}
      </div>
      <div role="group" aria-label={words.site.reading} class="sizes">
        <Size visit={visit} size="small" sign="A−" label={words.site.smaller} />
        <Size visit={visit} size="normal" sign="A" label={words.site.normal} />
        <Size visit={visit} size="large" sign="A+" label={words.site.larger} />
        <button
          name="contrast"
          value={preferences.contrast ? '0' : '1'}
          data-pref="contrast"
          aria-pressed={preferences.contrast}
          aria-label={words.site.contrastOn}
          title={words.site.contrastOn}
        >
          ◐
        </button>
      </div>
    </form>
  );
}

function Size({ visit, size, sign, label }: { visit: Visit; size: string; sign: string; label: string }) {
  return (
    <button
      name="size"
      value={size}
      data-pref="size"
      aria-pressed={visit.preferences.size === size}
      aria-label={`${sign} ${label}`}
      title={label}
    >
      {sign}
    </button>
  );
}

function Footer({ visit }: { visit: Visit }) {
  const { words, locale, listed, city } = visit;
  const links = [
    ['/pages/accessibility', words.site.accessibility],
    ['/pages/privacy', words.site.privacy],
    ['/pages/terms', words.site.terms],
    ['/pages/contact', words.site.contact],
    ['/status', words.site.oldStatus],
    ['/staff/', words.site.staff],
  ] as const;
  return (
    <footer class="bottom">
      <div class="wrap">
        {visit.deps.demo ? <p class="demo">{words.site.demo}</p> : null}
        <nav aria-label={words.site.about}>
          <ul>
            {links.map(([href, text]) => (
              <li>
                <a href={href}>{text}</a>
              </li>
            ))}
          </ul>
        </nav>
        {listed.length > 1 ? (
          <nav aria-label={words.site.otherCity}>
            <ul>
              {listed.map((each) => (
                <li>
                  <a
                    href={`/?city=${each.code}`}
                    {...(each.code === city.code ? { 'aria-current': 'true' as const } : {})}
                  >
                    {nameOf(each.names, locale)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        {visit.loggedIn ? (
          <form method="post" action="/logout">
            <input type="hidden" name="form" value={visit.formToken} />
            <button class="plain">{words.site.logout}</button>
          </form>
        ) : null}
      </div>
    </footer>
  );
}

/** Data for a script: a block that no browser runs. */
function ScriptData({ value }: { value: unknown }) {
  const json = JSON.stringify(value).replace(/</g, '\\u003c');
  return <script type="application/json" id="page-data" dangerouslySetInnerHTML={{ __html: json }} />;
}

export function Notice({ tone, children }: { tone: 'good' | 'warn' | 'info'; children: ComponentChildren }) {
  return (
    <div class={`notice ${tone}`} role="status">
      <span class="sign" aria-hidden="true">
        {tone === 'good' ? '✓' : tone === 'warn' ? '!' : 'i'}
      </span>
      <div>{children}</div>
    </div>
  );
}
