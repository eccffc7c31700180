import type { WardPolygon } from '#libs/persistence/entities/index';

/** Box around a polygon, degrees. */
export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** The box around all points of a geometry. */
export function boundsOf(geometry: WardPolygon): Bounds {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const [lon, lat] of pointsOf(geometry.coordinates)) {
    bounds.west = Math.min(bounds.west, lon);
    bounds.east = Math.max(bounds.east, lon);
    bounds.south = Math.min(bounds.south, lat);
    bounds.north = Math.max(bounds.north, lat);
  }
  return bounds;
}

function* pointsOf(coordinates: readonly unknown[]): Generator<[number, number]> {
  const [lon, lat] = coordinates;
  if (typeof lon === 'number' && typeof lat === 'number') yield [lon, lat];
  else for (const inner of coordinates) if (Array.isArray(inner)) yield* pointsOf(inner);
}
