import { mapColumns, type ColumnMap } from './columns.js';
import type { CsvSource } from './csv-source.js';
import type { MasterSpec, NumberedRow, ReadRow } from './master-spec.js';
import { ProblemList } from './report.js';
import { RowReader } from './row-reader.js';

interface Need {
  row: number;
  key: string;
  column: string;
  needed: string;
  expected: string;
}

/** One pass over a file: reads every row that is not skipped, and finds what rows say about one another. */
export class Scan<C, R> {
  readonly problems = new ProblemList();
  /** Rows with content, the skipped ones too. */
  count = 0;
  private readonly firstRow = new Map<string, number>();
  private readonly needs: Need[] = [];

  constructor(
    private readonly spec: MasterSpec<C, R>,
    private readonly source: CsvSource,
    private readonly context: C,
    private readonly skip: ReadonlySet<number>,
  ) {}

  /** The good rows so far: what they need of later ones is only known at the end. */
  async *rows(): AsyncGenerator<NumberedRow<R>> {
    let columns: ColumnMap | null = null;
    for await (const { row, cells } of this.source.records()) {
      if (columns === null) {
        columns = mapColumns(cells, this.spec.columns, this.problems);
        if (columns === null) break;
        continue;
      }
      this.count += 1;
      if (this.skip.has(row)) continue;
      const read = this.read(row, cells, columns);
      if (read) yield { row, value: read.value };
    }
    if (columns === null && this.problems.errorCount === 0) {
      const expected = `a heading with ${this.spec.columns.map(({ name }) => name).join(', ')}`;
      this.problems.error({ row: 1, column: '', value: '', problem: 'required', expected });
    }
    this.checkNeeds();
  }

  private read(row: number, cells: readonly string[], columns: ColumnMap): ReadRow<R> | null {
    if (cells.slice(columns.width).some((cell) => cell.trim() !== '')) {
      const expected = `${columns.width} cells; a cell with a comma in it needs quotes`;
      this.problems.error({ row, column: '', value: cells.join(','), problem: 'too_many_cells', expected });
      return null;
    }
    const reader = new RowReader(row, cells, columns, this.problems);
    const read = this.spec.read(reader, this.context);
    if (!read) return null;
    const first = this.firstRow.get(read.key);
    if (first !== undefined) {
      reader.wrong(read.keyColumn, 'duplicate', `each once; it is in row ${first} already`);
      return null;
    }
    this.firstRow.set(read.key, row);
    for (const { column, key, expected } of read.needs ?? []) {
      this.needs.push({ row, key: read.key, column, needed: key, expected });
    }
    return read;
  }

  /** A row that needs a bad one is bad as well, and so on. */
  private checkNeeds(): void {
    let open = this.needs;
    for (;;) {
      const missing = open.filter(
        ({ needed }) => !this.firstRow.has(needed) && !this.spec.exists?.(this.context, needed),
      );
      if (missing.length === 0) return;
      for (const { row, key, column, needed, expected } of missing) {
        this.problems.error({ row, column, value: needed, problem: 'unknown', expected });
        this.firstRow.delete(key);
      }
      open = open.filter((need) => !missing.includes(need));
    }
  }
}
