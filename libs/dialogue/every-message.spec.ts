import type { ChatInput } from '#libs/contracts/chat';
import { LOCALES, type Locale } from '#libs/domain/case/names';
import { converse, newDialogue, wake } from './dialogue.js';
import {
  answers,
  brief,
  faultsOf,
  NOW,
  NUMBER,
  numberOf,
  photo,
  pin,
  say,
  settledState,
  take,
  tap,
  voice,
  world,
  type Answering,
} from './dialogue-fixtures.js';
import { TEXTS } from './texts/index.js';
import type { DialogueState, Draft, EffectResult, Step } from './types.js';
import { scriptOf } from './words.js';

const draft: Draft = {
  city: 'KMC',
  ward: '63',
  lat: 22.54,
  lon: 88.35,
  kind: 'LIGHT_OFF',
  details: ['তিন দিন ধরে অন্ধকার'],
  attachments: [{ id: 'a1', kind: 'photo' }],
  touchedAt: NOW,
};

/** Its check digit does not fit. */
const WRONG = `${NUMBER.slice(0, -1)}${(Number(NUMBER.at(-1)) + 1) % 10}`;

const STEPS: readonly Step[] = [
  { at: 'language' },
  { at: 'consent' },
  { at: 'menu' },
  { at: 'city' },
  { at: 'where' },
  { at: 'ward' },
  { at: 'what', page: 0 },
  { at: 'what', page: 2 },
  { at: 'what', page: 0, found: ['LIGHT_OFF', 'POTHOLE'] },
  { at: 'details' },
  { at: 'photos' },
  { at: 'nearby', cases: [{ number: NUMBER, distance: 30 }] },
  { at: 'nearby', cases: [1, 2, 3, 4].map((n) => ({ number: numberOf(n), distance: n * 10 })) },
  { at: 'review' },
  { at: 'edit' },
  { at: 'cases' },
  { at: 'case', number: NUMBER },
  { at: 'rate', number: NUMBER },
  { at: 'remarks', number: NUMBER, rating: 2 },
  { at: 'answer', number: NUMBER },
  { at: 'answer', number: NUMBER, text: 'কাল বিকেলে' },
  { at: 'add', number: NUMBER, photos: 0 },
  { at: 'withdraw', number: NUMBER },
];

const IDS = [
  ...['lang:bn', 'lang:xx', 'consent:yes', 'consent:no', 'menu:file', 'menu:track', 'menu:rate', 'menu:resume'],
  ...[
    'menu:language',
    'menu:help',
    'menu:zzz',
    'city:KMC',
    'city:XXX',
    'kind:LIGHT_OFF',
    'kind:XXX',
    'page:1',
    'page:-7',
  ],
  ...['photos:done', 'nearby:new', 'review:send', 'review:change', 'review:discard', 'edit:place', 'edit:kind'],
  ...['edit:details', 'edit:photos', 'edit:zzz', 'remarks:skip', 'rate:5', 'rate:9', 'cat:street_light', 'confirm:yes'],
  ...['rate', 'answer', 'case', 'add', 'withdraw', 'unfollow', 'follow'].map((verb) => `${verb}:${NUMBER}`),
  ...[
    `rate:${NUMBER}:2`,
    `answer:${NUMBER}:yes`,
    `answer:${NUMBER}:no`,
    `withdraw:${NUMBER}:yes`,
    `withdraw:${NUMBER}:no`,
  ],
  ...[`rate:${WRONG}`, ''],
].map((id) => `v1:${id}`);

