import { Entity, Index } from 'typeorm';
import { Int, Json, KeyText, Text, Time } from './columns.js';

/** The one-time password a contact has been sent; a newer one replaces it. */
@Entity('otp')
@Index('ix_otp_expires', ['expiresAt'])
export class OtpEntity {
  /** Keyed hash of the mobile number. */
  @KeyText(64) contact: string;
  /** Keyed hash of the digits. */
  @Text(64) codeHash: string;
  @Time() createdAt: number;
  @Time() expiresAt: number;
  /** Wrong guesses at this one. */
  @Int({ default: 0 }) attempts: number;
  /** Passwords sent since `windowStart`, for the limit. */
  @Int({ default: 1 }) sends: number;
  @Time() windowStart: number;
}

@Entity('session')
@Index('ix_session_subject', ['subject'])
@Index('ix_session_expires', ['expiresAt'])
export class SessionEntity {
  @KeyText(40) id: string;
  /** `user:<username>` or `citizen:<id>`. */
  @Text(96) subject: string;
  @Text(32) tenant: string;
  @Time() createdAt: number;
  @Time() expiresAt: number;
  @Time({ nullable: true }) revokedAt: number | null;
}

@Entity('api_key')
@Index('ix_api_key_hash', ['keyHash'])
@Index('ix_api_key_tenant', ['tenant'])
export class ApiKeyEntity {
  @KeyText(40) id: string;
  @Text(32) tenant: string;
  @Text(160) name: string;
  /** SHA-256 of the key, which is shown once and never stored. */
  @Text(64) keyHash: string;
  @Json() scopes: string[];
  @Text(96) createdBy: string;
  @Time() createdAt: number;
  @Time({ nullable: true }) revokedAt: number | null;
}
