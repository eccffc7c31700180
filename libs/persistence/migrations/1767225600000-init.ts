import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createCases } from './1767225600000-init-cases.js';
import { createInsight } from './1767225600000-init-insight.js';
import { createMasters } from './1767225600000-init-masters.js';

/** The first schema. */
export class Init1767225600000 implements MigrationInterface {
  name = 'Init1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type !== 'better-sqlite3') {
      // Compare bytes as SQLite does, and hold every script whatever the server's default is.
      await runner.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
    }
    await createMasters(runner);
    await createCases(runner);
    await createInsight(runner);
  }

  async down(): Promise<void> {
    throw new Error('The first schema is not taken back: restore a backup instead');
  }
}
