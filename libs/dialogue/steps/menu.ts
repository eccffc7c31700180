import { buttons, list } from '../replies.js';
import type { Talk } from '../talk.js';
import { TEXTS } from '../texts/index.js';
import { LOCALES } from '#libs/domain/case/names';

export function showMenu(talk: Talk): void {
  const { t } = talk;
  talk.go({ at: 'menu' });
  const rows = [
    ...(talk.state.draft ? [{ id: 'v1:menu:resume', title: t.menuResume, description: t.menuResumeMore }] : []),
    { id: 'v1:menu:file', title: t.menuFile, description: t.menuFileMore },
    { id: 'v1:menu:track', title: t.menuTrack, description: t.menuTrackMore },
    { id: 'v1:menu:rate', title: t.menuRate, description: t.menuRateMore },
    { id: 'v1:menu:language', title: t.menuLanguage },
    { id: 'v1:menu:help', title: t.menuHelp },
  ];
  talk.say(list(t.menu, t.menuOpen, rows));
}

/** In all languages, as nobody knows yet which one is read; the likely one first. */
export function askLanguage(talk: Talk): void {
  talk.go({ at: 'language' });
  const order = [...new Set([talk.locale, ...LOCALES])];
  talk.say(
    buttons(
      order.map((locale) => TEXTS[locale].language).join('\n'),
      ...order.map((locale) => ({ id: `v1:lang:${locale}`, title: TEXTS[locale].languageName })),
    ),
  );
}

export function askConsent(talk: Talk): void {
  const { t } = talk;
  talk.go({ at: 'consent' });
  talk.say(buttons(t.consent, { id: 'v1:consent:yes', title: t.agree }, { id: 'v1:consent:no', title: t.disagree }));
}
