import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ImportReport } from '#libs/contracts/api/masters';
import { AuditEntity, TenantEntity } from '#libs/persistence/entities/index';
import { CsvSource, type CsvInput } from './csv-source.js';
import { NO_CHANGES, sumOf, type Counts, type Finding, type MasterSpec, type NumberedRow } from './master-spec.js';
import { masterNamed } from './masters.js';
import { emptyReport, ProblemList, UnreadableFileError, type ImportOptions, type Writer } from './report.js';
import { Scan } from './scan.js';
import { importWardPolygons, looksLikeJson } from './ward-polygons.js';

const BATCH = 500;

/**
 * Imports one master from a CSV file (wards also take a GeoJSON file with their polygons).
 * @param tenant for `tenants` the one at or below which they must lie, or null for anywhere
 * @throws UnknownMasterError if there is no such master; whatever the database throws
 */
export async function importMaster(
  uow: Writer,
  tenant: string | null,
  master: string,
  input: CsvInput,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const spec = masterNamed(master);
  if (spec.name === 'wards' && looksLikeJson(input)) return importWardPolygons(uow, tenant ?? '', input, options);
  const report = emptyReport(spec.name, tenant);
  let source: CsvSource;
  try {
    source = await CsvSource.from(input);
  } catch (error) {
    return unreadable(report, error);
  }
  try {
    report.encoding = source.encoding;
    return await new Import(uow, tenant ?? '', spec, source, options, report).run();
  } finally {
    await source.close();
  }
}

function unreadable(report: ImportReport, error: unknown): ImportReport {
  if (!(error instanceof UnreadableFileError)) throw error;
  return { ...report, errors: [error.problem], errorCount: 1 };
}

/** Ends the transaction without keeping what it wrote; carries what there is to report. */
class RolledBack extends Error {
  constructor(readonly outcome: Outcome) {
    super('rolled back');
  }
}

interface Outcome {
  problems: ProblemList;
  rows: number;
  counts: Counts;
  applied: boolean;
}

class Import<C, R> {
  constructor(
    private readonly uow: Writer,
    private readonly tenant: string,
    private readonly spec: MasterSpec<C, R>,
    private readonly source: CsvSource,
    private readonly options: ImportOptions,
    private readonly report: ImportReport,
  ) {}

  async run(): Promise<ImportReport> {
    const unknown = await this.tenantProblem();
    if (unknown) return { ...this.report, errors: [unknown], errorCount: 1 };
    try {
      const checked = await this.check();
      if (!this.mayWrite(checked.problems)) return this.reported(checked);
      const written = await this.write(checked.problems.badRows);
      // What the first pass refused belongs into the report of the second, which no longer looked at those rows.
      written.problems.include(checked.problems);
      return this.reported(written);
    } catch (error) {
      return unreadable(this.report, error);
    }
  }

  private async tenantProblem(): Promise<Finding | null> {
    const known = await this.uow.run((em) => em.countBy(TenantEntity, { code: this.tenant }));
    const expected = 'the code of a tenant';
    if (known > 0 || (this.spec.name === 'tenants' && this.tenant === '')) return null;
    return { row: 0, column: 'tenant', value: this.tenant, problem: 'unknown', expected };
  }

  private mayWrite({ errorCount, badRows }: ProblemList): boolean {
    return errorCount === 0 || (this.options.takeGoodRows === true && !badRows.has(1));
  }

  /** First pass: everything that can be said without writing, outside any transaction. */
  private async check(): Promise<Outcome> {
    const context = await this.uow.run((em) => this.spec.context(em, this.tenant));
    const scan = new Scan(this.spec, this.source, context, new Set());
    const rows: NumberedRow<R>[] = [];
    for await (const row of scan.rows()) if (this.spec.whole) rows.push(row);
    this.checkWhole(rows, context, scan.problems);
    return { problems: scan.problems, rows: scan.count, counts: NO_CHANGES, applied: false };
  }

