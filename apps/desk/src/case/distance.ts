const EARTH_M = 6_371_000;
const rad = (degrees: number) => (degrees * Math.PI) / 180;

export interface Point {
  lat: number;
  lon: number;
}

/** Metres between two points, as the crow flies. */
export function distanceMetres(a: Point, b: Point): number {
  const dLat = rad(b.lat - a.lat);
  const dLon = rad(b.lon - a.lon);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.sqrt(h));
}

/** A case's point, if it has one. */
export function pointOf(view: { location: { lat?: number; lon?: number } | null }): Point | null {
  const { lat, lon } = view.location ?? {};
  return lat === undefined || lon === undefined ? null : { lat, lon };
}
