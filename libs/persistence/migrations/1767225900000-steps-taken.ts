import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, bigint } from './table.js';

/** When the workflow took the step of an event; 0 for those from before. */
export class StepsTaken1767225900000 implements MigrationInterface {
  name = 'StepsTaken1767225900000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'grievance_event', bigint('taken_at', { default: 0 }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('grievance_event', 'taken_at');
  }
}
