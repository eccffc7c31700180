import { setTimeout as sleep } from 'node:timers/promises';
import { In, type DataSource } from 'typeorm';
import type { CaseState } from '#libs/domain/case/types';
import { GrievanceEntity } from '#libs/persistence/entities/index';

const LOOK_EVERY_MS = 100;
/** Rows are stamped before their transaction ends. */
const OVERLAP_MS = 3_000;

type Watch = (state: CaseState) => boolean;

/** The eye of the story: sees every case of a city as its record changes. */
export class Watcher {
  private readonly states = new Map<string, CaseState>();
  private readonly watches = new Map<string, Set<Watch>>();
  private running: Promise<void> | null = null;
  private ended = false;
  private since = 0;

  constructor(
    private readonly read: DataSource,
    private readonly tenant: string,
  ) {}

  start(): void {
    this.since = Date.now() - OVERLAP_MS;
    this.running = this.look();
  }

  async stop(): Promise<void> {
    this.ended = true;
    await this.running;
  }

  stateOf(number: string): CaseState | undefined {
    return this.states.get(number);
  }

  /** The case as soon as its record fulfils the condition; rejects when that does not happen in time. */
  until(number: string, condition: Watch, patienceMs: number): Promise<CaseState> {
    const state = this.states.get(number);
    if (state && condition(state)) return Promise.resolve(state);
    return new Promise((resolve, reject) => {
      const watches = this.watches.get(number) ?? new Set();
      this.watches.set(number, watches);
      const watch = (next: CaseState): boolean => {
        if (!condition(next)) return false;
        clearTimeout(timer);
        resolve(next);
        return true;
      };
      const timer = setTimeout(() => {
        watches.delete(watch);
        reject(new Error(`${number} stays ${this.states.get(number)?.state ?? 'unrecorded'}`));
      }, patienceMs);
      watches.add(watch);
    });
  }

  private async look(): Promise<void> {
    while (!this.ended) {
      const now = Date.now();
      const rows = await this.read.manager
        .createQueryBuilder(GrievanceEntity, 'g')
        .select(['g.number', 'g.version'])
        .where('g.tenant = :tenant AND g.updatedAt >= :since', { tenant: this.tenant, since: this.since })
        .getMany();
      this.since = now - OVERLAP_MS;
      const changed = rows.filter(({ number, version }) => (this.states.get(number)?.version ?? 0) < version);
      if (changed.length > 0) {
        const where = { number: In(changed.map(({ number }) => number)) };
        const found = await this.read.manager.find(GrievanceEntity, {
          select: { number: true, snapshot: true },
          where,
        });
        for (const { number, snapshot } of found) this.see(number, snapshot);
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  private see(number: string, state: CaseState): void {
    if ((this.states.get(number)?.version ?? 0) >= state.version) return;
    this.states.set(number, state);
    const watches = this.watches.get(number);
    for (const watch of watches ?? []) if (watch(state)) watches?.delete(watch);
  }
}
