import type { Locale } from '../../domain/case/names.js';

/** What a thing is called; English always, the other languages where the masters have them. */
export interface Names {
  en: string;
  bn?: string | null;
  hi?: string | null;
}

export interface PortalCategory {
  code: string;
  names: Names;
  /** Cases of it can be seen by nobody but the complainant: no near-by cases, no following. */
  hidden: boolean;
  /** Asked before the complaint is sent; nobody has to answer. */
  questions?: readonly PortalQuestion[];
}

export interface PortalQuestion {
  code: string;
  kind: 'text' | 'number' | 'choice';
  names: Names;
  choices: readonly { code: string; names: Names }[];
}

export interface PortalCity {
  code: string;
  names: Names;
  defaultLocale: Locale;
  /** IANA zone. */
  zone: string;
  /** Offered to visitors; a city of the demonstration is found by its numbers only. */
  listed: boolean;
  /** Calendar days in which an answer may be rated; null where the city's clock does not run by the day. */
  ratingDays: number | null;
  /** Page of the system before this one, where the city has set one. */
  legacyUrl: string | null;
  /** Local date from which complaints are found here; the older ones are in the system before. */
  legacyUntil: string | null;
  /** Groups in the order of the masters. */
  groups: readonly { code: string; names: Names; items: readonly PortalCategory[] }[];
  wards: readonly { code: string; borough: string }[];
  /** Whether wards have shapes, so that a point finds its ward. */
  mapped: boolean;
  rejectReasons: Readonly<Record<string, Names>>;
}

export interface NearbyCase {
  number: string;
  registeredAt: string;
  /** Metres. */
  distance: number;
  followers: number;
}

/** A photo kept for a complaint whose writer has not proved their number yet. */
export interface DraftPhoto {
  id: string;
  lat?: number;
  lon?: number;
}

export type PhotoProblem = 'not_a_picture' | 'too_large' | 'too_many' | 'unavailable';

/** What the reader of a link in a message is asked to rate. */
export interface RatingInvitation {
  number: string;
  /** Language of the case. */
  locale: Locale;
  city: string;
  category: string;
  rejected: boolean;
  /** The officer's words. */
  answer: string | null;
  /** `rated`: by this reader. `over`: closed, reopened or taken back meanwhile. */
  state: 'open' | 'rated' | 'over';
}

/** Speaks times and offices as the messages do, so that page and SMS never differ. */
export interface Speech {
  /** "Sub-Assistant Engineer, Water Supply, Borough X"; null: no such post. */
  office(city: string, position: string, borough: string, locale: Locale): string | null;
  department(city: string, department: string, locale: Locale): string;
  moment(at: number, locale: Locale, zone: string): string;
  day(at: number, locale: Locale, zone: string): string;
  /** "by Tuesday 24 November, 6 pm". */
  deadline(at: number, locale: Locale, zone: string): string;
}

/** What the process that hosts the portal gives it. */
export interface PortalDeps {
  /** A request to the REST API, in process. `from`: address of the browser. */
  fetch(path: string, init: ApiInit, from: string): Promise<Response>;
  /** 32 bytes; seals what is carried through forms. */
  secret: Uint8Array;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Folder of the browser build. */
  assets: string;
  demo: boolean;
  cities(): Promise<readonly PortalCity[]>;
  speech(): Promise<Speech>;
  /** Shapes of the wards as GeoJSON text, with the property `ward`. */
  wardShapes(city: string): Promise<string>;
  wardAt(city: string, lat: number, lon: number): Promise<string | null>;
  nearby(city: string, category: string, lat: number, lon: number): Promise<readonly NearbyCase[]>;
  readNumber(text: string): { ok: true; number: string } | { ok: false; problem: 'format' | 'check_digit' };
  photos: {
    add(draft: string, bytes: Uint8Array, from: string): Promise<DraftPhoto | PhotoProblem>;
    give(draft: string, id: string): Promise<{ mime: string; bytes: Uint8Array } | null>;
    /** Makes the photos those of the citizen who has proved this number. */
    claim(draft: string, mobile: string): Promise<void>;
  };
  /** Rating by the link in a message, without logging in. */
  ratingLinks: {
    /** null: there is no such link, or it has expired. */
    read(token: string): Promise<RatingInvitation | null>;
    /** `away`: nothing came of it, the same may be sent again. */
    rate(
      token: string,
      rating: number,
      remarks: string,
    ): Promise<'taken' | 'reopened' | 'rated' | 'over' | 'none' | 'away'>;
  };
  /** Number of the case this citizen has lodged under that key; null: none. */
  lodgedUnder(mobile: string, key: string): Promise<string | null>;
  /** A fault of ours, for the log. */
  report(error: unknown, path: string): void;
}

export interface ApiInit {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  /** JSON text. */
  body?: string;
}

/** A request as the host hands it over; the body is read to its end. */
export interface PortalRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  /** The body was larger than any form of ours; it was not read. */
  tooLarge?: boolean;
  /** Address of the browser, as seen through trusted proxies. */
  from: string;
}

/** Answers every request that reaches it; never rejects. */
export interface Portal {
  handle(request: PortalRequest): Promise<Response>;
}
