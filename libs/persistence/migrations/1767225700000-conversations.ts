import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, createTable, index, int, KEY, mediumtext, NULLABLE, varchar } from './table.js';

/** What is remembered of a chat beside its workflow. */
export class Conversations1767225700000 implements MigrationInterface {
  name = 'Conversations1767225700000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'conversation_state',
      [
        varchar('contact', 64, KEY),
        varchar('tenant', 32),
        varchar('channel', 16),
        varchar('address', 191),
        varchar('external_id', 191, NULLABLE),
        varchar('via', 64, NULLABLE),
        mediumtext('state'),
        mediumtext('heard'),
        mediumtext('unsent'),
        bigint('last_inbound_at'),
        int('version'),
        bigint('updated_at'),
      ],
      [index('ix_conversation_external', 'channel', 'external_id')],
    );
    await createTable(
      runner,
      'early_report',
      [
        varchar('channel', 16, KEY),
        varchar('provider_id', 191, KEY),
        varchar('status', 16, KEY),
        bigint('at'),
        varchar('error', 500, NULLABLE),
        bigint('received_at'),
      ],
      [index('ix_early_report_received', 'received_at')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('early_report', true);
    await runner.dropTable('conversation_state', true);
  }
}
