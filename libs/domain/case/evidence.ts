import type { AttachmentRef, CaseState, CommandBodies, FieldProblem, GeoPoint } from './types.js';

const EARTH_RADIUS_M = 6_371_000;

/** Great-circle distance in metres. */
export function metresBetween(a: GeoPoint, b: GeoPoint): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

function coordinateProblem(field: 'lat' | 'lon', value: unknown, limit: number): FieldProblem[] {
  const expected = `degrees from -${limit} to ${limit}`;
  if (value === undefined || value === null) return [];
  if (typeof value !== 'number' || !Number.isFinite(value)) return [{ field, problem: 'wrong_type', expected }];
  return Math.abs(value) > limit ? [{ field, problem: 'out_of_range', expected }] : [];
}

function pointOf(source: { lat?: number; lon?: number }): GeoPoint[] {
  return typeof source.lat === 'number' && typeof source.lon === 'number' ? [{ lat: source.lat, lon: source.lon }] : [];
}

/** What a category asks for beside remarks: a photo, and that the work was seen where the complaint is. */
export function evidenceProblems(state: CaseState, body: CommandBodies['resolve']): FieldProblem[] {
  const attachments: readonly AttachmentRef[] = Array.isArray(body.attachments) ? body.attachments : [];
  const problems = [...coordinateProblem('lat', body.lat, 90), ...coordinateProblem('lon', body.lon, 180)];
  const photos = attachments.filter((attachment) => attachment.mime.startsWith('image/'));
  if (state.rules.evidencePhoto && photos.length === 0) {
    problems.push({ field: 'attachments', problem: 'required', expected: 'at least one photo of the work done' });
  }
  const radius = state.rules.evidenceWithinMetres;
  const place = state.location && 'lat' in state.location ? state.location : null;
  if (radius === undefined || place === null || problems.length > 0) return problems;
  // Where the photo was taken says more than where the officer stands when sending it.
  const taken = photos.flatMap(pointOf);
  const points = taken.length > 0 ? taken : pointOf(body);
  if (points.length === 0) {
    problems.push({ field: 'lat', problem: 'required', expected: 'where the evidence was taken' });
  } else if (!points.some((point) => metresBetween(point, place) <= radius)) {
    problems.push({ field: 'lat', problem: 'too_far', expected: `within ${radius} m of the complaint` });
  }
  return problems;
}
