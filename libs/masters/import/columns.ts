import type { ProblemList } from './report.js';
import { tidy } from './text.js';

export interface ColumnSpec {
  name: string;
  /** Other headings for it, beside its name in any case and with any separators. */
  aliases?: readonly string[];
  required?: boolean;
}

export interface ColumnMap {
  /** Column name → place in the row. */
  index: ReadonlyMap<string, number>;
  /** Column name → its heading in the file, as the reader knows it. */
  headings: ReadonlyMap<string, string>;
  width: number;
}

function headingKey(heading: string): string {
  return tidy(heading)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');
}

/** Finds the columns by their headings; null if one that is needed is missing or there twice. */
export function mapColumns(
  heading: readonly string[],
  specs: readonly ColumnSpec[],
  problems: ProblemList,
): ColumnMap | null {
  const known = new Map<string, string>();
  for (const { name, aliases = [] } of specs) for (const each of [name, ...aliases]) known.set(headingKey(each), name);
  const index = new Map<string, number>();
  const headings = new Map<string, string>();
  let usable = true;
  for (const [at, text] of heading.entries()) {
    const column = tidy(text);
    const name = known.get(headingKey(text));
    if (column === '') continue;
    if (name === undefined) {
      problems.warn({
        row: 1,
        column,
        value: column,
        problem: 'unknown',
        expected: `one of ${list(specs)}; it is ignored`,
      });
    } else if (index.has(name)) {
      usable = false;
      problems.error({ row: 1, column, value: column, problem: 'duplicate', expected: `one column for ${name}` });
    } else {
      index.set(name, at);
      headings.set(name, column);
    }
  }
  for (const { name, required } of specs) {
    if (!required || index.has(name)) continue;
    usable = false;
    problems.error({ row: 1, column: name, value: '', problem: 'required', expected: `a column headed ${name}` });
  }
  return usable ? { index, headings, width: heading.length } : null;
}

function list(specs: readonly ColumnSpec[]): string {
  return specs.map(({ name }) => name).join(', ');
}
