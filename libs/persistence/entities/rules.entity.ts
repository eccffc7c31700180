import { Entity } from 'typeorm';
import { Int, KeyInt, KeyText, Real, Text } from './columns.js';

/** One level of the escalation matrix; `department` is `*` for the fall-back. */
@Entity('matrix_level')
export class MatrixLevelEntity {
  @KeyText(32) tenant: string;
  @KeyText(32) department: string;
  @KeyInt() level: number;
  /** Position, or a pattern with `{department}`, `{borough}`, `{ward}`. */
  @Text(96) position: string;
  @Real() hours: number;
}

/** Opening hours: ISO weekday (1 = Monday), minutes from local midnight. */
@Entity('working_hours')
export class WorkingHoursEntity {
  @KeyText(32) tenant: string;
  @KeyInt() day: number;
  @KeyInt() fromMin: number;
  @Int() toMin: number;
}

@Entity('holiday')
export class HolidayEntity {
  @KeyText(32) tenant: string;
  /** Local date, `YYYY-MM-DD`. */
  @KeyText(10) date: string;
  @Text(160) name: string;
}

/** A reason a tenant adds to those every tenant has. */
@Entity('reject_reason')
export class RejectReasonEntity {
  @KeyText(32) tenant: string;
  @KeyText(64) code: string;
  @Text(160) name: string;
  @Text(160, { nullable: true }) nameBn: string | null;
  @Text(160, { nullable: true }) nameHi: string | null;
}
