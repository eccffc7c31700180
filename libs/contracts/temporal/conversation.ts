import { defineSignal } from '@temporalio/workflow';
import type { ChatMessage, ChatPerson } from '../chat.js';

/** Input of the `conversation` workflow: one per contact, alive only while there is something to say or to wait for. */
export interface ConversationStart {
  /** Keyed hash of the contact; the activity looks the address up. */
  contact: string;
  tenant: string;
  /** Carried over a continue-as-new. */
  pending?: readonly PendingMessage[];
  /** Carried over a continue-as-new: what was heard and not yet answered. */
  inbox?: readonly InboundBatch[];
  /** Carried over a continue-as-new: when the chat has something to say by itself, epoch ms. */
  wakeAt?: number;
}

export interface PendingMessage {
  /** Id of the notification's row; what it says and to whom stands there. */
  id: string;
  /** Epoch ms before which it must not go (quiet hours); 0 = at once. */
  notBefore: number;
  /** Deliveries tried so far; absent in a signal, kept over a continue-as-new. */
  attempts?: number;
  /** Its sender needs no network, so that it can go out within the workflow task. */
  local?: boolean;
}

export const notifySignal = defineSignal<[readonly PendingMessage[]]>('notify');

/** What one person sent by one channel, as it came in one call of the provider. */
export interface InboundBatch {
  channel: 'whatsapp';
  from: ChatPerson;
  messages: readonly ChatMessage[];
  /** To be answered within the workflow task; absent in what was heard before that was possible. */
  withinTask?: true;
}

export const inboundSignal = defineSignal<[InboundBatch]>('inbound');

/** Per message: done (sent, or failed for good and recorded as such), or to be tried again after a delay. */
export interface DeliveryResult {
  id: string;
  retryAfterMs?: number;
  /** It was only too early: the delay counts for no attempt. */
  untried?: true;
}

export interface ConversationActivities {
  /** Sends what is due, in order; records each result on the notification's row; never sends one twice knowingly. */
  deliver(contact: string, ids: readonly string[], attempt: number): Promise<readonly DeliveryResult[]>;
  /**
   * Takes one step of the dialogue for each message, carries out what it asks for and answers; a message heard before
   * is passed over. Without a message: does what is due by now. Answers when there will be something to do again.
   */
  converse(contact: string, tenant: string, heard: readonly InboundBatch[]): Promise<{ wakeAt: number | null }>;
}
