import type { ChatContent } from '#libs/contracts/chat';
import type { Locale, TemplateId } from '#libs/domain/case/names';

/** Ways to a person outside. The desk's bell is no channel: a desk notification is read where it is stored. */
export const CHANNELS = ['sms', 'whatsapp', 'email'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export interface OutboundMessage {
  /** Id of the notification; the same one on every attempt, so that a provider or reader can drop a repeat. */
  id: string;
  channel: ChannelName;
  /** E.164 number, e-mail address or the channel's own id of the person. */
  to: string;
  /** `chat` for what is said in a dialogue: it has no registered wording. */
  template: TemplateId | 'chat';
  locale: Locale;
  text: string;
  /** Number of the case it is about; null for a one-time code. */
  case: string | null;
  /** What an SMS gateway in India must name beside the text. */
  dlt?: { templateId: string; header: string };
  /** The approved WhatsApp template, used outside the 24-hour window. */
  whatsapp?: { name: string; language: Locale; values: readonly string[]; payloads?: readonly string[] };
  /** More than the text, such as a list to choose from, for a channel that can show it while the person may be written to freely. */
  content?: ChatContent;
  /** Whether the person wrote by this channel within the last 24 hours. */
  windowOpen?: boolean;
  /** City it comes from; it may have a number or gateway of its own. */
  tenant?: string;
  /** The channel's own number that the person wrote to. */
  via?: string;
}

/**
 * What became of one attempt. `rejected`: it will never go this way. `retry`: it may have gone, but nobody knows,
 * or it may go later; the same message with the same id is sent again after `afterMs`. `stopped`: the channel as a
 * whole does not work until its operator has seen to it; another way is taken where there is one.
 */
export type SendResult =
  | { outcome: 'sent'; providerId?: string }
  | { outcome: 'rejected'; error: string }
  | { outcome: 'retry'; afterMs: number; error: string }
  | { outcome: 'stopped'; afterMs: number; error: string };

/** Tells the operator what no citizen can mend. */
export type ChannelAlert = (alert: { channel: ChannelName; what: 'stopped' | 'refused'; error: string }) => void;

export interface ChannelSender {
  /** It writes on this machine only, in an instant: what it sends need not wait for a task of its own. */
  readonly local?: boolean;
  /** Milliseconds between two pieces of news to one person; absent: as fast as they come. Answers in a chat never wait. */
  readonly paceMs?: number;
  /** Never throws for what a provider answers; a throw is a programming error. */
  send(message: OutboundMessage): Promise<SendResult>;
}

/** A provider: one folder with its sender and this description. */
export interface ChannelProvider<Config> {
  name: string;
  channels: readonly ChannelName[];
  create(config: Config): ChannelSender;
}
