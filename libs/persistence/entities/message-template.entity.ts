import { Entity } from 'typeorm';
import type { Locale, TemplateId } from '#libs/domain/case/names';
import { KeyText, Text } from './columns.js';

/** Under which ids a tenant's telecom operator and WhatsApp know one of the product's texts. */
@Entity('message_template')
export class MessageTemplateEntity {
  @KeyText(32) tenant: string;
  @KeyText(32) template: TemplateId;
  /** Which wording; empty for the template's first one. */
  @KeyText(32) variant: string;
  @KeyText(8) locale: Locale;
  @Text(64, { nullable: true }) dltId: string | null;
  @Text(16, { nullable: true }) header: string | null;
  @Text(191, { nullable: true }) whatsappName: string | null;
}
