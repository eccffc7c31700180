import { Entity, Index } from 'typeorm';
import type { CaseStateName, Locale, Outcome, Source } from '#libs/domain/case/names';
import type { CaseState } from '#libs/domain/case/types';
import { Flag, Int, KeyText, LargeJson, LongText, Real, Text, Time } from './columns.js';

/** `stage`: who must act. Inboxes leave out what is answered or closed although such cases keep their last owner. */
export const STAGE = { working: 0, answered: 1, closed: 2 } as const;
export type Stage = (typeof STAGE)[keyof typeof STAGE];
/** `dueOrder` of a case without a running deadline: after all that have one. */
export const NO_DUE = 9_000_000_000_000_000;

/**
 * The record of one case as of `version`. Each index serves one shape of list, equality columns first, then the order
 * of the list with the number as the last key of the cursor.
 */
@Entity('grievance')
@Index('ix_grievance_owner', ['tenant', 'owner', 'stage', 'dueOrder', 'number'])
@Index('ix_grievance_accountable', ['tenant', 'accountable', 'stage', 'dueOrder', 'number'])
@Index('ix_grievance_department', ['tenant', 'department', 'state', 'registeredAt', 'number'])
@Index('ix_grievance_ward', ['tenant', 'ward', 'registeredAt', 'number'])
@Index('ix_grievance_level', ['tenant', 'level', 'dueOrder', 'number'])
@Index('ix_grievance_registered', ['tenant', 'registeredAt', 'number'])
@Index('ix_grievance_citizen', ['citizenId', 'registeredAt', 'number'])
@Index('ix_grievance_mobile', ['tenant', 'citizenMobile', 'registeredAt', 'number'])
@Index('ix_grievance_updated', ['updatedAt'])
@Index('ix_grievance_registration_key', ['registrationKey'])
@Index('ix_grievance_to_archive', ['toArchive'])
export class GrievanceEntity {
  @KeyText(24) number: string;
  @Text(32) tenant: string;
  @Text(16) type: 'grievance' | 'suggestion';
  @Text(32) state: CaseStateName;
  @Int() stage: Stage;
  @Text(16, { nullable: true }) outcome: Outcome | null;
  @Text(64) category: string;
  @Text(64) subCategory: string;
  @Text(32) department: string;
  @Text(32) ward: string;
  @Text(32) borough: string;
  @Text(32) source: Source;
  @Text(8) locale: Locale;
  @LongText() description: string;
  @Real({ nullable: true }) lat: number | null;
  @Real({ nullable: true }) lon: number | null;
  @Text(500, { nullable: true }) landmark: string | null;
  /** Post that must act; a closed case keeps its last one. */
  @Text(64, { nullable: true }) owner: string | null;
  @Text(64) accountable: string;
  @Int() level: number;
  @Time() registeredAt: number;
  @Time({ nullable: true }) dueAt: number | null;
  /** `dueAt`, or `NO_DUE`: never null, so that lists by due date can be paged. */
  @Time() dueOrder: number;
  @Time({ nullable: true }) resolvedAt: number | null;
  @Time({ nullable: true }) closedAt: number | null;
  /** `closedAt` of a closed case whose history is not archived yet; null for all others, so that its index stays short. */
  @Time({ nullable: true }) toArchive: number | null;
  @Int() reopens: number;
  @Int({ nullable: true }) rating: number | null;
  @LongText({ nullable: true }) remarks: string | null;
  @Text(64, { nullable: true }) citizenId: string | null;
  @Text(160, { nullable: true }) citizenName: string | null;
  @Text(20, { nullable: true }) citizenMobile: string | null;
  @Flag() hideComplainant: boolean;
  /** `user:<username>` of who lodged it for the citizen. */
  @Text(96, { nullable: true }) lodgedBy: string | null;
  /**
   * Hash of actor and Idempotency-Key of the registration. The table `idempotency` keeps it unique; here a second one
   * would only hinder a case that has begun already from being recorded.
   */
  @Text(64, { nullable: true }) registrationKey: string | null;
  /** Hash of the body sent with that key. */
  @Text(64, { nullable: true }) registrationBody: string | null;
  @Time({ nullable: true }) directiveDueAt: number | null;
  @Int() followers: number;
  /** Sequence of the last event recorded. */
  @Int() version: number;
  @LargeJson() snapshot: CaseState;
  @Time() updatedAt: number;
}
