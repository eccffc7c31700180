import type { CityInfo, Place, World } from '#libs/dialogue/types';
import { findWard, namesFrom, wardAt, type MastersService, type MastersSnapshot } from '#libs/masters/index';
import type { DataSources } from '#libs/persistence/data-sources';
import { GrievanceEntity, type TenantEntity } from '#libs/persistence/entities/index';

/** How long the cities are believed: with many of them, asking each for its version costs more than it tells. */
const FRESH_MS = 20_000;
/** In a demo anybody may write to any number. */
const MOST_NUMBERS = 500;
const FREQUENT_FRESH_MS = 10 * 60_000;
const FREQUENT_SINCE_MS = 180 * 24 * 3_600_000;
/** Degrees around a city's wards that count as near it: about 10 km. */
const NEAR = 0.1;
/** Beyond that, about 150 km from any city on the map, a place is outside for certain. */
const FAR = 1.4;

interface ChatSettings {
  /** Off in a pilot until the city takes part. */
  enabled?: unknown;
  /** Only these wards take part. */
  wards?: unknown;
  /** The provider's ids of the city's own numbers. */
  numbers?: unknown;
}

interface City {
  info: CityInfo;
  snapshot: MastersSnapshot;
  bounds: { west: number; south: number; east: number; north: number } | null;
}

interface Served {
  cities: readonly City[];
  /** The same list as long as the cities are the same. */
  infos: readonly CityInfo[];
}

/** Makes the world in which a dialogue takes its step, from masters that are in memory. */
export class ChatWorlds {
  private readonly known = new Map<string, { at: number; served: Promise<Served> }>();
  private readonly frequent = new Map<string, { at: number; counts: ReadonlyMap<string, number> }>();

  constructor(
    private readonly masters: MastersService,
    private readonly sources: Pick<DataSources, 'read'>,
    private readonly site: string,
  ) {}

  /** @param via our number that was written to: a city's own number serves that city alone */
  async world(root: string, via: string | undefined, now: number): Promise<World> {
    const { cities, infos } = await this.served(root, via, now);
    return {
      now,
      cities: infos,
      placeOf: (lat, lon) => placeOf(cities, lat, lon),
      link: (number) => `${this.site}/c/${number}`,
      site: this.site,
    };
  }

  /** Our numbers at the provider, as the cities' settings name them. */
  async numbers(): Promise<ReadonlySet<string>> {
    const tenants = await this.masters.tenants();
    return new Set(tenants.flatMap((tenant) => numbersOf(tenant)));
  }

  private async served(root: string, via: string | undefined, now: number): Promise<Served> {
    const key = `${root}/${via ?? ''}`;
    const known = this.known.get(key);
    if (known && now - known.at < FRESH_MS) return known.served;
    const served = this.read(root, via, now).then((cities) => ({ cities, infos: cities.map(({ info }) => info) }));
    if (this.known.size > MOST_NUMBERS) this.known.clear();
    this.known.set(key, { at: now, served });
    served.catch(() => this.known.delete(key));
    return served;
  }

  private async read(root: string, via: string | undefined, now: number): Promise<City[]> {
    const tenants = await this.masters.tenants();
    const owner = via === undefined ? undefined : tenants.find((tenant) => numbersOf(tenant).includes(via));
    const served = tenants.filter(
      (tenant) =>
        tenant.kind === 'ulb' &&
        chatSettings(tenant).enabled !== false &&
        (!owner || owner.code === tenant.code || owner.code === tenant.parent),
    );
    const cities: City[] = [];
    for (const tenant of served) {
      const snapshot = await this.masters.snapshot(tenant.code);
      if (snapshot.tenant.root === root) cities.push(await this.city(snapshot, tenant, now));
    }
    return cities;
  }

  private async city(snapshot: MastersSnapshot, tenant: TenantEntity, now: number): Promise<City> {
    const counts = await this.counts(snapshot.tenant.code, now);
    const kinds = [...snapshot.subCategories.values()]
      .filter(({ active }) => active)
      .map(({ code, names, questions }) => ({ code, names, ...(questions.length > 0 ? { questions } : {}) }))
      .sort((one, other) => (counts.get(other.code) ?? 0) - (counts.get(one.code) ?? 0));
    const { wards } = chatSettings(tenant);
    const pilot = Array.isArray(wards) ? new Set(wards.map(String)) : null;
    return {
      snapshot,
      bounds: boundsOf(snapshot),
      info: {
        code: snapshot.tenant.code,
        names: namesFrom(tenant),
        kinds,
        ward: (text) => findWard(snapshot, text)?.code ?? null,
        serves: (ward) => pilot === null || pilot.has(ward),
      },
    };
  }

  /** How often each kind was complained of lately. */
  private async counts(tenant: string, now: number): Promise<ReadonlyMap<string, number>> {
    const known = this.frequent.get(tenant);
    if (known && now - known.at < FREQUENT_FRESH_MS) return known.counts;
    const rows = await this.sources.read.manager
      .createQueryBuilder(GrievanceEntity, 'g')
      .select('g.subCategory', 'code')
      .addSelect('COUNT(*)', 'count')
      .where('g.tenant = :tenant AND g.registeredAt >= :since', { tenant, since: now - FREQUENT_SINCE_MS })
      .groupBy('g.subCategory')
      .getRawMany<{ code: string; count: string | number }>();
    const counts = new Map(rows.map(({ code, count }) => [code, Number(count)]));
    this.frequent.set(tenant, { at: now, counts });
    return counts;
  }
}

function chatSettings({ settings }: Pick<TenantEntity, 'settings'>): ChatSettings {
  const { whatsapp } = settings;
  return typeof whatsapp === 'object' && whatsapp !== null ? whatsapp : {};
}

function numbersOf(tenant: Pick<TenantEntity, 'settings'>): string[] {
  const { numbers } = chatSettings(tenant);
  return Array.isArray(numbers) ? numbers.map(String) : [];
}

function boundsOf(snapshot: MastersSnapshot): City['bounds'] {
  const boxes = [...snapshot.wards.values()].flatMap(({ bounds }) => (bounds ? [bounds] : []));
  if (boxes.length === 0) return null;
  return {
    west: Math.min(...boxes.map(({ west }) => west)),
    south: Math.min(...boxes.map(({ south }) => south)),
    east: Math.max(...boxes.map(({ east }) => east)),
    north: Math.max(...boxes.map(({ north }) => north)),
  };
}

function placeOf(cities: readonly City[], lat: number, lon: number): Place {
  for (const { snapshot } of cities) {
    const ward = wardAt(snapshot, lat, lon);
    if (ward !== null) return { known: 'ward', city: snapshot.tenant.code, ward };
  }
  const within = (margin: number) =>
    cities.filter(
      ({ bounds }) =>
        bounds !== null &&
        lat > bounds.south - margin &&
        lat < bounds.north + margin &&
        lon > bounds.west - margin &&
        lon < bounds.east + margin,
    );
  const [near] = within(NEAR);
  const unmapped = cities.some(({ bounds }) => bounds === null);
  if (near) return { known: 'near', city: unmapped ? null : near.snapshot.tenant.code };
  const onMap = cities.some(({ bounds }) => bounds !== null);
  // A city without a map may lie anywhere close to the others.
  return unmapped && (!onMap || within(FAR).length > 0) ? { known: 'near', city: null } : { known: 'outside' };
}
