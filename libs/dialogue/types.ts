import type { ChatContent, ChatMedia } from '#libs/contracts/chat';
import type { CommandName, Locale } from '#libs/domain/case/names';

/** A name in the languages it has. */
export interface Names {
  en: string;
  bn?: string;
  hi?: string;
}

/** A complaint being put together. */
export interface Draft {
  city?: string;
  ward?: string;
  /** A ward that was named before the city was known. */
  wardWish?: string;
  lat?: number;
  lon?: number;
  landmark?: string;
  kind?: string;
  details: string[];
  attachments: DraftAttachment[];
  /** What was answered to the questions of the kind; empty: passed over. */
  answers?: Record<string, string>;
  /** No more photos are asked for. */
  photosDone?: boolean;
  /** Near-by cases were looked for, or refused. */
  nearbyDone?: boolean;
  /** Epoch ms of the last answer. */
  touchedAt: number;
  /** The one reminder has gone out. */
  nudged?: boolean;
}

export interface DraftAttachment {
  id: string;
  kind: 'photo' | 'voice';
}

/** What was asked last. */
export type Step =
  | { at: 'language' }
  | { at: 'consent' }
  | { at: 'menu' }
  | { at: 'city' }
  | { at: 'where' }
  | { at: 'ward' }
  | { at: 'what'; page: number; found?: string[] }
  | { at: 'details' }
  | { at: 'question'; code: string }
  | { at: 'photos' }
  | { at: 'nearby'; cases: NearbyChoice[] }
  | { at: 'review' }
  | { at: 'edit' }
  | { at: 'cases' }
  | { at: 'case'; number: string }
  | { at: 'rate'; number: string }
  | { at: 'remarks'; number: string; rating: number }
  /** `text` waits to be confirmed as the answer. */
  | { at: 'answer'; number: string; text?: string }
  | { at: 'add'; number: string; photos: number }
  | { at: 'withdraw'; number: string };

export interface NearbyChoice {
  number: string;
  /** Metres. */
  distance: number;
}

export interface DialogueState {
  /** null: not chosen yet. */
  locale: Locale | null;
  /** When the notice was agreed to. */
  consentAt: number | null;
  step: Step;
  draft: Draft | null;
  /** City of the last complaint. */
  city: string | null;
  /** The first words, kept until language and consent are settled. */
  opening: string | null;
  /** The citizen's last message, epoch ms. */
  heardAt: number;
}

export interface KindInfo {
  code: string;
  names: Names;
  /** Asked when the details are known; nobody has to answer. */
  questions?: readonly QuestionInfo[];
}

export interface QuestionInfo {
  code: string;
  kind: 'text' | 'number' | 'choice';
  names: Names;
  choices: readonly { code: string; names: Names }[];
}

/** A city as far as the dialogue needs it. */
export interface CityInfo {
  code: string;
  names: Names;
  /** Kinds of complaint, the most frequent first. */
  kinds: readonly KindInfo[];
  /** Code of the ward meant by what somebody wrote as its number; null when there is none. */
  ward(text: string): string | null;
  /** Whether complaints are taken by chat there (a pilot may be limited to some wards). */
  serves(ward: string): boolean;
}

export type Place =
  | { known: 'ward'; city: string; ward: string }
  /** Close to a city, but in no ward that has a border on the map. */
  | { known: 'near'; city: string | null }
  | { known: 'outside' };

/** What the dialogue may know of the world at one moment. */
export interface World {
  /** Epoch ms. */
  now: number;
  /** Cities that this number serves. */
  cities: readonly CityInfo[];
  placeOf(lat: number, lon: number): Place;
  /** Where a case can be looked at. */
  link(number: string): string;
  /** The public site. */
  site: string;
}

/** A case as it is told in a chat, put into the citizen's language. */
export interface CaseBrief {
  number: string;
  /** What it is about. */
  matter: string;
  ward: string;
  state: 'working' | 'awaiting_citizen' | 'resolved' | 'rejected' | 'reopened' | 'closed';
  outcome: string | null;
  reopens: number;
  /** The designation of who has it now; null when nobody was chosen yet. */
  office: string | null;
  /** "by Tuesday 24 November, 6 pm"; null when no date runs. */
  due: string | null;
  /** The officer's question, while it waits for an answer. */
  question?: string;
  /** The officer's words in the last answer. */
  answer?: string;
  allowed: readonly CommandName[];
}

export interface RefusedEffect {
  ok: false;
  status: number;
  code: string;
  /** Fields of the body that were wrong. */
  fields: readonly string[];
  /** State of the case that refused. */
  state?: CaseBrief['state'];
}

export type MediaProblem = 'too_large' | 'not_supported' | 'damaged' | 'expired' | 'unavailable';

/** What the dialogue asks of the world; whoever runs it carries it out and hands the result back. */
export type Effect =
  | { do: 'keep'; media: ChatMedia; as: 'photo' | 'voice' }
  | { do: 'nearby'; city: string; kind: string; lat: number; lon: number }
  | { do: 'register'; body: Readonly<Record<string, unknown>> }
  | { do: 'cases' }
  | { do: 'find'; number: string }
  | { do: 'command'; number: string; command: CommandName; body: Readonly<Record<string, unknown>> }
  /** Remembers the language for messages outside the chat. */
  | { do: 'speak'; locale: Locale };

export interface EffectResults {
  keep: { ok: true; id: string } | { ok: false; problem: MediaProblem };
  nearby: readonly NearbyChoice[];
  register: { ok: true; brief: CaseBrief } | RefusedEffect;
  cases: readonly CaseBrief[];
  find: { ok: true; brief: CaseBrief } | RefusedEffect;
  command: { ok: true; brief: CaseBrief } | RefusedEffect;
  speak: undefined;
}
export type EffectResult = EffectResults[keyof EffectResults];

export interface Outcome {
  state: DialogueState;
  replies: readonly ChatContent[];
}

/** A turn of the dialogue: yields what it needs from the world, ends with the new state and what is said. */
export type Turn<T = Outcome> = Generator<Effect, T, EffectResult>;

/** Asks the world, typed. */
export function* ask<E extends Effect>(effect: E): Generator<Effect, EffectResults[E['do']], EffectResult> {
  return (yield effect) as EffectResults[E['do']];
}