const WORDS = [
  ...[
    'menu',
    'back',
    'cancel',
    'help',
    'language',
    'মেনু',
    'ফিরে',
    'বাতিল',
    'সাহায্য',
    'ভাষা',
    'मेनू',
    'वापस',
    'रद्द',
    'मदद',
    'भाषा',
  ],
  ...[
    'English',
    'বাংলা',
    'हिन्दी',
    'yes',
    'না',
    'हाँ',
    'skip',
    'continue',
    '1',
    '৫',
    'five',
    'পাঁচ',
    'बहुत ख़राब',
    '2 still broken',
  ],
  ...['63', 'ward 63', '৬৩ নম্বর ওয়ার্ড', '999', 'Nadipur ward 3', 'Nadipur', 'Kolkata', 'Atlantis', 'বাজারের পাশে'],
  ...['jol asche na', 'rasta', 'ওয়ার্ড ৬৩-এ রাস্তার আলো জ্বলছে না', NUMBER, WRONG, '🙂🙂', ' ', '.', 'x'.repeat(5000)],
  ...['constructor', '__proto__', '<script>alert(1)</script>', 'ক'.repeat(4000), '\u0000\u202e'],
];

const media = (kind: 'image' | 'audio' | 'video' | 'document' | 'sticker', mime: string): ChatInput => ({
  type: 'media',
  media: { kind, id: 'm', mime },
});
const INPUTS: readonly ChatInput[] = [
  ...WORDS.map(say),
  ...[...IDS, 'x', '', 'v2:menu:file', ':::::'].map((id) => tap(id, 'Street light')),
  pin,
  { type: 'location', lat: 22.8, lon: 88.4, name: 'Sample Market' },
  { type: 'location', lat: -89, lon: 179, address: 'South Pole' },
  photo(),
  photo('m2', 'Pothole near gate'),
  voice,
  media('video', 'video/mp4'),
  media('document', 'application/pdf'),
  media('document', 'image/png'),
  media('sticker', 'image/webp'),
  { type: 'form', data: null },
  { type: 'form', data: { rating: '4', remarks: 'Repaired in time' } },
  { type: 'form', data: { rating: {}, number: 7 } },
  { type: 'reaction', emoji: '👍' },
  { type: 'system', event: 'user_changed_number', newAddress: '919800000002' },
  { type: 'flood' },
  { type: 'unsupported', what: 'poll_creation' },
];

const refusal = (status: number, code: string, fields: string[] = []): EffectResult => ({
  ok: false,
  status,
  code,
  fields,
  ...(status === 409 ? { state: 'closed' as const } : {}),
});
const WORLDS: Readonly<Record<string, Answering>> = {
  'everything works': answers(),
  'nothing is found': answers({
    keep: () => ({ ok: false, problem: 'expired' }),
    cases: () => [],
    find: () => refusal(404, 'not_found'),
    command: () => refusal(404, 'not_found'),
    register: () => refusal(422, 'validation', ['ward', 'subCategory', 'description', 'attachments']),
  }),
  'every command is refused and much is near': answers({
    keep: () => ({ ok: false, problem: 'too_large' }),
    nearby: () => Array.from({ length: 10 }, (_, n) => ({ number: numberOf(n + 1), distance: n })),
    cases: () =>
      Array.from({ length: 14 }, (_, n) =>
        brief({ number: numberOf(n + 10), matter: 'অ'.repeat(150), state: 'resolved', allowed: ['rate', 'answer'] }),
      ),
    find: () => ({
      ok: true,
      brief: brief({
        state: 'awaiting_citizen',
        office: null,
        due: null,
        question: 'q'.repeat(1000),
        answer: 'a'.repeat(4000),
        allowed: ['rate', 'answer', 'comment', 'attach', 'withdraw', 'unfollow'],
      }),
    }),
    command: () => refusal(409, 'state_conflict'),
    register: () => refusal(422, 'validation', ['nonsense']),
  }),
};

/** Words in the letters of another language are told apart the same way in each: once is enough. */
function isFor(input: ChatInput, locale: Locale): boolean {
  const script = input.type === 'text' ? scriptOf(input.text) : null;
  return locale === 'bn' || script === null || script === locale;
}

