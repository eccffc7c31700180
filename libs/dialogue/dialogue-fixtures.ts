import type { ChatContent, ChatInput } from '#libs/contracts/chat';
import { COMMANDS, type Locale } from '#libs/domain/case/names';
import { formatNumber } from '#libs/domain/numbers/index';
import { converse, newDialogue, wake, type Heard } from './dialogue.js';
import { LIMITS } from './replies.js';
import type {
  CaseBrief,
  CityInfo,
  DialogueState,
  Effect,
  EffectResult,
  KindInfo,
  Outcome,
  Turn,
  World,
} from './types.js';

/** A world for the tests of the dialogue: a city with many kinds and wards on the map, and a small one without. */
export const NOW = Date.UTC(2026, 10, 24, 6, 0);
export const NUMBER = numberOf(1);

/** A number with its check digit. */
export function numberOf(sequence: number): string {
  return formatNumber('KMC', 26, sequence);
}

/** What the last kind is asked about. */
const QUESTIONS: NonNullable<KindInfo['questions']> = [
  {
    code: 'DEPTH',
    kind: 'choice',
    names: { en: 'How deep is it?', bn: 'কতটা গভীর?', hi: 'कितना गहरा?' },
    choices: [
      { code: 'HAND', names: { en: 'A hand', bn: 'এক হাত', hi: 'एक हाथ' } },
      { code: 'KNEE', names: { en: 'To the knee', bn: 'হাঁটু পর্যন্ত', hi: 'घुटने तक' } },
    ],
  },
  { code: 'METRES', kind: 'number', names: { en: 'How many metres wide?' }, choices: [] },
  { code: 'SINCE', kind: 'text', names: { en: 'Since which work?' }, choices: [] },
];

export const KINDS: readonly KindInfo[] = [
  kind('WATER_NO_SUPPLY', 'No water supply', 'জল আসছে না', 'पानी नहीं आ रहा'),
  kind('LIGHT_OFF', 'Street light not working', 'রাস্তার আলো জ্বলছে না', 'स्ट्रीट लाइट खराब'),
  kind('POTHOLE', 'Pothole or damaged road', 'রাস্তা ভাঙা বা গর্ত', 'गड्ढा या टूटी सड़क'),
  kind('GARBAGE_NOT_LIFTED', 'Garbage not lifted', 'আবর্জনা তোলা হয়নি', 'कूड़ा नहीं उठाया गया'),
  kind('BIRTH_DEATH_CERT', 'Birth or death certificate delay', 'জন্ম বা মৃত্যু শংসাপত্র', 'जन्म या मृत्यु प्रमाणपत्र'),
  ...Array.from({ length: 20 }, (_, n) =>
    kind(
      `KIND_${n}`,
      `A kind with a rather long name ${n}`,
      `বেশ লম্বা নামের একটি সমস্যা নম্বর ${n}`,
      `काफ़ी लंबे नाम वाली समस्या ${n}`,
    ),
  ),
];

function kind(code: string, en: string, bn: string, hi: string): KindInfo {
  return { code, names: { en, bn, hi }, ...(code === 'KIND_19' ? { questions: QUESTIONS } : {}) };
}

function city(code: string, en: string, bn: string, wards: number): CityInfo {
  return {
    code,
    names: { en, bn },
    kinds: code === 'KMC' ? KINDS : KINDS.slice(0, 4),
    ward: (text) => (Number(text) >= 1 && Number(text) <= wards ? String(Number(text)) : null),
    serves: (ward) => !(code === 'NDP' && ward === '3'),
  };
}

export const world: World = {
  now: NOW,
  cities: [
    city('KMC', 'Kolkata Municipal Corporation', 'কলকাতা পুরসভা', 144),
    city('NDP', 'Nadipur Municipality', 'নদীপুর পুরসভা', 9),
  ],
  placeOf: (lat) =>
    lat > 22 && lat < 22.7
      ? { known: 'ward', city: 'KMC', ward: '63' }
      : lat > 22.7 && lat < 23
        ? { known: 'near', city: 'KMC' }
        : { known: 'outside' },
  link: (number) => `https://kmc.example.in/c/${number}`,
  site: 'https://kmc.example.in',
};

export function brief(more: Partial<CaseBrief> = {}): CaseBrief {
  return {
    number: NUMBER,
    matter: 'রাস্তার আলো জ্বলছে না',
    ward: '63',
    state: 'working',
    outcome: null,
    reopens: 0,
    office: 'লাইটিং ইন্সপেক্টর, ৭ নম্বর বরো',
    due: 'মঙ্গলবার ২৪ নভেম্বর, বিকেল ৬টার মধ্যে',
    allowed: [],
    ...more,
  };
}

export type Answering = (effect: Effect) => EffectResult;

