import type { PostRef } from '../../domain/case/types.js';
import type { CaseStateName, CommandName, EventName, Locale, Outcome, Role, Source } from '../../domain/case/names.js';

/** What something is called in the languages that have a word for it. */
export interface ViewNames {
  en: string;
  bn?: string;
  hi?: string;
}

/** A post as shown: the designation is what a citizen reads, the name only where the caller may see it. */
export interface PostView {
  position: string;
  designation: string;
  name?: string;
}

export interface AttachmentView {
  id: string;
  mime: string;
  url: string;
  kind: 'complaint' | 'evidence';
  lat?: number;
  lon?: number;
}

/** The case view, everywhere the same. Times ISO 8601 UTC. */
export interface CaseView {
  number: string;
  tenant: string;
  type: 'grievance' | 'suggestion';
  state: CaseStateName;
  outcome: Outcome | null;
  subCategory: string;
  department: string;
  ward: string;
  borough: string;
  source: Source;
  locale: Locale;
  description: string;
  location: { lat?: number; lon?: number; landmark?: string } | null;
  owner: PostView | null;
  accountable: PostView | null;
  escalationLevel: number;
  registeredAt: string;
  dueAt: string | null;
  resolvedAt: string | null;
  closedAt: string | null;
  reopens: number;
  rating: number | null;
  remarks: string | null;
  citizen: { name: string | null; mobile: string | null } | null;
  /** Persons who follow the case, as a count. */
  followers: number;
  attachments: AttachmentView[];
  /** Answers to the questions of the category; in the view of one case only, and only where there are some. */
  answers?: AnswerView[];
  directive: { text: string; dueAt: string } | null;
  duplicateOf: string | null;
  /** Commands the caller may give now, in the route's spelling. */
  allowed: CommandName[];
  version: number;
}

/** A question as it is called in each language, with what was answered. */
export interface AnswerView {
  code: string;
  question: ViewNames;
  answer: ViewNames;
}

export interface NotificationView {
  id: string;
  channel: string;
  to: string;
  template: string;
  locale: Locale;
  status: 'queued' | 'sent' | 'delivered' | 'read' | 'failed';
  at: string;
  error?: string;
}

export interface TimelineItem {
  seq: number;
  at: string;
  event: EventName;
  actor: { role: Role | 'system'; name?: string; onBehalf?: boolean };
  text: string | null;
  public: boolean;
  data: Record<string, unknown>;
  notifications: NotificationView[];
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Who has logged in, with the posts they act for now. */
export interface SessionView {
  kind: 'staff' | 'citizen';
  tenant: string;
  /** Of the account; posts add theirs. */
  roles: readonly Role[];
  username?: string;
  name?: string;
  /** Of a citizen. */
  mobile?: string;
  locale?: Locale;
  posts: PostRef[];
  /** Nothing else is open before a new password. */
  mustChange: boolean;
}

/** An open case of the same kind close to a place. */
export interface NearbyView {
  number: string;
  subCategory: string;
  state: CaseStateName;
  ward: string;
  registeredAt: string;
  location: { lat: number; lon: number; landmark?: string };
  /** Metres from the point asked for. */
  distance: number;
  followers: number;
}

/** A complaint from before this system. */
export interface OldComplaint {
  number: string;
  tenant: string;
  category: string | null;
  status: string;
  registeredAt: string | null;
  closedAt: string | null;
}

/** A picture that was taken in; it belongs to a case once a registration or command names it. */
export interface UploadedPicture {
  id: string;
  mime: string;
  /** Size as stored. */
  bytes: number;
  lat?: number;
  lon?: number;
}
