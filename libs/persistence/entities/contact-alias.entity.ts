import { Entity } from 'typeorm';
import { KeyText, Text, Time } from './columns.js';

/** A contact that stands for somebody who was known by another one: their number has changed. */
@Entity('contact_alias')
export class ContactAliasEntity {
  /** Keyed hash of a number in use now. */
  @KeyText(64) contact: string;
  /** Whose it is: the id under which their cases stand. */
  @Text(64) identity: string;
  /** Epoch ms; what was sent earlier came from whoever had the number before. */
  @Time() since: number;
}
