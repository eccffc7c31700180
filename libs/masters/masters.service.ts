import type { DataSource } from 'typeorm';
import { TenantEntity } from '#libs/persistence/entities/index';
import { MastersError } from './routing.js';
import { readSnapshot, type MastersSnapshot } from './snapshot.js';

/** How long a snapshot is believed without asking whether the masters have changed. */
const CHECK_EVERY_MS = 2_000;
/** A database that does not answer by then must not delay what the cached masters can answer. */
const PATIENCE_MS = 1_000;

interface Entry {
  snapshot: MastersSnapshot;
  checkedAt: number;
}

/** The masters of all tenants in memory; re-read when a tenant's version grew, served on while the database is down. */
export class MastersService {
  private readonly entries = new Map<string, Entry>();
  private readonly pending = new Map<string, Promise<MastersSnapshot>>();
  private listed: { tenants: TenantEntity[]; at: number } | null = null;

  constructor(
    private readonly dataSources: { read: DataSource },
    private readonly options: { demo?: boolean; now?: () => number } = {},
  ) {}

  /**
   * The masters of a tenant.
   * @throws MastersError if there is no such tenant; whatever the database throws if nothing is cached yet
   */
  async snapshot(tenant: string): Promise<MastersSnapshot> {
    const entry = this.entries.get(tenant);
    if (!entry) return this.refresh(tenant);
    if (this.now() - entry.checkedAt < CHECK_EVERY_MS) return entry.snapshot;
    const fresh = this.refresh(tenant).catch((error: unknown) => {
      if (error instanceof MastersError) throw error;
      return entry.snapshot;
    });
    return withinPatience(fresh, entry.snapshot);
  }

  /** All tenants, states first. Served from memory as snapshots are. */
  async tenants(): Promise<readonly TenantEntity[]> {
    const { listed } = this;
    if (listed && this.now() - listed.at < CHECK_EVERY_MS) return listed.tenants;
    const read = this.dataSources.read.manager
      .find(TenantEntity, { order: { kind: 'ASC', code: 'ASC' } })
      .then((tenants) => {
        this.listed = { tenants, at: this.now() };
        return tenants;
      });
    return listed
      ? withinPatience(
          read.catch(() => listed.tenants),
          listed.tenants,
        )
      : read;
  }

  /** Forgets what is cached, so that whoever has just changed the masters sees the change at once. */
  forget(tenant?: string): void {
    this.listed = null;
    if (tenant === undefined) this.entries.clear();
    else this.entries.delete(tenant);
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }

  private refresh(tenant: string): Promise<MastersSnapshot> {
    const running = this.pending.get(tenant);
    if (running) return running;
    const work = this.read(tenant).finally(() => this.pending.delete(tenant));
    this.pending.set(tenant, work);
    return work;
  }

  private async read(tenant: string): Promise<MastersSnapshot> {
    const { manager } = this.dataSources.read;
    const known = this.entries.get(tenant);
    const startedAt = this.now();
    const row = await manager.findOne(TenantEntity, {
      where: { code: tenant },
      select: { code: true, mastersVersion: true },
    });
    const snapshot =
      row && known?.snapshot.version === row.mastersVersion
        ? known.snapshot
        : await readSnapshot(manager, tenant, this.options.demo ?? false);
    if (!row || !snapshot) {
      this.entries.delete(tenant);
      throw new MastersError('tenant', 'unknown', `there is no tenant ${tenant}`);
    }
    this.entries.set(tenant, { snapshot, checkedAt: startedAt });
    return snapshot;
  }
}

async function withinPatience<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
