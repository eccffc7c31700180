import { randomUUID } from 'node:crypto';
import { In, type EntityManager } from 'typeorm';
import { HoldingEntity } from '#libs/persistence/entities/index';
import { insertRows } from '#libs/persistence/insert-rows';
import { nameKey } from './text.js';

/** Who should hold a post (or act for its holder) from now on; null: nobody. */
export interface WantedHolding {
  person: string;
  mobile: string | null;
  username?: string | null;
  /** Epoch ms; absent: as it is, or at once. */
  from?: number;
  /** Epoch ms, exclusive; null: until further notice; absent: as it is. */
  to?: number | null;
}

export interface HoldingChange {
  position: string;
  kind: 'holder' | 'delegate';
  wanted: WantedHolding | null;
}

export function holdingsOf(em: EntityManager, tenant: string, positions: readonly string[]): Promise<HoldingEntity[]> {
  return em.findBy(HoldingEntity, { tenant, position: In([...positions]) });
}

/**
 * Brings the holdings to what is wanted: the same person is updated, another one hands over (his time ends when the
 * new one's begins), nobody ends it. What is past stays for the record. Answers the positions that changed.
 * @param stored holdings of the positions concerned
 */
export async function changeHoldings(
  em: EntityManager,
  tenant: string,
  changes: readonly HoldingChange[],
  stored: readonly HoldingEntity[],
  now: number,
): Promise<Set<string>> {
  const changed = new Set<string>();
  const fresh: HoldingEntity[] = [];
  const updated: HoldingEntity[] = [];
  const removed: string[] = [];
  const byPosition = new Map<string, HoldingEntity[]>();
  for (const holding of stored)
    byPosition.set(holding.position, [...(byPosition.get(holding.position) ?? []), holding]);
  for (const { position, kind, wanted } of changes) {
    const all = (byPosition.get(position) ?? []).filter((holding) => holding.kind === kind);
    const current = all.filter(({ validTo }) => validTo === null || validTo > now);
    const same = wanted && current.find((holding) => isSame(holding, wanted));
    const start = wanted?.from ?? (all.length === 0 ? 0 : now);
    for (const holding of current) {
      if (holding === same) continue;
      changed.add(position);
      if (holding.validFrom >= start) removed.push(holding.id);
      else updated.push({ ...holding, validTo: Math.max(start, now) });
    }
    if (!wanted) continue;
    const next = same ? revised(same, wanted) : newHolding(tenant, position, kind, wanted, start);
    if (same && JSON.stringify(next) === JSON.stringify(same)) continue;
    changed.add(position);
    (same ? updated : fresh).push(next);
  }
  if (removed.length > 0) await em.delete(HoldingEntity, { id: In(removed) });
  for (const holding of updated) await em.update(HoldingEntity, { id: holding.id }, holding);
  await insertRows(em, HoldingEntity, fresh);
  return changed;
}

function isSame(holding: HoldingEntity, wanted: WantedHolding): boolean {
  return (
    nameKey(holding.person) === nameKey(wanted.person) || (wanted.mobile !== null && holding.mobile === wanted.mobile)
  );
}

function revised(holding: HoldingEntity, wanted: WantedHolding): HoldingEntity {
  return {
    ...holding,
    person: wanted.person,
    mobile: wanted.mobile,
    username: holding.username ?? wanted.username ?? null,
    validFrom: wanted.from === undefined || sameDay(wanted.from, holding.validFrom) ? holding.validFrom : wanted.from,
    validTo: wanted.to === undefined || sameEnd(wanted.to, holding.validTo) ? holding.validTo : wanted.to,
  };
}

const DAY = 24 * 3_600_000;

/** A file knows days, a hand-over moments: the day of the moment does not move it to midnight. */
function sameDay(midnight: number, moment: number): boolean {
  return moment >= midnight && moment < midnight + DAY;
}

function sameEnd(midnight: number | null, moment: number | null): boolean {
  return midnight !== null && moment !== null && moment <= midnight && moment > midnight - DAY;
}

function newHolding(
  tenant: string,
  position: string,
  kind: 'holder' | 'delegate',
  wanted: WantedHolding,
  start: number,
): HoldingEntity {
  return {
    id: randomUUID(),
    tenant,
    position,
    kind,
    username: wanted.username ?? null,
    person: wanted.person,
    mobile: wanted.mobile,
    validFrom: start,
    validTo: wanted.to ?? null,
  };
}
