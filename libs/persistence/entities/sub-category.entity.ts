import { Entity } from 'typeorm';
import type { CalendarKind } from '#libs/domain/calendar/types';
import { Flag, Int, KeyText, Real, Text } from './columns.js';

@Entity('sub_category')
export class SubCategoryEntity {
  @KeyText(32) tenant: string;
  @KeyText(64) code: string;
  @Text(64) category: string;
  @Text(160) name: string;
  @Text(160, { nullable: true }) nameBn: string | null;
  @Text(160, { nullable: true }) nameHi: string | null;
  @Text(32) department: string;
  @Real() slaHours: number;
  @Text(16) calendar: CalendarKind;
  @Flag({ default: false }) evidencePhoto: boolean;
  /** Metres; null: evidence may come from anywhere. */
  @Int({ nullable: true }) evidenceWithinM: number | null;
  @Flag({ default: false }) hideComplainant: boolean;
  /** Metres; null: near-by cases are not looked for. */
  @Int({ nullable: true }) duplicateRadiusM: number | null;
  @Flag({ default: true }) active: boolean;
}
