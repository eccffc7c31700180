import { stringify } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import writeXlsxFile from 'write-excel-file/node';
import { choiceOf, type RawQuery } from './insight-query.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FORMATS = ['json', 'csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

export type Cell = string | number | null;
export interface Table {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** What was asked for by `format`, else by the Accept header. */
export function formatOf({ headers }: FastifyRequest, query: RawQuery): Format {
  const accept = headers.accept ?? '';
  const accepted = accept.includes(XLSX) ? 'xlsx' : accept.includes('text/csv') ? 'csv' : 'json';
  return choiceOf(query, 'format', FORMATS, accepted);
}

/** Sends a table as a file; texts that a spreadsheet would take for a formula are made harmless. */
export async function fileOf(
  { columns, rows }: Table,
  format: Exclude<Format, 'json'>,
  name: string,
  reply: FastifyReply,
): Promise<Buffer> {
  void reply
    .header('Content-Disposition', `attachment; filename="${name}.${format}"`)
    .header('Cache-Control', 'no-store')
    .type(format === 'csv' ? 'text/csv; charset=utf-8' : XLSX);
  if (format === 'csv') {
    const text = stringify([[...columns], ...rows.map((row) => [...row])], {
      escape_formulas: true,
      bom: true,
      record_delimiter: 'windows',
    });
    return Buffer.from(text, 'utf8');
  }
  const head = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    row.map((value) =>
      value === null ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String },
    ),
  );
  return writeXlsxFile([head, ...body], { sheet: name.slice(0, 31), stickyRowsCount: 1 }).toBuffer();
}
