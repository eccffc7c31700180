import mysql from 'mysql2';
import { rowsOf, countCase, noMeasures, toRow, type Measures, type RowKey } from '#libs/insight/measures';
import type { DataSources } from '#libs/persistence/data-sources';
import { InsightMonthEntity, type CaseFactEntity } from '#libs/persistence/entities/index';
import { insertRows } from '#libs/persistence/insert-rows';
import { UnitOfWork } from '#libs/persistence/unit-of-work';

/** Each made-up case's part in the figures, from its row: what the roll-up would derive from an event log. */
const FACTS = `INSERT INTO case_fact (number, tenant, seq, month, department, category, sub_category, ward, borough, source,
  post, open, outcome, level, reopens, answered, resolve_ms, rating, rated_at, remarked, closed_at)
SELECT number, tenant, version, DATE_FORMAT(CONVERT_TZ(FROM_UNIXTIME(registered_at / 1000), @@time_zone, '+05:30'), '%Y-%m'),
  department, category, sub_category, ward, borough, source, COALESCE(owner, ''), stage < 2, outcome, level, reopens,
  stage > 0, resolved_at - registered_at, rating, closed_at, remarks IS NOT NULL, closed_at
FROM grievance ORDER BY number`;

/** Fills facts and sums of a MariaDB whose cases are there. */
export async function fillInsight(sources: DataSources, socketPath: string): Promise<void> {
  const database = String(sources.write.options.database);
  const connection = mysql.createConnection({ socketPath, user: 'root', database });
  const promised = connection.promise();
  try {
    await promised.query('SET unique_checks = 0, foreign_key_checks = 0');
    await promised.query('TRUNCATE TABLE case_fact');
    await promised.query(FACTS);
    await promised.query('ANALYZE TABLE case_fact');
    const sums = new Map<string, { key: RowKey; sum: Measures }>();
    const { columns } = sources.write.getMetadata('CaseFactEntity');
    const names = columns.map(({ databaseName, propertyName }) => `\`${databaseName}\` AS \`${propertyName}\``);
    const facts = connection.query(`SELECT ${names.join(', ')} FROM case_fact`).stream();
    for await (const fact of facts as AsyncIterable<CaseFactEntity>) add(sums, fact);
    const rows = [...sums.values()].map(({ key, sum }) => toRow(key, sum));
    await new UnitOfWork(sources).run((em) => insertRows(em, InsightMonthEntity, rows));
  } finally {
    await promised.end();
  }
}

function add(sums: Map<string, { key: RowKey; sum: Measures }>, raw: CaseFactEntity): void {
  const fact = { ...raw, open: Boolean(raw.open), answered: Boolean(raw.answered) };
  for (const key of rowsOf(fact)) {
    const text = Object.values(key).join('\n');
    let entry = sums.get(text);
    if (!entry) sums.set(text, (entry = { key, sum: noMeasures() }));
    countCase(entry.sum, fact);
  }
}
