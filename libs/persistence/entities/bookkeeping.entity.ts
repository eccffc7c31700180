import { Entity, Index } from 'typeorm';
import { Int, Json, KeyInt, KeyText, LargeText, Text, Time } from './columns.js';

/** What an Idempotency-Key was first used for. */
@Entity('idempotency')
@Index('ix_idempotency_created', ['createdAt'])
export class IdempotencyEntity {
  /** Hash of actor and key. */
  @KeyText(64) key: string;
  @Text(64) bodyHash: string;
  /** Number of the case that a registration takes or has taken; null for every other request. */
  @Text(120, { nullable: true }) number: string | null;
  /** What the first request was answered, sealed; null for a registration, and while the first request runs. */
  @LargeText({ nullable: true }) answer: string | null;
  @Time() createdAt: number;
}

/** Next free sequence of a tenant's year; processes take whole blocks. */
@Entity('number_block')
export class NumberBlockEntity {
  @KeyText(32) tenant: string;
  /** Full year, 2026. */
  @KeyInt() year: number;
  @Int() next: number;
}

@Entity('audit')
@Index('ix_audit_tenant', ['tenant', 'at'])
@Index('ix_audit_subject', ['subject', 'at'])
export class AuditEntity {
  @KeyText(40) id: string;
  @Time() at: number;
  @Text(32) tenant: string;
  @Text(96) actor: string;
  @Text(64) action: string;
  /** Case number, username, master … */
  @Text(120) subject: string;
  @Json() detail: Record<string, unknown>;
}

/** An order over many cases, such as a recomputation after a published holiday. */
@Entity('master_order')
@Index('ix_master_order_tenant', ['tenant', 'createdAt'])
export class MasterOrderEntity {
  @KeyText(40) id: string;
  @Text(32) tenant: string;
  @Text(32) kind: 'recompute';
  @Text(16) state: 'running' | 'done';
  /** Last case number signalled; null before the first. */
  @Text(24, { nullable: true }) cursor: string | null;
  @Int({ default: 0 }) signalled: number;
  @Text(96) by: string;
  @Time() createdAt: number;
  @Time({ nullable: true }) finishedAt: number | null;
}

/** A complaint from before go-live, read-only. */
@Entity('legacy_case')
@Index('ix_legacy_case_mobile', ['tenant', 'mobile'])
export class LegacyCaseEntity {
  @KeyText(32) tenant: string;
  @KeyText(64) number: string;
  @Text(20, { nullable: true }) mobile: string | null;
  @Text(160, { nullable: true }) name: string | null;
  @Text(160, { nullable: true }) category: string | null;
  @Text(1000, { nullable: true }) description: string | null;
  @Text(64) status: string;
  @Time({ nullable: true }) registeredAt: number | null;
  @Time({ nullable: true }) closedAt: number | null;
  /** Whatever else the old system exported. */
  @Json() detail: Record<string, string>;
}
