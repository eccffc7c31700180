import { defineSignal } from '@temporalio/workflow';

/** Input of the `conversation` workflow: one per contact, alive only while there is something to say. */
export interface ConversationStart {
  /** Keyed hash of the contact; the activity looks the address up. */
  contact: string;
  tenant: string;
  /** Carried over a continue-as-new. */
  pending?: readonly PendingMessage[];
}

export interface PendingMessage {
  /** Id of the notification's row; what it says and to whom stands there. */
  id: string;
  /** Epoch ms before which it must not go (quiet hours); 0 = at once. */
  notBefore: number;
  /** Deliveries tried so far; absent in a signal, kept over a continue-as-new. */
  attempts?: number;
}

export const notifySignal = defineSignal<[readonly PendingMessage[]]>('notify');

/** Per message: done (sent, or failed for good and recorded as such), or to be tried again after a delay. */
export interface DeliveryResult {
  id: string;
  retryAfterMs?: number;
}

export interface ConversationActivities {
  /** Sends what is due, in order; records each result on the notification's row; never sends one twice knowingly. */
  deliver(contact: string, ids: readonly string[], attempt: number): Promise<readonly DeliveryResult[]>;
}
