import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import type { CaseStateName } from '#libs/domain/case/names';
import { LOG } from '../platform/tokens.js';

/** What is told of a changed case: enough to know which line to read anew. */
export interface CaseChange {
  number: string;
  tenant: string;
  version: number;
  state: CaseStateName;
  owner: string | null;
  accountable: string;
  department: string;
  updatedAt: number;
}

export interface Listener {
  /** `before`: what the case was when it was last seen changing here, so that whoever loses it is told too. */
  changed(change: CaseChange, before: CaseChange | undefined): void;
  /** Once a second. */
  tick(): void;
  /** The process ends. */
  end(): void;
}

const EVERY_MS = 1_000;
/** Steps commit in another order than they were timed, and clocks differ a little. */
const OVERLAP_MS = 10_000;
/** Above this the older ones are left out: a page that is told of hundreds a second reads its list anew anyway. */
const MOST_AT_ONCE = 2_000;
const REMEMBERED = 20_000;

/** Looks once a second, whoever and however many listen, at what changed in the record, and tells each change once. */
@Injectable()
export class CaseChanges implements OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private readonly last = new Map<string, CaseChange>();
  private timer: NodeJS.Timeout | null = null;
  private looking = false;
  private seenUpTo = 0;

  constructor(
    @InjectDataSource() private readonly read: DataSource,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  add(listener: Listener): void {
    this.listeners.add(listener);
    if (this.timer) return;
    this.seenUpTo = Date.now();
    this.timer = setInterval(() => void this.round(), EVERY_MS);
    this.timer.unref();
  }

  remove(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0 || !this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.last.clear();
  }

  /** What changed since then, oldest first; the newest of them where there are too many. */
  async since(at: number): Promise<CaseChange[]> {
    const rows: CaseChange[] = await this.read.query(
      `SELECT number, tenant, version, state, owner, accountable, department, updated_at AS updatedAt
       FROM grievance WHERE updated_at >= ? ORDER BY updated_at DESC LIMIT ${MOST_AT_ONCE}`,
      [at],
    );
    return rows.map((row) => ({ ...row, version: Number(row.version), updatedAt: Number(row.updatedAt) })).reverse();
  }

  onModuleDestroy(): void {
    for (const listener of this.listeners) listener.end();
  }

  private async round(): Promise<void> {
    for (const listener of this.listeners) listener.tick();
    if (this.looking) return;
    this.looking = true;
    try {
      for (const change of await this.since(this.seenUpTo - OVERLAP_MS)) this.tell(change);
    } catch (error) {
      // The stream stays open: what is missed now is found once the database answers again.
      this.log.debug({ err: error }, 'changes of cases could not be read');
    } finally {
      this.looking = false;
    }
  }

  private tell(change: CaseChange): void {
    const before = this.last.get(change.number);
    this.seenUpTo = Math.max(this.seenUpTo, change.updatedAt);
    if (before && before.version >= change.version) return;
    this.last.delete(change.number);
    this.last.set(change.number, change);
    const [oldest] = this.last.keys();
    if (this.last.size > REMEMBERED && oldest !== undefined) this.last.delete(oldest);
    for (const listener of this.listeners) listener.changed(change, before);
  }
}