  /** Leaving bad rows out may make others bad, as a level above a missing one; so until nothing more is found. */
  private checkWhole(rows: readonly NumberedRow<R>[], context: C, problems: ProblemList): NumberedRow<R>[] {
    let good = rows.filter(({ row }) => !problems.badRows.has(row));
    // Without a good row the whole would only be called empty, on top of what is wrong with each.
    const nothingLeft = good.length === 0 && problems.errorCount > 0;
    if (!this.spec.whole || problems.badRows.has(1) || nothingLeft) return good;
    for (;;) {
      const findings = this.spec.whole(good, context);
      for (const finding of findings) this.note(finding, problems);
      const next = good.filter(({ row }) => !problems.badRows.has(row));
      if (findings.length === 0 || !this.options.takeGoodRows || next.length === good.length) return next;
      good = next;
    }
  }

  private note({ warning, ...finding }: Finding, problems: ProblemList): void {
    if (warning) problems.warn(finding);
    else problems.error(finding);
  }

  /** Second pass: reads again, against the masters as they are inside the transaction, and writes in batches. */
  private async write(skip: ReadonlySet<number>): Promise<Outcome> {
    try {
      return await this.uow.run(async (em) => {
        await this.lock(em);
        const outcome = await this.writeAll(em, skip);
        const changes = outcome.counts.created + outcome.counts.updated;
        if (!this.options.apply || changes === 0 || outcome.problems.errorCount > 0) throw new RolledBack(outcome);
        await this.audit(em, outcome);
        return { ...outcome, applied: true };
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
      // With nothing to change there was nothing to keep either: the file has been applied.
      const { problems, counts } = error.outcome;
      const settled = problems.errorCount === 0 && counts.created + counts.updated === 0;
      return { ...error.outcome, applied: this.options.apply === true && settled };
    }
  }

  /** Imports of one tenant come one after the other, and caches see that its masters have changed. */
  private async lock(em: EntityManager): Promise<void> {
    const update = em
      .createQueryBuilder()
      .update(TenantEntity)
      .set({ mastersVersion: () => 'masters_version + 1' });
    await (this.spec.name === 'tenants' ? update : update.where('code = :tenant', { tenant: this.tenant })).execute();
  }

  private async writeAll(em: EntityManager, skip: ReadonlySet<number>): Promise<Outcome> {
    const context = await this.spec.context(em, this.tenant);
    const scan = new Scan(this.spec, this.source, context, skip);
    let counts = NO_CHANGES;
    let batch: NumberedRow<R>[] = [];
    const flush = async (): Promise<void> => {
      if (batch.length > 0) counts = sumOf(counts, await this.spec.write(em, context, batch));
      batch = [];
    };
    for await (const row of scan.rows()) {
      batch.push(row);
      if (!this.spec.whole && batch.length >= BATCH) await flush();
    }
    if (this.spec.whole) batch = this.checkWhole(batch, context, scan.problems);
    if (scan.problems.errorCount === 0) {
      await flush();
      const finished = await this.spec.finish?.(em, context);
      counts = sumOf(counts, finished?.counts ?? NO_CHANGES);
      for (const finding of finished?.findings ?? []) this.note(finding, scan.problems);
    }
    return { problems: scan.problems, rows: scan.count, counts, applied: false };
  }

  private async audit(em: EntityManager, { counts, rows }: Outcome): Promise<void> {
    if (this.options.by === undefined) return;
    const detail = { rows, ...counts, takeGoodRows: this.options.takeGoodRows ?? false };
    await em.insert(AuditEntity, {
      id: randomUUID(),
      at: Date.now(),
      tenant: this.tenant,
      actor: this.options.by,
      action: 'import',
      subject: this.spec.name,
      detail,
    });
  }

  private reported({ problems, rows, counts, applied }: Outcome): ImportReport {
    const { errors, errorCount, warnings, warningCount, badRows } = problems;
    const bad = badRows.has(1) ? rows : [...badRows].filter((row) => row > 1).length;
    const byRow = (a: Finding, b: Finding): number => a.row - b.row;
    return {
      ...this.report,
      applied,
      rows,
      good: rows - bad,
      bad,
      ...counts,
      errors: [...errors].sort(byRow),
      errorCount,
      warnings: [...warnings].sort(byRow),
      warningCount,
    };
  }
}
