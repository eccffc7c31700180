import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { LOCALES, SOURCES, type Locale, type Source } from '#libs/domain/case/names';

/** One complaint of the sample, as somebody has it on their mind before they lodge it. */
export interface Complaint {
  seq: number;
  source: Source;
  locale: Locale;
  mobile: string;
  name: string;
  subCategory: string;
  ward: string;
  place: { lat: number; lon: number } | null;
  landmark: string;
  description: string;
}

/** The complaints of a sample file, in its order. */
export async function readComplaints(file: string): Promise<Complaint[]> {
  const rows = parse<Record<string, string>>(await readFile(file), { columns: true, bom: true });
  return rows.map((row) => ({
    seq: Number(row['seq']),
    source: oneOf(SOURCES, row['source'], 'portal'),
    locale: oneOf(LOCALES, row['locale'], 'en'),
    mobile: row['mobile'] ?? '',
    name: row['name'] ?? '',
    subCategory: row['sub_category'] ?? '',
    ward: row['ward'] ?? '',
    place: row['lat'] ? { lat: Number(row['lat']), lon: Number(row['lon']) } : null,
    landmark: row['landmark'] ?? '',
    description: row['description'] ?? '',
  }));
}

function oneOf<T extends string>(known: readonly T[], value: string | undefined, fallback: T): T {
  return known.find((each) => each === value) ?? fallback;
}
