import { Entity } from 'typeorm';
import { Int, Json, KeyText, Text } from './columns.js';

/** Something that helps the officer to know about a complaint of this kind; nobody has to answer it. */
@Entity('category_question')
export class CategoryQuestionEntity {
  @KeyText(32) tenant: string;
  @KeyText(64) subCategory: string;
  @KeyText(32) code: string;
  @Int() position: number;
  @Text(16) kind: 'text' | 'number' | 'choice';
  @Text(200) question: string;
  @Text(200, { nullable: true }) questionBn: string | null;
  @Text(200, { nullable: true }) questionHi: string | null;
  /** Of a choice. */
  @Json({ nullable: true }) choices: { code: string; en: string; bn?: string; hi?: string }[] | null;
}

/** What the complainant of one case answered; a table of its own, because no list reads it. */
@Entity('case_answers')
export class CaseAnswersEntity {
  @KeyText(24) number: string;
  /** By the question's code. */
  @Json() answers: Record<string, string>;
}
