import type { Client } from '@temporalio/client';
import type { ChannelName } from '#libs/channels/channel';
import type { Senders } from '#libs/channels/senders';
import { notifySignal, type ConversationStart, type PendingMessage } from '#libs/contracts/temporal/conversation';
import { conversationWorkflowId, NEWS_PRIORITY, TASK_QUEUE, WORKFLOW_TYPES } from '#libs/contracts/temporal/names';
import type { NotificationEntity } from '#libs/persistence/entities/index';

/** Tells each contact's conversation what there is to say: one signal-with-start a contact, all at once. */
export async function wakeConversations(
  client: Client,
  root: string,
  senders: Senders,
  rows: readonly Pick<NotificationEntity, 'id' | 'contact' | 'status' | 'notBefore' | 'channel'>[],
): Promise<void> {
  const byContact = new Map<string, PendingMessage[]>();
  for (const { id, contact, status, notBefore, channel } of rows) {
    if (status !== 'queued') continue;
    const pending = byContact.get(contact) ?? [];
    const { local } = senders[channel as ChannelName];
    pending.push({ id, notBefore, ...(local && { local }) });
    byContact.set(contact, pending);
  }
  // All to their end before one failure is told: the next attempt must not overtake a signal of this one.
  const results = await Promise.allSettled(
    [...byContact].map(([contact, pending]) => {
      const start: ConversationStart = { contact, tenant: root };
      return client.workflow.signalWithStart(WORKFLOW_TYPES.conversation, {
        workflowId: conversationWorkflowId(root, contact),
        taskQueue: TASK_QUEUE,
        priority: NEWS_PRIORITY,
        args: [start],
        signal: notifySignal,
        signalArgs: [pending],
      });
    }),
  );
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}
