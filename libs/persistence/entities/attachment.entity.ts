import { Entity, Index } from 'typeorm';
import { Int, KeyText, Real, Text, Time } from './columns.js';

@Entity('attachment')
@Index('ix_attachment_number', ['number'])
@Index('ix_attachment_created', ['createdAt'])
export class AttachmentEntity {
  @KeyText(40) id: string;
  @Text(32) tenant: string;
  @Text(64) mime: string;
  /** Size in bytes. */
  @Int() bytes: number;
  @Text(64) sha256: string;
  /** Where it lies below MEDIA_URL. */
  @Text(255) path: string;
  @Real({ nullable: true }) lat: number | null;
  @Real({ nullable: true }) lon: number | null;
  /** Person id of who sent it. */
  @Text(96) uploadedBy: string;
  /** Case that uses it; null until one does. */
  @Text(24, { nullable: true }) number: string | null;
  @Text(16) kind: 'complaint' | 'evidence';
  @Time() createdAt: number;
}
