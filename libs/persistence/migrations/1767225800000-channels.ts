import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, bigint, createTable, int, KEY, NULLABLE, text, varchar } from './table.js';

/** Numbers that changed hands, each city's own channels, and what a category asks of whoever complains. */
export class Channels1767225800000 implements MigrationInterface {
  name = 'Channels1767225800000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'contact_alias', [varchar('contact', 64, KEY), varchar('identity', 64), bigint('since')]);
    await createTable(runner, 'tenant_channel', [
      varchar('tenant', 32, KEY),
      varchar('channel', 16, KEY),
      text('sealed'),
      varchar('key_id', 16),
      varchar('updated_by', 191),
      bigint('updated_at'),
    ]);
    await createTable(runner, 'category_question', [
      varchar('tenant', 32, KEY),
      varchar('sub_category', 64, KEY),
      varchar('code', 32, KEY),
      int('position'),
      varchar('kind', 16),
      varchar('question', 200),
      varchar('question_bn', 200, NULLABLE),
      varchar('question_hi', 200, NULLABLE),
      text('choices', NULLABLE),
    ]);
    await addColumn(runner, 'app_user', varchar('email', 254, NULLABLE));
    await createTable(runner, 'case_answers', [varchar('number', 24, KEY), text('answers')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('app_user', 'email');
    for (const table of ['case_answers', 'category_question', 'tenant_channel', 'contact_alias'])
      await runner.dropTable(table, true);
  }
}
