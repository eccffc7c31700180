import { TableIndex, type QueryRunner } from 'typeorm';
import { createTable, KEY, NULLABLE, bigint, blob, boolean, index, int, text, varchar } from './table.js';

const CHANGED = index('ix_grievance_updated', 'updated_at');

/** What figures and live lists need, as of the first release. */
export async function createInsight(runner: QueryRunner): Promise<void> {
  const cases = await runner.getTable('grievance');
  if (!cases?.indices.some(({ name }) => name === CHANGED.name))
    await runner.createIndex('grievance', new TableIndex(CHANGED));
  await createTable(
    runner,
    'case_fact',
    [
      varchar('number', 24, KEY),
      varchar('tenant', 32),
      int('seq'),
      varchar('month', 7),
      varchar('department', 32),
      varchar('category', 64),
      varchar('sub_category', 64),
      varchar('ward', 32),
      varchar('borough', 32),
      varchar('source', 32),
      varchar('post', 64),
      boolean('open'),
      varchar('outcome', 16, NULLABLE),
      int('level'),
      int('reopens'),
      boolean('answered'),
      bigint('resolve_ms', NULLABLE),
      int('rating', NULLABLE),
      bigint('rated_at', NULLABLE),
      boolean('remarked'),
      bigint('closed_at', NULLABLE),
    ],
    [
      index('ix_case_fact_outcome', 'tenant', 'outcome', 'closed_at', 'number'),
      index('ix_case_fact_rated', 'tenant', 'sub_category', 'rating', 'rated_at', 'number'),
    ],
  );
  await createTable(runner, 'insight_month', [
    varchar('tenant', 32, KEY),
    varchar('department', 32, KEY),
    varchar('dimension', 16, KEY),
    varchar('month', 7, KEY),
    varchar('item', 64, KEY),
    int('registered'),
    int('open'),
    int('answered'),
    int('answered_once'),
    int('sla_met'),
    int('sla_missed'),
    int('reopened'),
    int('resolved'),
    int('dissatisfied'),
    int('rated1'),
    int('rated2'),
    int('rated3'),
    int('rated4'),
    int('rated5'),
    blob('durations'),
  ]);
  await createTable(runner, 'insight_cursor', [
    varchar('id', 16, KEY),
    bigint('seen_up_to'),
    bigint('advanced_at'),
    int('revision'),
  ]);
  await createTable(
    runner,
    'call_outcome',
    [
      varchar('id', 40, KEY),
      varchar('tenant', 32),
      varchar('number', 24),
      varchar('outcome', 16),
      text('note', NULLABLE),
      varchar('by', 96),
      varchar('by_name', 160, NULLABLE),
      bigint('at'),
    ],
    [index('ix_call_outcome_number', 'number', 'at')],
  );
}
