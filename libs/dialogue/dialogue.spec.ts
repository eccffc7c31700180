import type { ChatInput } from '#libs/contracts/chat';
import { LOCALES } from '#libs/domain/case/names';
import { converse, newDialogue, nextWake, wake } from './dialogue.js';
import {
  answers,
  brief,
  Chat,
  faultsOf,
  KINDS,
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
  type World3,
} from './dialogue-fixtures.js';
import type { DialogueState, Draft, EffectResult, Step } from './types.js';

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
const WORLDS: Readonly<Record<string, World3>> = {
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
      for (const state of [...states.map((each) => ({ ...each, locale })), ...fresh]) {
        for (const input of INPUTS) {
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
});

describe('the first words with somebody new', () => {
  it('are language, then the notice, then the menu', () => {
    const chat = new Chat(newDialogue(null)).hear(say('hi'));
    expect(chat.offered).toEqual(expect.arrayContaining(['v1:lang:bn', 'v1:lang:hi', 'v1:lang:en']));
    chat.hear(tap('v1:lang:bn'));
    expect(chat.effects).toContainEqual({ do: 'speak', locale: 'bn' });
    expect(chat.offered).toEqual(['v1:consent:yes', 'v1:consent:no']);
    chat.hear(tap('v1:consent:yes'));
    expect(chat.state).toMatchObject({ step: { at: 'menu' }, consentAt: NOW + 3000 });
    expect(chat.offered[0]).toBe('v1:menu:file');
  });

  it('show the notice once', () => {
    const chat = new Chat(newDialogue(null))
      .hear(say('hi'))
      .hear(say('English'))
      .hear(say('yes'))
      .hear(say('language'));
    expect(chat.hear(say('हिन्दी')).offered).toContain('v1:menu:file');
    expect(chat.state.locale).toBe('hi');
  });

  it('keep nothing without consent, and take it up when it is given', () => {
    const chat = new Chat(newDialogue(null)).hear(say('bangla')).hear(tap('v1:consent:no'));
    expect(chat.state.consentAt).toBeNull();
    expect(chat.hear(pin).state.draft).toBeNull();
    expect(chat.hear(say('রাজি')).state.step.at).toBe('menu');
  });

  it('are not lost: a complaint that came first is taken up after language and notice', () => {
    const chat = new Chat(newDialogue(null)).hear(say('ওয়ার্ড ৬৩-এ রাস্তার আলো জ্বলছে না'));
    expect(chat.offered[0]).toBe('v1:lang:bn');
    chat.hear(tap('v1:lang:bn')).hear(tap('v1:consent:yes'));
    expect(chat.state.draft).toMatchObject({ kind: 'LIGHT_OFF', wardWish: '63' });
    expect(chat.state.step.at).toBe('city');
    expect(chat.hear(tap('v1:city:KMC')).state).toMatchObject({ draft: { ward: '63' }, step: { at: 'photos' } });
  });

  it('are not asked of somebody whom the record knows', () => {
    const chat = new Chat(settledState('hi')).hear(say('नमस्ते'));
    expect(chat.offered).toContain('v1:menu:file');
  });
});

describe('filing a complaint', () => {
  it('goes from the place to the number in eight messages', () => {
    const chat = new Chat().hear(tap('v1:menu:file'));
    expect(chat.last.kind).toBe('place');
    chat.hear(pin);
    expect(chat.last).toMatchObject({ kind: 'list' });
    expect(chat.offered).toHaveLength(10);
    chat.hear(tap('v1:kind:LIGHT_OFF')).hear(say('তিন দিন ধরে অন্ধকার')).hear(photo('m1')).hear(photo('m2'));
    expect(chat.text).toContain('২ নম্বর ছবি');
    chat.hear(tap('v1:photos:done'));
    expect(chat.offered).toEqual(['v1:review:send', 'v1:review:change', 'v1:review:discard']);
    chat.hear(tap('v1:review:send'));
    expect(chat.effects).toContainEqual({
      do: 'register',
      body: {
        tenant: 'KMC',
        subCategory: 'LIGHT_OFF',
        ward: '63',
        lat: 22.54,
        lon: 88.35,
        description: 'তিন দিন ধরে অন্ধকার',
        locale: 'bn',
        attachments: ['kept-m1', 'kept-m2'],
      },
    });
    expect(chat.text).toContain(NUMBER);
    expect(chat.text).toContain(`https://kmc.example.in/track/${NUMBER}`);
    expect(chat.state.draft).toBeNull();
  });

  it('takes a ward number, or a landmark and then the ward, and remembers the city', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(say('বাজারের পাশে'));
    expect(chat.state.step.at).toBe('city');
    chat.hear(say('kolkata')).hear(say('৯৯৯'));
    expect(chat.state.step.at).toBe('ward');
    chat.hear(say('৬৩')).hear(say('jol asche na'));
    expect(chat.state.draft).toMatchObject({
      city: 'KMC',
      ward: '63',
      landmark: 'বাজারের পাশে',
      kind: 'WATER_NO_SUPPLY',
    });
    chat.hear(voice).hear(say('নেই')).hear(say('পাঠান'));
    expect(chat.state.city).toBe('KMC');
    chat.hear(tap('v1:menu:file')).hear(say('64'));
    expect(chat.state.draft).toMatchObject({ city: 'KMC', ward: '64' });
  });

  it('tells that a place lies outside, and asks for the ward where the map has none', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear({ type: 'location', lat: 40, lon: 3 });
    expect(chat.text).toContain('বাইরে');
    expect(chat.state.draft).not.toHaveProperty('lat');
    expect(chat.hear({ type: 'location', lat: 22.8, lon: 88.4 }).state.step.at).toBe('ward');
    expect(chat.hear(say('144')).state.draft).toMatchObject({ ward: '144', lat: 22.8 });
  });

  it('refuses a ward that the pilot does not serve', () => {
    const chat = new Chat(settledState('en')).hear(tap('v1:menu:file')).hear(say('Nadipur ward 3'));
    expect(chat.text).toContain('not yet taken here');
    expect(chat.state.step.at).toBe('where');
  });

  it('pages through all kinds, ten rows at a time', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(pin);
    const seen = new Set<string>();
    for (let page = 0; page < 3; page++) {
      chat.offered.filter((id) => id.startsWith('v1:kind:')).forEach((id) => seen.add(id));
      chat.hear(tap(chat.offered.find((id) => id.startsWith('v1:page:')) ?? ''));
    }
    expect(seen.size).toBe(KINDS.length);
  });

  it('offers the open case close by, and follows it instead', () => {
    const near = answers({ nearby: () => [{ number: NUMBER, distance: 30 }] });
    const begin = () =>
      new Chat(settledState(), near)
        .hear(tap('v1:menu:file'))
        .hear(pin)
        .hear(tap('v1:kind:LIGHT_OFF'))
        .hear(say('আলো নেই'))
        .hear(say('নেই'));
    const chat = begin();
    expect(chat.text).toContain('৩০ মিটার দূরে');
    expect(chat.offered).toEqual([`v1:follow:${NUMBER}`, 'v1:nearby:new']);
    chat.hear(tap(`v1:follow:${NUMBER}`));
    expect(chat.effects).toContainEqual({ do: 'command', number: NUMBER, command: 'follow', body: {} });
    expect(chat.state.draft).toBeNull();
    expect(begin().hear(tap('v1:nearby:new')).state.step.at).toBe('review');
  });

  it('lets every answer be changed on the way, and shows the complaint again', () => {
    const chat = new Chat()
      .hear(tap('v1:menu:file'))
      .hear(pin)
      .hear(tap('v1:kind:LIGHT_OFF'))
      .hear(say('আলো নেই'))
      .hear(say('নেই'));
    chat.hear(tap('v1:review:change')).hear(tap('v1:edit:kind')).hear(say('pothole'));
    expect(chat.state).toMatchObject({ step: { at: 'review' }, draft: { kind: 'POTHOLE' } });
    chat.hear(tap('v1:review:change')).hear(tap('v1:edit:place')).hear(say('Kolkata ward 12'));
    expect(chat.state).toMatchObject({ step: { at: 'review' }, draft: { ward: '12' } });
    chat.hear(tap('v1:review:change')).hear(tap('v1:edit:details')).hear(say('রাস্তায় গর্ত'));
    expect(chat.state.draft?.details).toEqual(['রাস্তায় গর্ত']);
    chat.hear(tap('v1:review:change')).hear(tap('v1:edit:photos')).hear(photo()).hear(tap('v1:photos:done'));
    expect(chat.state.draft?.attachments).toHaveLength(1);
  });

  it('takes five photos and no sixth', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:kind:LIGHT_OFF')).hear(say('আলো নেই'));
    for (let n = 1; n <= 6; n++) chat.hear(photo(`m${n}`));
    expect(chat.state.draft?.attachments).toHaveLength(5);
    expect(chat.state.step.at).toBe('review');
  });

  it.each(['too_large', 'not_supported', 'damaged', 'expired', 'unavailable'] as const)(
    'says what is wrong with a file that is %s, and goes on',
    (problem) => {
      const chat = new Chat(settledState(), answers({ keep: () => ({ ok: false, problem }) }));
      chat.hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:kind:LIGHT_OFF')).hear(say('আলো নেই')).hear(photo());
      expect(chat.replies.length).toBe(2);
      expect(chat.state).toMatchObject({ step: { at: 'photos' }, draft: { attachments: [] } });
    },
  );

  it('begins with whatever comes first: a place, a photo, a voice message, words', () => {
    expect(new Chat().hear(pin).state).toMatchObject({ draft: { ward: '63' }, step: { at: 'what' } });
    expect(new Chat().hear(photo('m', 'গর্ত')).state).toMatchObject({
      draft: { attachments: [{ kind: 'photo' }], details: ['গর্ত'] },
      step: { at: 'where' },
    });
    expect(new Chat().hear(voice).state).toMatchObject({ draft: { attachments: [{ kind: 'voice' }] } });
    expect(new Chat().hear(say('rastar alo jolche na')).state).toMatchObject({
      draft: { kind: 'LIGHT_OFF' },
      step: { at: 'where' },
    });
  });

  it('sends nothing by the button of an old message when something is missing', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:review:send'));
    expect(chat.effects.some((effect) => effect.do === 'register')).toBe(false);
    expect(chat.state.step.at).toBe('what');
  });

  it('takes the choice of a list sent yesterday', () => {
    const chat = new Chat().hear(tap('v1:kind:POTHOLE'));
    expect(chat.state).toMatchObject({ draft: { kind: 'POTHOLE' }, step: { at: 'where' } });
  });

  it('keeps a half-finished complaint, reminds once inside the day and resumes it for a week', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:kind:LIGHT_OFF')).hear(say('menu'));
    expect(chat.offered[0]).toBe('v1:menu:resume');
    const due = nextWake(chat.state);
    expect(due?.until).toBeLessThan(chat.state.heardAt + 24 * 3_600_000);
    expect(chat.later(3_600_000).replies).toEqual([]);
    expect(chat.later(3 * 3_600_000).offered).toContain('v1:menu:resume');
    expect(nextWake(chat.state)).toBeNull();
    expect(chat.hear(tap('v1:menu:resume')).state).toMatchObject({
      step: { at: 'details' },
      draft: { kind: 'LIGHT_OFF' },
    });
    chat.now += 6 * 86_400_000;
    expect(chat.hear(say('হ্যালো')).offered[0]).toBe('v1:menu:resume');
    chat.now += 8 * 86_400_000;
    expect(chat.hear(say('হ্যালো')).state.draft).toBeNull();
  });

  it('asks again for what the record refused', () => {
    const refusing = answers({
      register: () => ({ ok: false, status: 422, code: 'validation', fields: ['subCategory'] }),
    });
    const chat = new Chat(settledState(), refusing).hear(tap('v1:menu:file')).hear(pin);
    chat.hear(tap('v1:kind:LIGHT_OFF')).hear(say('আলো নেই')).hear(say('নেই')).hear(tap('v1:review:send'));
    expect(chat.state.step.at).toBe('what');
  });
});

