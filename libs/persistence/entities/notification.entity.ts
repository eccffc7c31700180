import { Entity, Index } from 'typeorm';
import type { Locale, TemplateId } from '#libs/domain/case/names';
import { Int, KeyText, LongText, Text, Time } from './columns.js';

export type NotificationStatus = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/** One message to one contact, caused by one event. */
@Entity('notification')
@Index('ix_notification_case', ['number', 'seq'])
@Index('ix_notification_contact', ['contact', 'status'])
@Index('ix_notification_provider', ['providerId'])
export class NotificationEntity {
  /** `<number>/<seq>/<template>/<contact8>`: the same step always makes the same ids. */
  @KeyText(120) id: string;
  @Text(24) number: string;
  @Text(32) tenant: string;
  @Int() seq: number;
  @Text(32) template: TemplateId;
  @Text(8) locale: Locale;
  @Text(16) channel: string;
  @Text(254) toAddress: string;
  /** Keyed hash of the contact: whose conversation delivers it. */
  @Text(64) contact: string;
  @LongText() text: string;
  @Text(16) status: NotificationStatus;
  @Text(500, { nullable: true }) error: string | null;
  /** Not before this moment; 0 = at once. */
  @Time() notBefore: number;
  @Int({ default: 0 }) attempts: number;
  @Text(191, { nullable: true }) providerId: string | null;
  @Time() createdAt: number;
  @Time({ nullable: true }) sentAt: number | null;
  @Time({ nullable: true }) deliveredAt: number | null;
  @Time({ nullable: true }) readAt: number | null;
}
