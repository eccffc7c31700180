import type { EntityManager } from 'typeorm';
import { TenantEntity, WardEntity, type WardPolygon } from '#libs/persistence/entities/index';
import type { CsvInput } from './csv-source.js';
import type { ImportReport } from '#libs/contracts/api/masters';
import { emptyReport, ProblemList, type ImportOptions, type Writer } from './report.js';

/** What one ward's outline may take in the record, bytes of JSON. */
const MOST_BYTES = 1_000_000;

export function looksLikeJson(input: CsvInput): input is string | Uint8Array {
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) return false;
  const head = typeof input === 'string' ? input.slice(0, 200) : new TextDecoder().decode(input.subarray(0, 200));
  return head
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('{');
}

interface Outline {
  ward: string;
  polygon: WardPolygon;
}

/**
 * Gives wards their outlines from a GeoJSON FeatureCollection whose features have the property `ward`.
 * Rows of the report are the features, counted from 1.
 */
export async function importWardPolygons(
  uow: Writer,
  tenant: string,
  input: string | Uint8Array,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const problems = new ProblemList();
  const features = parseFeatures(input, problems);
  const known = await uow.run((em) => em.find(WardEntity, { where: { tenant }, select: { tenant: true, code: true } }));
  const outlines = readOutlines(features, new Set(known.map(({ code }) => code)), problems);
  const mayWrite = problems.errorCount === 0 || options.takeGoodRows === true;
  const updated = mayWrite ? await uow.run((em) => store(em, tenant, outlines, options.apply === true)) : 0;
  return {
    ...emptyReport('wards', tenant),
    applied: mayWrite && options.apply === true,
    rows: features.length,
    good: outlines.length,
    bad: features.length - outlines.length,
    updated,
    unchanged: mayWrite ? outlines.length - updated : 0,
    errors: problems.errors,
    errorCount: problems.errorCount,
  };
}

function parseFeatures(input: string | Uint8Array, problems: ProblemList): unknown[] {
  try {
    const text = typeof input === 'string' ? input : new TextDecoder('utf-8', { fatal: true }).decode(input);
    const json = JSON.parse(text.replace(/^\uFEFF/, '')) as { type?: unknown; features?: unknown };
    if (json.type === 'FeatureCollection' && Array.isArray(json.features)) return json.features;
  } catch {
    // Reported below like any other text that is no such collection.
  }
  const expected = 'a GeoJSON FeatureCollection in UTF-8';
  problems.error({ row: 0, column: '', value: '', problem: 'unreadable', expected });
  return [];
}

function readOutlines(features: readonly unknown[], wards: ReadonlySet<string>, problems: ProblemList): Outline[] {
  const seen = new Map<string, number>();
  return features.flatMap((feature, at): Outline[] => {
    const row = at + 1;
    const { properties, geometry } = (feature ?? {}) as { properties?: { ward?: unknown } | null; geometry?: unknown };
    const ward = String(properties?.ward ?? '')
      .trim()
      .toUpperCase();
    const wrong = (column: string, value: string, problem: string, expected: string): Outline[] => {
      problems.error({ row, column, value, problem, expected });
      return [];
    };
    if (!wards.has(ward))
      return wrong('ward', ward, 'unknown', 'the code of a ward of this city in the property "ward"');
    const first = seen.get(ward);
    if (first !== undefined) return wrong('ward', ward, 'duplicate', `each once; it is feature ${first} already`);
    seen.set(ward, row);
    const polygon = asPolygon(geometry);
    if (!polygon) return wrong('geometry', '', 'wrong_type', 'a Polygon or MultiPolygon of closed rings in degrees');
    if (JSON.stringify(polygon).length > MOST_BYTES)
      return wrong('geometry', '', 'too_long', 'a simplified outline below 1 MB');
    return [{ ward, polygon }];
  });
}

function asPolygon(geometry: unknown): WardPolygon | null {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if (!Array.isArray(coordinates) || coordinates.length === 0) return null;
  if (type === 'Polygon') return coordinates.every(isRing) ? { type, coordinates } : null;
  if (type !== 'MultiPolygon') return null;
  return coordinates.every((part) => Array.isArray(part) && part.length > 0 && part.every(isRing))
    ? { type, coordinates }
    : null;
}

function isRing(ring: unknown): boolean {
  if (!Array.isArray(ring) || ring.length < 4 || !ring.every(isPoint)) return false;
  const [first, last] = [ring[0] as number[], ring.at(-1) as number[]];
  return first[0] === last[0] && first[1] === last[1];
}

function isPoint(point: unknown): boolean {
  if (!Array.isArray(point)) return false;
  const [lon, lat] = point as unknown[];
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

async function store(em: EntityManager, tenant: string, outlines: readonly Outline[], apply: boolean): Promise<number> {
  let updated = 0;
  for (const { ward, polygon } of outlines) {
    const stored = await em.findOneByOrFail(WardEntity, { tenant, code: ward });
    if (JSON.stringify(stored.polygon) === JSON.stringify(polygon)) continue;
    updated += 1;
    if (apply) await em.save(WardEntity, { ...stored, polygon }, { reload: false });
  }
  if (apply && updated > 0) await em.increment(TenantEntity, { code: tenant }, 'mastersVersion', 1);
  return updated;
}