/** A world in which everything works; a test changes what it is about. */
export function answers(
  more: Partial<{ [D in Effect['do']]: (effect: Extract<Effect, { do: D }>) => EffectResult }> = {},
): Answering {
  return (effect) => {
    const own = more[effect.do] as ((effect: Effect) => EffectResult) | undefined;
    if (own) return own(effect);
    switch (effect.do) {
      case 'keep':
        return { ok: true, id: `kept-${effect.media.id}` };
      case 'nearby':
        return [];
      case 'cases':
        return [brief({ state: 'resolved', allowed: ['rate'] })];
      case 'speak':
        return undefined;
      case 'register':
      case 'find':
        return { ok: true, brief: brief({ allowed: COMMANDS }) };
      case 'command':
        return { ok: true, brief: brief() };
    }
  };
}

/** Takes a turn to its end. */
export function take(turn: Turn, reply: Answering = answers()): Outcome & { effects: Effect[] } {
  const effects: Effect[] = [];
  let next = turn.next();
  while (!next.done) {
    if (effects.length > 50) throw new Error('the turn never ends');
    effects.push(next.value);
    next = turn.next(reply(next.value));
  }
  return { ...next.value, effects };
}

/** Somebody who has agreed and stands at the menu. */
export function settledState(locale: Locale = 'bn'): DialogueState {
  return newDialogue({ locale, since: NOW - 86_400_000 });
}

export const say = (text: string): ChatInput => ({ type: 'text', text });
export const tap = (id: string, title = 'x'): ChatInput => ({ type: 'choice', id, title });
export const pin: ChatInput = { type: 'location', lat: 22.54, lon: 88.35 };
export const photo = (id = 'm1', caption?: string): ChatInput => ({
  type: 'media',
  media: { kind: 'image', id, mime: 'image/jpeg', ...(caption ? { caption } : {}) },
});
export const voice: ChatInput = { type: 'media', media: { kind: 'audio', id: 'v1', mime: 'audio/ogg' } };

/** A chat of many messages; what is said and asked is kept. */
export class Chat {
  state: DialogueState;
  replies: readonly ChatContent[] = [];
  effects: Effect[] = [];
  now = NOW;

  constructor(
    state: DialogueState = settledState(),
    public reply: Answering = answers(),
  ) {
    this.state = state;
  }

  hear(input: ChatInput, more: Partial<Heard> = {}): this {
    this.now += 1000;
    return this.end(
      take(converse(this.state, { at: this.now, input, ...more }, { ...world, now: this.now }), this.reply),
    );
  }

  later(ms: number): this {
    this.now += ms;
    return this.end(take(wake(this.state, { ...world, now: this.now }), this.reply));
  }

  private end({ state, replies, effects }: ReturnType<typeof take>): this {
    this.state = state;
    this.replies = replies;
    this.effects.push(...effects);
    return this;
  }

  get text(): string {
    return this.replies.map(({ body }) => body).join('\n');
  }

  get last(): ChatContent {
    const reply = this.replies.at(-1);
    if (!reply) throw new Error('nothing was said');
    return reply;
  }

  /** Ids that can be tapped in the last reply. */
  get offered(): string[] {
    const { last } = this;
    return last.kind === 'list'
      ? last.rows.map(({ id }) => id)
      : last.kind === 'buttons'
        ? last.buttons.map(({ id }) => id)
        : [];
  }
}

/** Everything in a reply that a messenger would refuse. */
export function faultsOf(content: ChatContent): string[] {
  const faults: string[] = [];
  const within = (what: string, value: string, limit: number) => {
    if (value.trim() === '') faults.push(`${what} is empty`);
    if (value.length > limit) faults.push(`${what} has ${value.length} of ${limit}: ${value}`);
  };
  within('body', content.body, content.kind === 'text' ? LIMITS.text : LIMITS.body);
  if (content.kind === 'buttons') {
    if (content.buttons.length < 1 || content.buttons.length > LIMITS.buttons) faults.push('number of buttons');
    for (const { id, title } of content.buttons) {
      within('button', title, LIMITS.button);
      within('id', id, 200);
    }
    if (new Set(content.buttons.map(({ id }) => id)).size < content.buttons.length) faults.push('ids repeat');
    if (new Set(content.buttons.map(({ title }) => title)).size < content.buttons.length) faults.push('titles repeat');
  }
  if (content.kind === 'list') {
    within('open', content.open, LIMITS.button);
    if (content.rows.length < 1 || content.rows.length > LIMITS.rows) faults.push(`${content.rows.length} rows`);
    for (const { id, title, description } of content.rows) {
      within('row', title, LIMITS.rowTitle);
      within('id', id, 200);
      if (description !== undefined) within('description', description, LIMITS.rowDescription);
    }
    if (new Set(content.rows.map(({ id }) => id)).size < content.rows.length) faults.push('ids repeat');
  }
  return faults;
}
