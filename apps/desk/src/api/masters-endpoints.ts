import type { Masters } from '../masters/types.js';
import { call } from './client.js';

export function fetchMasters(): Promise<Masters> {
  return call('GET', '/masters');
}

/** Ward boundaries with `ward` and `borough`; wards without one are simply absent. */
export function fetchWardShapes(): Promise<GeoJSON.FeatureCollection<GeoJSON.Geometry, { ward: string; borough: string }>> {
  return call('GET', '/masters/wards.geojson');
}

export interface SimulateAnswer {
  [name: string]: unknown;
}

export function simulate(body: { subCategory: string; ward?: string; at?: string }): Promise<SimulateAnswer> {
  return call('POST', '/simulate', { body });
}

export interface ImportRowReport {
  row: number;
  column?: string;
  problem?: string;
  reason?: string;
  expected?: string;
}

export interface ImportReport {
  rows?: number;
  good?: number;
  applied?: boolean;
  problems?: ImportRowReport[];
}

export function importMaster(master: string, csv: string, options: { apply: boolean; takeGoodRows: boolean }): Promise<ImportReport> {
  return call('POST', `/import/${master}`, { query: { apply: options.apply, goodRows: options.takeGoodRows }, body: { csv } });
}
