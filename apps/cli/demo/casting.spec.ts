import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { SubCategoryInfo } from '#libs/masters/snapshot';
import { castParts, type Part } from './casting.js';
import { readComplaints, type Complaint } from './complaints.js';
import { PLOTS } from './plots/index.js';

const CATEGORIES = parse<Record<string, string>>(readFileSync('deploy/seed/play/categories.csv'), { columns: true });
const subCategories = new Map(
  CATEGORIES.map((row) => {
    const code = row['sub_category'] ?? '';
    const department = row['department'] ?? '';
    const rules = { slaHours: Number(row['sla_hours']), hideComplainant: row['hide_complainant'] === 'yes' };
    return [code, { code, department, ...rules } as SubCategoryInfo];
  }),
);
let sample: Complaint[];
beforeAll(async () => {
  sample = await readComplaints('deploy/seed/kolkata/complaints-sample.csv');
});

const cast = (seed: string, count = 300): Part[] => castParts(sample, { subCategories }, seed, count);
const short = (parts: Part[]): string[] => parts.map(({ plot, complaint }) => `${complaint.seq} ${plot.name}`);

describe('who plays what', () => {
  it('is the same for the same seed and another for another', () => {
    expect(short(cast('monsoon'))).toEqual(short(cast('monsoon')));
    expect(short(cast('monsoon'))).not.toEqual(short(cast('winter')));
  });

  it.each(['hooghly', 'monsoon', 'winter', '1', '2'])('takes every complaint once and every plot, seed %s', (seed) => {
    const parts = cast(seed);
    const taken = parts.flatMap(({ complaint, other }) => [complaint.seq, ...(other ? [other.seq] : [])]);
    expect(taken.sort((a, b) => a - b)).toEqual(sample.map(({ seq }) => seq));
    expect(new Set(parts.map(({ plot }) => plot.name))).toEqual(new Set(PLOTS.map(({ name }) => name)));
  });

  it('gives no complaint to a plot that it does not fit', () => {
    const unfit = cast('hooghly').filter(({ plot, complaint }) => {
      const sub = subCategories.get(complaint.subCategory);
      return !sub || !plot.fits(sub, complaint);
    });
    expect(unfit).toEqual([]);
  });

  it('begins with what lasts longest', () => {
    const days = cast('hooghly').map(({ plot }) => plot.days);
    expect(days).toEqual([...days].sort((a, b) => b - a));
  });

  it('plays a short form with as many complaints as are asked for', () => {
    const parts = cast('hooghly', 20);
    expect(parts.reduce((sum, { other }) => sum + (other ? 2 : 1), 0)).toBe(20);
  });
});
