import { Entity, Index } from 'typeorm';
import type { EventName, Role } from '#libs/domain/case/names';
import { Flag, Json, KeyInt, KeyText, LongText, Text, Time } from './columns.js';

/** Append-only log of what happened; (number, seq) is gapless and written once. */
@Entity('grievance_event')
@Index('ix_grievance_event_update', ['number', 'updateId'])
@Index('ix_grievance_event_at', ['tenant', 'at'])
export class GrievanceEventEntity {
  @KeyText(24) number: string;
  @KeyInt() seq: number;
  @Text(32) tenant: string;
  @Time() at: number;
  /** When the workflow took the step, which says which of two events of one number is the case's own. */
  @Time({ default: 0 }) takenAt: number;
  @Text(32) event: EventName;
  @Text(96) actorId: string;
  @Text(32) actorRole: Role | 'system';
  @Text(160, { nullable: true }) actorName: string | null;
  @Text(64, { nullable: true }) actorPost: string | null;
  @Flag({ default: false }) onBehalf: boolean;
  @LongText({ nullable: true }) text: string | null;
  @Flag() public: boolean;
  @Json() data: Record<string, unknown>;
  /** Update that caused it and the hash of its body; on the first event of a step only. */
  @Text(80, { nullable: true }) updateId: string | null;
  @Text(64, { nullable: true }) bodyHash: string | null;
}
