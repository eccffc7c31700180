import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { MastersSnapshot, WardInfo } from './snapshot.js';

/** Code of the ward around a point; null outside the city and in wards without a polygon: then ask for the ward. */
export function wardAt(snapshot: MastersSnapshot, lat: number, lon: number): string | null {
  for (const ward of snapshot.wards.values()) if (contains(ward, lat, lon)) return ward.code;
  return null;
}

function contains(ward: WardInfo, lat: number, lon: number): boolean {
  const { polygon, bounds } = ward;
  if (!polygon || !bounds) return false;
  if (lon < bounds.west || lon > bounds.east || lat < bounds.south || lat > bounds.north) return false;
  return booleanPointInPolygon([lon, lat], polygon as Parameters<typeof booleanPointInPolygon>[1]);
}

/** The ward meant by a code as clients send it: a number, leading zeros, any case. */
export function findWard(snapshot: MastersSnapshot, code: string | number): WardInfo | null {
  const text = String(code).trim().toUpperCase();
  return snapshot.wards.get(text) ?? snapshot.wards.get(text.replace(/^0+(?=\d)/, '')) ?? null;
}
