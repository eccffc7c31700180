import { Entity, Index } from 'typeorm';
import { KeyText, KeyTime } from './columns.js';

/** Inverted index for free text, alike on every engine; its key is also the order of the lists it serves. */
@Entity('grievance_word')
@Index('ix_grievance_word_number', ['number'])
export class GrievanceWordEntity {
  @KeyText(32) tenant: string;
  @KeyText(48) word: string;
  @KeyTime() registeredAt: number;
  @KeyText(24) number: string;
}
