import type { EntityManager } from 'typeorm';
import type { ImportReport, RowProblem } from '#libs/contracts/api/masters';

/** The one way to write, as `UnitOfWork` offers it. */
export interface Writer {
  run<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
}

export interface ImportOptions {
  /** Absent: a dry run, which does the same and is rolled back. */
  apply?: boolean;
  /** Takes the good rows although others are bad; absent: all or nothing. */
  takeGoodRows?: boolean;
  /** Person id of who imports, for the audit trail. */
  by?: string;
}

export function emptyReport(master: string, tenant: string | null): ImportReport {
  return {
    master,
    tenant,
    encoding: 'utf-8',
    applied: false,
    rows: 0,
    good: 0,
    bad: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    errors: [],
    errorCount: 0,
    warnings: [],
    warningCount: 0,
  };
}

/** A file of mistakes must not fill the memory with them. */
const MOST_PROBLEMS = 1_000;
const MOST_VALUE = 200;

/** Collects what is found in one pass over the file. */
export class ProblemList {
  readonly errors: RowProblem[] = [];
  readonly warnings: RowProblem[] = [];
  readonly badRows = new Set<number>();
  errorCount = 0;
  warningCount = 0;

  error(problem: RowProblem): void {
    this.errorCount += 1;
    this.badRows.add(problem.row);
    if (this.errors.length < MOST_PROBLEMS) this.errors.push(shortened(problem));
  }

  warn(problem: RowProblem): void {
    this.warningCount += 1;
    if (this.warnings.length < MOST_PROBLEMS) this.warnings.push(shortened(problem));
  }

  /** Adds what another pass over the same file has found, each thing once. */
  include(other: ProblemList): void {
    const told = new Set([...this.errors, ...this.warnings].map((each) => JSON.stringify(each)));
    const fresh = (list: readonly RowProblem[]): RowProblem[] => list.filter((each) => !told.has(JSON.stringify(each)));
    const [errors, warnings] = [fresh(other.errors), fresh(other.warnings)];
    for (const error of errors) this.error(error);
    for (const warning of warnings) this.warn(warning);
    for (const row of other.badRows) this.badRows.add(row);
    this.errorCount += other.errorCount - other.errors.length;
    this.warningCount += other.warningCount - other.warnings.length;
  }
}

function shortened(problem: RowProblem): RowProblem {
  const value = problem.value.length > MOST_VALUE ? `${problem.value.slice(0, MOST_VALUE)}…` : problem.value;
  return { ...problem, value };
}

/** The file cannot be read as a table at all: nothing of it is taken. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';

  constructor(readonly problem: RowProblem) {
    super(`row ${problem.row}: ${problem.problem}, expected ${problem.expected}`);
  }
}
