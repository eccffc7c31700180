import { stringify } from 'csv-stringify/sync';
import type { EntityManager } from 'typeorm';
import { masterNamed } from './masters.js';

const LINES = 500;

/**
 * A master as CSV that imports to the same again, in pieces. Cells that a spreadsheet would run as formulas get an
 * apostrophe in front, which the import takes away.
 * @throws UnknownMasterError if there is no such master
 */
export async function* exportMaster(em: EntityManager, tenant: string, master: string): AsyncGenerator<string> {
  const spec = masterNamed(master);
  let lines: (readonly string[])[] = [spec.columns.map(({ name }) => name)];
  const flush = (): string => {
    const text = stringify(
      lines.map((line) => [...line]),
      { escape_formulas: true },
    );
    lines = [];
    return text;
  };
  for await (const line of spec.export(em, tenant)) {
    lines.push(line);
    if (lines.length >= LINES) yield flush();
  }
  if (lines.length > 0) yield flush();
}
