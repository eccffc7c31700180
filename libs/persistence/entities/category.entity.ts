import { Entity } from 'typeorm';
import { KeyText, Text } from './columns.js';

/** What a category is called; the sub-categories carry its code. */
@Entity('category')
export class CategoryEntity {
  @KeyText(32) tenant: string;
  @KeyText(64) code: string;
  @Text(160) name: string;
  @Text(160, { nullable: true }) nameBn: string | null;
  @Text(160, { nullable: true }) nameHi: string | null;
}
