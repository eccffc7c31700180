import { Entity, Index } from 'typeorm';
import type { Locale } from '#libs/domain/case/names';
import { KeyText, Text, Time } from './columns.js';

/** A citizen belongs to the root tenant; the id is the keyed hash of the mobile number or external identity. */
@Entity('citizen')
@Index('ix_citizen_mobile', ['tenant', 'mobile'])
export class CitizenEntity {
  @KeyText(64) id: string;
  @Text(32) tenant: string;
  @Text(20, { nullable: true }) mobile: string | null;
  @Text(160, { nullable: true }) name: string | null;
  @Text(254, { nullable: true }) email: string | null;
  @Text(191, { nullable: true }) externalId: string | null;
  @Text(8) locale: Locale;
  /** Channel to write by beside SMS. */
  @Text(16) channel: 'sms' | 'whatsapp';
  @Time() createdAt: number;
}