describe('every message in every state', () => {
  const empty: Draft = { details: [], attachments: [], touchedAt: NOW };
  const finished: Draft = { ...draft, photosDone: true, nearbyDone: true };
  const states: DialogueState[] = STEPS.flatMap((step) =>
    [...('number' in step ? [null] : [null, draft, empty]), finished].map((begun) => ({
      ...settledState('bn'),
      step,
      draft: begun,
    })),
  );
  const fresh: DialogueState[] = [newDialogue(null), { ...newDialogue(null), locale: 'hi', step: { at: 'consent' } }];

  describe.each(LOCALES)('in %s', (locale) => {
    it.each(Object.keys(WORLDS))('gets an answer within the limits of the messenger when %s', (name) => {
      const faults: string[] = [];
      const inputs = INPUTS.filter((input) => isFor(input, locale));
      for (const state of [...states.map((each) => ({ ...each, locale })), ...fresh]) {
        for (const input of inputs) {
          const before = JSON.stringify(state);
          const { state: after, replies } = take(converse(state, { at: NOW, input }, world), WORLDS[name]);
          const where = `${JSON.stringify(state.step)} ${JSON.stringify(input).slice(0, 80)}`;
          if (replies.length === 0) faults.push(`${where}: silence`);
          if (JSON.stringify(state) !== before) faults.push(`${where}: changed what it was given`);
          for (const reply of replies) faults.push(...faultsOf(reply).map((fault) => `${where}: ${fault}`));
          const later = take(wake(after, { ...world, now: NOW + 5 * 3_600_000 }), WORLDS[name]).replies;
          for (const reply of later) faults.push(...faultsOf(reply).map((fault) => `${where}, later: ${fault}`));
        }
      }
      expect(faults.slice(0, 20)).toEqual([]);
    });
  });

  it.each(['menu', 'মেনু', 'मेनू'])('"%s" leads to the menu from everywhere', (word) => {
    for (const state of states) {
      const { state: after } = take(converse(state, { at: NOW, input: say(word) }, world));
      expect(after.step.at).toBe('menu');
    }
  });

  it.each(['cancel', 'বাতিল', 'रद्द'])('"%s" drops what was begun, everywhere', (word) => {
    for (const state of states) {
      const { state: after } = take(converse(state, { at: NOW, input: say(word) }, world));
      expect(after).toMatchObject({ draft: null, step: { at: 'menu' } });
    }
  });

  it.each(['help', 'সাহায্য', 'मदद'])('"%s" helps everywhere, and loses nothing of what was begun', (word) => {
    for (const state of states) {
      const { state: after, replies } = take(converse(state, { at: NOW, input: say(word) }, world));
      expect(replies[0]?.body).toBe(TEXTS.bn.help(world.site));
      expect(replies.length).toBeGreaterThan(1);
      expect(after.draft).toEqual(state.draft ?? after.draft);
    }
  });

  it('"back" leads one step back, in every language to the same', () => {
    const ended = (word: string) =>
      states.map((state) => take(converse(state, { at: NOW, input: say(word) }, world)).state);
    const after = ended('back');
    expect(ended('পিছনে')).toEqual(after);
    expect(ended('वापस')).toEqual(after);
    const led = new Map(states.map(({ step }, place) => [step.at, after[place]?.step.at]));
    expect([...led].filter(([from, to]) => from === to)).toEqual([['menu', 'menu']]);
  });

  it.each(['language', 'ভাষা', 'भाषा'])('"%s" asks for the language everywhere', (word) => {
    for (const state of states) {
      const { state: after } = take(converse(state, { at: NOW, input: say(word) }, world));
      expect(after).toMatchObject({ step: { at: 'language' }, draft: state.draft ?? after.draft });
    }
  });

  it.each([
    ['english', 'en'],
    ['हिन्दी', 'hi'],
    ['বাংলা', 'bn'],
  ])('"%s" changes the language everywhere, and what was begun goes on in it', (word, locale) => {
    for (const state of states) {
      const { state: after, replies } = take(converse(state, { at: NOW, input: say(word) }, world));
      expect(after).toMatchObject({ locale, draft: state.draft ?? after.draft });
      expect(replies.length).toBeGreaterThan(1);
    }
  });
});
