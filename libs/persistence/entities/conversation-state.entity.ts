import { Entity, Index } from 'typeorm';
import { Int, KeyText, LargeJson, Text, Time } from './columns.js';

/** What is remembered of the chat with one contact, longer than its workflow lives. */
@Entity('conversation_state')
@Index('ix_conversation_external', ['channel', 'externalId'])
export class ConversationStateEntity {
  /** Keyed hash of the contact. */
  @KeyText(64) contact: string;
  /** Root tenant. */
  @Text(32) tenant: string;
  @Text(16) channel: string;
  /** Where answers go: a number in E.164, or the channel's own id of the person. */
  @Text(191) address: string;
  /** The channel's own id of the person, where it tells one. */
  @Text(191, { nullable: true }) externalId: string | null;
  /** The channel's number that the person wrote to last. */
  @Text(64, { nullable: true }) via: string | null;
  /** State of the dialogue. */
  @LargeJson() state: object;
  /** Ids of the messages heard last, oldest first: the provider sends them again for days. */
  @LargeJson() heard: string[];
  /** Replies that have not gone out yet. */
  @LargeJson() unsent: object[];
  /** When the person wrote last; for 24 hours from then on they may be written to freely. */
  @Time() lastInboundAt: number;
  /** Grows with every change; a writer that read an older one has to begin anew. */
  @Int() version: number;
  @Time() updatedAt: number;
}

/** A provider's report on a message that is not stored yet, kept until it is. */
@Entity('early_report')
@Index('ix_early_report_received', ['receivedAt'])
export class EarlyReportEntity {
  @KeyText(16) channel: string;
  @KeyText(191) providerId: string;
  @KeyText(16) status: 'sent' | 'delivered' | 'read' | 'failed';
  /** Epoch ms at which it happened. */
  @Time() at: number;
  @Text(500, { nullable: true }) error: string | null;
  @Time() receivedAt: number;
}
