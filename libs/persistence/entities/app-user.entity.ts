import { Entity, Index } from 'typeorm';
import type { Role } from '#libs/domain/case/names';
import { Flag, Int, Json, KeyText, Text, Time } from './columns.js';

/** A staff account. */
@Entity('app_user')
@Index('ix_app_user_tenant', ['tenant'])
export class AppUserEntity {
  @KeyText(80) username: string;
  @Text(32) tenant: string;
  @Text(160) name: string;
  @Text(20, { nullable: true }) mobile: string | null;
  /** Where digests and escalations go, too. */
  @Text(254, { nullable: true }) email?: string | null;
  /** argon2id, in PHC format. */
  @Text(255) passwordHash: string;
  @Json() roles: Role[];
  @Flag({ default: false }) mustChange: boolean;
  @Int({ default: 0 }) failedLogins: number;
  @Time({ nullable: true }) lockedUntil: number | null;
  @Flag({ default: false }) disabled: boolean;
}
