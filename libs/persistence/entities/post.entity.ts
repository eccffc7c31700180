import { Entity, Index } from 'typeorm';
import type { Role } from '#libs/domain/case/names';
import { Json, KeyText, Text, Time } from './columns.js';

/** A position of the establishment; work belongs to it, not to the person who holds it. */
@Entity('post')
export class PostEntity {
  @KeyText(32) tenant: string;
  @KeyText(64) position: string;
  @Text(160) designation: string;
  @Text(32) role: Role;
  @Text(32) department: string;
  /** Ward codes, or `["*"]`. */
  @Json() wards: string[];
  /** Category or sub-category codes, or `["*"]`. */
  @Json() categories: string[];
}

/** Who holds a post, or acts for its holder, from when to when. */
@Entity('holding')
@Index('ix_holding_position', ['tenant', 'position'])
@Index('ix_holding_username', ['username'])
export class HoldingEntity {
  @KeyText(40) id: string;
  @Text(32) tenant: string;
  @Text(64) position: string;
  @Text(16) kind: 'holder' | 'delegate';
  /** Account of the person; null while they have none. */
  @Text(80, { nullable: true }) username: string | null;
  @Text(160) person: string;
  @Text(20, { nullable: true }) mobile: string | null;
  @Time() validFrom: number;
  @Time({ nullable: true }) validTo: number | null;
}
