import { Between, In } from 'typeorm';
import type { NearbyView } from '../contracts/api/views.js';
import { GrievanceEntity, STAGE } from '../persistence/entities/index.js';
import { iso } from './case-view.js';
import { FieldReader } from './fields.js';
import type { CaseworkParts } from './parts.js';
import type { Principal } from './principal.js';
import { CaseworkProblem } from './problem.js';
import { readPoint, readSubCategory } from './registration-body.js';
import type { TenantMasters } from './tenant-masters.js';

const EARTH_RADIUS_M = 6_371_000;
const METRES_PER_DEGREE = 111_320;
const MOST = 10;

export async function nearbyCases(
  parts: CaseworkParts,
  principal: Principal,
  query: Readonly<Record<string, unknown>>,
): Promise<NearbyView[]> {
  const reader = new FieldReader({ ...query, lat: numeric(query['lat']), lon: numeric(query['lon']) });
  const masters = await cityOf(parts, principal, query['tenant'], reader);
  const subCategory = masters && readSubCategory(reader, masters);
  const point = readPoint(reader);
  if (!point && reader.problems.length === 0) reader.wrong('lat', 'required', 'lat and lon of the place');
  if (reader.problems.length > 0 || !masters || !subCategory || !point) throw CaseworkProblem.invalid(reader.problems);
  const kind = masters.snapshot.subCategories.get(subCategory);
  const radius = kind?.duplicateRadiusMetres ?? 0;
  // Of a category that hides the complainant nobody may even learn that there is a case.
  if (radius === 0 || kind?.hideComplainant) return [];
  const dLat = radius / METRES_PER_DEGREE;
  const dLon = dLat / Math.max(0.1, Math.cos((point.lat * Math.PI) / 180));
  const rows = await parts.read.manager.find(GrievanceEntity, {
    where: {
      tenant: masters.tenant.code,
      subCategory,
      stage: In([STAGE.working, STAGE.answered]),
      lat: Between(point.lat - dLat, point.lat + dLat),
      lon: Between(point.lon - dLon, point.lon + dLon),
    },
    order: { registeredAt: 'DESC' },
    take: 200,
  });
  return rows
    .filter((row) => !row.hideComplainant)
    .flatMap((row) => {
      if (row.lat === null || row.lon === null) return [];
      const place = { lat: row.lat, lon: row.lon };
      return [{ row, place, distance: Math.round(metresBetween(point, place)) }];
    })
    .filter(({ distance }) => distance <= radius)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ row, place, distance }) => ({
      number: row.number,
      subCategory: row.subCategory,
      state: row.state,
      ward: row.ward,
      registeredAt: iso(row.registeredAt),
      location: { ...place, ...(row.landmark ? { landmark: row.landmark } : {}) },
      distance,
      followers: row.followers,
    }));
}

/** The city a request speaks of: the one it names, or the only one the caller has. */
export async function cityOf(
  parts: Pick<CaseworkParts, 'masters'>,
  principal: Principal,
  wished: unknown,
  reader: FieldReader,
): Promise<TenantMasters | null> {
  if (typeof wished === 'string' && wished.trim() !== '') {
    const code = wished.trim().toUpperCase();
    const cities = await parts.masters.citiesOf(principal);
    const masters = cities.includes(code) ? await parts.masters.tenant(code) : null;
    if (!masters) reader.wrong('tenant', 'unknown', 'the code of a city');
    return masters;
  }
  const city = await parts.masters.onlyCityFor(principal);
  if (!city) reader.wrong('tenant', 'required', 'the code of the city');
  return city;
}

export function metresBetween(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLon = (b.lon - a.lon) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(h));
}

/** Queries carry text. */
function numeric(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}
