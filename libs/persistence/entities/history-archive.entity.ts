import { Entity, Index } from 'typeorm';
import { Bytes, Int, KeyInt, KeyText, Text, Time } from './columns.js';

/** A closed run's history, compressed; its bytes are in the chunks. */
@Entity('history_archive')
@Index('ix_history_archive_tenant', ['tenant', 'archivedAt'])
export class HistoryArchiveEntity {
  @KeyText(24) number: string;
  /** Run id. */
  @KeyText(64) run: string;
  @Text(32) tenant: string;
  /** Order of the run in the chain of continued runs, from 0. */
  @Int() position: number;
  @Int() events: number;
  @Int() bytes: number;
  @Int() parts: number;
  @Time() archivedAt: number;
}

@Entity('history_chunk')
export class HistoryChunkEntity {
  @KeyText(24) number: string;
  @KeyText(64) run: string;
  @KeyInt() part: number;
  /** At most 60 kB. */
  @Bytes() bytes: Buffer;
}
