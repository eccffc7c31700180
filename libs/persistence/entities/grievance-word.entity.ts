import { Entity, Index } from 'typeorm';
import { KeyText } from './columns.js';

/** Inverted index for free text, alike on every engine. */
@Entity('grievance_word')
@Index('ix_grievance_word_number', ['number'])
export class GrievanceWordEntity {
  @KeyText(32) tenant: string;
  @KeyText(48) word: string;
  @KeyText(24) number: string;
}
