import type { EntityManager } from 'typeorm';
import { formatNumber } from '../domain/numbers/index.js';
import { NumberBlockEntity } from '../persistence/entities/index.js';
import type { UnitOfWork } from '../persistence/unit-of-work.js';

const BLOCK = 200;
/**
 * Refilled in the background from here on, so that a registration does not wait for the database, and so that a process
 * has at least a hundred numbers whenever the database goes away.
 */
const LOW_WATER = 120;
const PAUSE_AFTER_FAILURE_MS = 1_000;

interface Pool {
  /** Blocks still to be handed out, oldest first; `end` is not part of the block. */
  blocks: { next: number; end: number }[];
  refill: Promise<void> | null;
  /** The database did not give a block: not asked again in the background before, epoch ms. */
  notBefore: number;
}

export interface NumberedTenant {
  code: string;
  prefix: string;
  /** IANA zone: the year of a number is the year in the city. */
  zone: string;
}

/**
 * Grievance numbers from blocks that each process reserves in advance. A block that was not used up when the process
 * ended is a gap in the numbers and nothing else: no number is ever given out twice.
 */
export class NumberSource {
  private readonly pools = new Map<string, Pool>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async next(tenant: NumberedTenant, now: number): Promise<string> {
    const year = yearIn(tenant.zone, now);
    const pool = this.poolOf(`${tenant.code}/${year}`);
    while (left(pool) === 0) await this.refill(pool, tenant.code, year);
    const block = pool.blocks[0];
    if (!block) return this.next(tenant, now);
    const sequence = block.next++;
    if (block.next >= block.end) pool.blocks.shift();
    if (left(pool) < LOW_WATER && Date.now() >= pool.notBefore) {
      // A failure here is met again, and reported, by the registration that finds the pool empty.
      void this.refill(pool, tenant.code, year).catch(() => (pool.notBefore = Date.now() + PAUSE_AFTER_FAILURE_MS));
    }
    return formatNumber(tenant.prefix, year % 100, sequence);
  }

  /** Takes the first block of a city before anybody asks for a number. */
  async prepare({ code, zone }: NumberedTenant, now: number): Promise<void> {
    const year = yearIn(zone, now);
    const pool = this.poolOf(`${code}/${year}`);
    if (left(pool) < LOW_WATER) await this.refill(pool, code, year);
  }

  private poolOf(key: string): Pool {
    let pool = this.pools.get(key);
    if (!pool) this.pools.set(key, (pool = { blocks: [], refill: null, notBefore: 0 }));
    return pool;
  }

  private refill(pool: Pool, tenant: string, year: number): Promise<void> {
    pool.refill ??= this.unitOfWork
      .run((em) => reserve(em, tenant, year))
      .then((first) => void pool.blocks.push({ next: first, end: first + BLOCK }))
      .finally(() => {
        pool.refill = null;
      });
    return pool.refill;
  }
}

async function reserve(em: EntityManager, tenant: string, year: number): Promise<number> {
  await em.createQueryBuilder().insert().into(NumberBlockEntity).values({ tenant, year, next: 1 }).orIgnore().execute();
  // The increment takes the row's lock, so that of two processes one reads what the other has left.
  await em.increment(NumberBlockEntity, { tenant, year }, 'next', BLOCK);
  const row = await em.findOneByOrFail(NumberBlockEntity, { tenant, year });
  return row.next - BLOCK;
}

function left(pool: Pool): number {
  return pool.blocks.reduce((sum, block) => sum + block.end - block.next, 0);
}

const years = new Map<string, Intl.DateTimeFormat>();

function yearIn(zone: string, at: number): number {
  let format = years.get(zone);
  if (!format) years.set(zone, (format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric' })));
  return Number(format.format(at));
}
