import { Entity } from 'typeorm';
import { KeyText, LongText, Text, Time } from './columns.js';

/** How one city reaches its citizens, where it has numbers and gateways of its own. */
@Entity('tenant_channel')
export class TenantChannelEntity {
  @KeyText(32) tenant: string;
  @KeyText(16) channel: 'whatsapp' | 'sms';
  /** JSON of the settings, sealed: numbers, tokens and passwords. */
  @LongText() sealed: string;
  /** Names the key that opens it. */
  @Text(16) keyId: string;
  @Text(191) updatedBy: string;
  @Time() updatedAt: number;
}
