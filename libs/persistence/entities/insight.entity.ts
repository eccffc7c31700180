import { Entity, Index } from 'typeorm';
import type { Outcome, Source } from '#libs/domain/case/names';
import { Bytes, Flag, Int, KeyText, LongText, Text, Time } from './columns.js';

/** One case as its event log tells it, for figures; written by the roll-up alone and made anew from the log at will. */
@Entity('case_fact')
@Index('ix_case_fact_rated', ['tenant', 'subCategory', 'rating', 'ratedAt', 'number'])
@Index('ix_case_fact_outcome', ['tenant', 'outcome', 'closedAt', 'number'])
export class CaseFactEntity {
  @KeyText(24) number: string;
  @Text(32) tenant: string;
  /** Sequence of the last event taken into account. */
  @Int() seq: number;
  /** `2026-11`: month of registration in the city's time. */
  @Text(7) month: string;
  @Text(32) department: string;
  @Text(64) category: string;
  @Text(64) subCategory: string;
  @Text(32) ward: string;
  @Text(32) borough: string;
  @Text(32) source: Source;
  /** Post that had the work at the first answer, before any answer the one that has it; empty: none. */
  @Text(64) post: string;
  @Flag() open: boolean;
  @Text(16, { nullable: true }) outcome: Outcome | null;
  @Int() level: number;
  @Int() reopens: number;
  /** An answer stands: neither undone nor reopened, withdrawn or a duplicate. */
  @Flag() answered: boolean;
  /** Registration to the resolution that stands; null without one. */
  @Time({ nullable: true }) resolveMs: number | null;
  /** Of the latest rating. */
  @Int({ nullable: true }) rating: number | null;
  @Time({ nullable: true }) ratedAt: number | null;
  @Flag() remarked: boolean;
  @Time({ nullable: true }) closedAt: number | null;
}

/** Sums of the facts of one month of registration along one dimension; department `*` sums all departments. */
@Entity('insight_month')
export class InsightMonthEntity {
  @KeyText(32) tenant: string;
  @KeyText(32) department: string;
  @KeyText(16) dimension: string;
  @KeyText(7) month: string;
  @KeyText(64) item: string;
  @Int() registered: number;
  @Int() open: number;
  @Int() answered: number;
  @Int() answeredOnce: number;
  @Int() slaMet: number;
  @Int() slaMissed: number;
  @Int() reopened: number;
  @Int() resolved: number;
  @Int() dissatisfied: number;
  @Int() rated1: number;
  @Int() rated2: number;
  @Int() rated3: number;
  @Int() rated4: number;
  @Int() rated5: number;
  /** Counts of the times to resolve by their length; of a fixed size, so that reading costs the same however many. */
  @Bytes() durations: Buffer;
}

/** How far the roll-up has come; its row is also the lock of whoever advances it. */
@Entity('insight_cursor')
export class InsightCursorEntity {
  @KeyText(16) id: string;
  /** `updatedAt` up to which the record has been looked through. */
  @Time() seenUpTo: number;
  @Time() advancedAt: number;
  /** Grows whenever a figure changes. */
  @Int() revision: number;
}

/** What came of talking to a citizen who was not satisfied. */
@Entity('call_outcome')
@Index('ix_call_outcome_number', ['number', 'at'])
export class CallOutcomeEntity {
  @KeyText(40) id: string;
  @Text(32) tenant: string;
  @Text(24) number: string;
  @Text(16) outcome: 'reached' | 'no_answer' | 'call_back' | 'wrong_number' | 'refused';
  @LongText({ nullable: true }) note: string | null;
  @Text(96) by: string;
  @Text(160, { nullable: true }) byName: string | null;
  @Time() at: number;
}
