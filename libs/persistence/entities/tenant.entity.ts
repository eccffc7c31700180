import { Entity } from 'typeorm';
import { Int, Json, KeyText, Text } from './columns.js';

/** A city (`ulb`) or the state above it. */
@Entity('tenant')
export class TenantEntity {
  @KeyText(32) code: string;
  @Text(32, { nullable: true }) parent: string | null;
  @Text(8) kind: 'state' | 'ulb';
  @Text(160) name: string;
  @Text(160, { nullable: true }) nameBn: string | null;
  @Text(160, { nullable: true }) nameHi: string | null;
  /** First part of its grievance numbers, `KMC`. */
  @Text(8) prefix: string;
  /** IANA zone. */
  @Text(64) zone: string;
  @Json() settings: Record<string, unknown>;
  /** Grows with every change of this tenant's masters; caches compare it. */
  @Int({ default: 1 }) mastersVersion: number;
}
