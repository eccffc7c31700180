import { Entity, Index } from 'typeorm';
import type { Locale } from '#libs/domain/case/names';
import { KeyText, Text, Time } from './columns.js';

@Entity('follower')
@Index('ix_follower_citizen', ['citizenId', 'registeredAt', 'number'])
export class FollowerEntity {
  @KeyText(24) number: string;
  /** `citizen:<id>`. */
  @KeyText(96) person: string;
  @Text(32) tenant: string;
  @Text(64) citizenId: string;
  @Text(20, { nullable: true }) mobile: string | null;
  @Text(8) locale: Locale;
  /** Of the case: orders a citizen's list of followed cases. */
  @Time() registeredAt: number;
}