describe('following a complaint', () => {
  const mine = answers({
    cases: () => [brief({ allowed: ['comment', 'withdraw'] })],
    find: ({ number }) =>
      number === NUMBER
        ? { ok: true, brief: brief({ allowed: ['comment', 'attach', 'withdraw'] }) }
        : { ok: false, status: 404, code: 'not_found', fields: [] },
  });

  it('tells who has it and by when, and offers what can be done', () => {
    const chat = new Chat(settledState(), mine).hear(tap('v1:menu:track'));
    expect(chat.offered).toEqual([`v1:case:${NUMBER}`]);
    chat.hear(tap(`v1:case:${NUMBER}`));
    expect(chat.text).toContain('লাইটিং ইন্সপেক্টর');
    expect(chat.text).toContain('মঙ্গলবার ২৪ নভেম্বর');
    expect(chat.offered).toEqual([`v1:add:${NUMBER}`, `v1:withdraw:${NUMBER}`]);
  });

  it('finds a case by its number in any spelling, and tells a wrong digit from an unknown number', () => {
    expect(new Chat(settledState('en'), mine).hear(say(NUMBER.toLowerCase().replaceAll('-', ' '))).text).toContain(
      'It is with',
    );
    expect(new Chat(settledState('en'), mine).hear(say(WRONG)).text).toContain('cannot be right');
    expect(new Chat(settledState('en'), mine).hear(say(numberOf(77))).text).toContain('no such complaint');
  });

  it('adds words and photos', () => {
    const chat = new Chat(settledState(), mine)
      .hear(tap(`v1:add:${NUMBER}`))
      .hear(say('এখনও হয়নি'))
      .hear(photo());
    expect(chat.effects).toContainEqual({
      do: 'command',
      number: NUMBER,
      command: 'comment',
      body: { text: 'এখনও হয়নি' },
    });
    expect(chat.effects).toContainEqual({
      do: 'command',
      number: NUMBER,
      command: 'attach',
      body: { attachments: ['kept-m1'] },
    });
  });

  it('takes a complaint back after asking', () => {
    const chat = new Chat(settledState(), mine).hear(tap(`v1:withdraw:${NUMBER}`));
    expect(chat.effects).toEqual([]);
    chat.hear(say('হ্যাঁ'));
    expect(chat.effects).toContainEqual({ do: 'command', number: NUMBER, command: 'withdraw', body: {} });
  });

  it('answers the officer: by the button, in reply to the message, or after being asked whether that is the answer', () => {
    const waiting = brief({ state: 'awaiting_citizen', question: 'কোন বাড়ি?', allowed: ['answer'] });
    const asked = answers({ cases: () => [waiting], find: () => ({ ok: true, brief: waiting }) });
    const answer = { do: 'command', number: NUMBER, command: 'answer', body: { text: 'লাল বাড়ি' } };
    const byButton = new Chat(settledState(), asked).hear(tap(`v1:answer:${NUMBER}`));
    expect(byButton.text).toContain('কোন বাড়ি?');
    expect(byButton.hear(say('লাল বাড়ি')).effects).toContainEqual(answer);
    expect(new Chat(settledState(), asked).hear(say('লাল বাড়ি'), { about: NUMBER }).effects).toContainEqual(answer);
    const guessed = new Chat(settledState(), asked).hear(say('লাল বাড়ি'));
    expect(guessed.effects).not.toContainEqual(answer);
    expect(guessed.hear(tap(`v1:answer:${NUMBER}:yes`)).effects).toContainEqual(answer);
  });
});

