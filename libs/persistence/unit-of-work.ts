import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { DataSources } from './data-sources.js';
import { isConflict, isUnreachable, recordError } from './record-errors.js';

/** How long conflicts are tried again before the record counts as unavailable, milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * The one way to write. Each unit is one transaction; on SQLite one unit runs at a time, because all of a process's
 * statements share one connection, and a statement of another request would be committed or rolled back with it.
 *
 * The work may run more than once (deadlock, busy), so it does nothing but talk to the given manager.
 * Throws `RecordUnavailableError` when the database cannot be reached, and whatever the work throws.
 */
export class UnitOfWork {
  private readonly inside = new AsyncLocalStorage<true>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly sources: DataSources) {}

  async run<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    if (this.inside.getStore()) throw new Error('Units of work do not nest: pass the entity manager on instead');
    const attempt = () => this.inside.run(true, () => this.persist(work));
    if (this.sources.engine !== 'sqlite') return attempt();
    const turn = this.queue.then(attempt, attempt);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async persist<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (let pause = 2; ; pause = Math.min(pause * 2, 200)) {
      try {
        return await this.once(work);
      } catch (error) {
        if (!isConflict(error) || Date.now() > giveUpAt) throw recordError(error);
        await sleep(pause * (0.5 + Math.random()));
      }
    }
  }

  private async once<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.sources.write.createQueryRunner();
    try {
      await this.begin(runner);
      const result = await work(runner.manager);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // A connection that timed out still owes an answer: it must not go back to the pool.
      if (isUnreachable(error)) await this.abandon(runner);
      else if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => this.abandon(runner));
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** On SQLite the write lock is taken at once: a transaction that read first could not be upgraded later. */
  private async begin(runner: QueryRunner): Promise<void> {
    if (this.sources.engine !== 'sqlite') return runner.startTransaction();
    await runner.query('BEGIN IMMEDIATE');
    this.count(runner, 1);
  }

  /** TypeORM keeps count of the transactions it began itself; this one it must be told of. */
  private count(runner: QueryRunner, depth: 0 | 1): void {
    Object.assign(runner, { isTransactionActive: depth > 0, transactionDepth: depth });
  }

  private async abandon(runner: QueryRunner): Promise<void> {
    if (this.sources.engine === 'sqlite') {
      // SQLite may have rolled back by itself (disk full); the shared runner must not stay inside a transaction.
      if (runner.isTransactionActive) await runner.query('ROLLBACK').catch(() => undefined);
      this.count(runner, 0);
      return;
    }
    const connection = (runner as unknown as { databaseConnection?: { destroy(): void } }).databaseConnection;
    connection?.destroy();
  }
}
