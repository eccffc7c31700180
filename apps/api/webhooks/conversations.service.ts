import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { deadlineFor } from '#libs/casework/temporal-calls';
import {
  inboundSignal,
  notifySignal,
  type ConversationStart,
  type InboundBatch,
  type PendingMessage,
} from '#libs/contracts/temporal/conversation';
import { conversationWorkflowId, TASK_QUEUE, WORKFLOW_TYPES } from '#libs/contracts/temporal/names';
import { TEMPORAL } from '../platform/tokens.js';

/** Hands to the conversation with one contact what was heard or is to be said: one signal-with-start each. */
@Injectable()
export class Conversations {
  constructor(@Inject(TEMPORAL) private readonly temporal: Client) {}

  async hear(tenant: string, contact: string, batch: InboundBatch): Promise<void> {
    await this.temporal.withDeadline(deadlineFor('start'), () =>
      this.temporal.workflow.signalWithStart(WORKFLOW_TYPES.conversation, {
        ...conversation(tenant, contact),
        signal: inboundSignal,
        signalArgs: [batch],
      }),
    );
  }

  async say(tenant: string, contact: string, message: PendingMessage): Promise<void> {
    await this.temporal.withDeadline(deadlineFor('start'), () =>
      this.temporal.workflow.signalWithStart(WORKFLOW_TYPES.conversation, {
        ...conversation(tenant, contact),
        signal: notifySignal,
        signalArgs: [[message]],
      }),
    );
  }
}

function conversation(tenant: string, contact: string) {
  const start: ConversationStart = { contact, tenant };
  return { workflowId: conversationWorkflowId(tenant, contact), taskQueue: TASK_QUEUE, args: [start] };
}