describe('rating', () => {
  const rated = (more = {}) =>
    answers({ command: () => ({ ok: true, brief: brief({ state: 'closed', outcome: 'satisfied', ...more }) }) });
  const given = (rating: number, remarks?: string) => ({
    do: 'command',
    number: NUMBER,
    command: 'rate',
    body: { rating, ...(remarks ? { remarks } : {}) },
  });

  it.each([
    ['five', 5],
    ['পাঁচ', 5],
    ['बहुत ख़राब', 1],
    ['খুব খারাপ', 1],
    ['২', 2],
    ['४', 4],
    ['⭐⭐⭐', 3],
    ['4/5', 4],
    ['Khub bhalo!', 5],
  ])('understands "%s" at the menu when there is something to rate', (words, rating) => {
    const chat = new Chat(settledState(), rated()).hear(say(words)).hear(tap('v1:remarks:skip'));
    expect(chat.effects).toContainEqual(given(rating));
  });

  it('takes the row of the list, then remarks, and tells who has the case now', () => {
    const chat = new Chat(settledState(), rated({ state: 'reopened', office: 'এগজিকিউটিভ ইঞ্জিনিয়ার' }));
    chat.hear(tap(`v1:rate:${NUMBER}:2`));
    expect(chat.effects).toEqual([]);
    chat.hear(say('এখনও জল নেই'));
    expect(chat.effects).toContainEqual(given(2, 'এখনও জল নেই'));
    expect(chat.text).toContain('এগজিকিউটিভ ইঞ্জিনিয়ার');
  });

  it('takes number and remarks in one message', () => {
    const chat = new Chat(settledState('en'), rated()).hear(tap(`v1:rate:${NUMBER}`)).hear(say('2 still broken'));
    expect(chat.effects).toContainEqual(given(2, 'still broken'));
  });

  it('says what happens when the case was already reopened twice', () => {
    const chat = new Chat(settledState('en'), rated({ outcome: 'dissatisfied', reopens: 2 }));
    expect(chat.hear(tap(`v1:rate:${NUMBER}:1`)).hear(tap('v1:remarks:skip')).text).toContain('already reopened twice');
  });

  it('says so when the answer was rated before', () => {
    const refusing = answers({
      command: () => ({ ok: false, status: 409, code: 'already_rated', fields: [], state: 'resolved' }),
    });
    const chat = new Chat(settledState('en'), refusing).hear(tap(`v1:rate:${NUMBER}:1`)).hear(tap('v1:remarks:skip'));
    expect(chat.text).toContain('already rated');
  });

  it('counts without remarks when nothing more comes, or when the citizen goes on to the menu', () => {
    const chat = new Chat(settledState(), rated()).hear(tap(`v1:rate:${NUMBER}:4`));
    expect(chat.later(5 * 60_000).effects).toEqual([]);
    expect(chat.later(6 * 60_000).effects).toEqual([given(4)]);
    expect(new Chat(settledState(), rated()).hear(tap(`v1:rate:${NUMBER}:4`)).hear(say('menu')).effects).toEqual([
      given(4),
    ]);
  });

  it('asks which one when several wait, and finds the case of a template that names none', () => {
    const two = [numberOf(1), numberOf(2)].map((number) => brief({ number, state: 'resolved', allowed: ['rate'] }));
    const chat = new Chat(settledState(), answers({ cases: () => two })).hear(tap('v1:rate:5', 'Very good'));
    expect(chat.offered).toEqual(two.map(({ number }) => `v1:rate:${number}:5`));
    expect(new Chat().hear(tap('v1:rate:5', 'Very good')).state.step).toEqual({
      at: 'remarks',
      number: NUMBER,
      rating: 5,
    });
    expect(new Chat().hear(tap('v1:rate:5'), { about: NUMBER }).state.step).toMatchObject({
      at: 'remarks',
      number: NUMBER,
    });
  });

  it('does not take a bare number for a rating when there is nothing to rate', () => {
    const chat = new Chat(settledState(), answers({ cases: () => [] })).hear(say('2'));
    expect(chat.effects.some((effect) => effect.do === 'command')).toBe(false);
  });
});
