import { nameKey, plainDigits, romanNumber, tidy } from './text.js';

export interface WardDirectory {
  /** Ward code → borough code. */
  wards: ReadonlyMap<string, string>;
  /** Borough codes with what they are called. */
  boroughs: ReadonlyMap<string, readonly string[]>;
}

export type WardList = { wards: string[] } | { problem: 'unknown' | 'ambiguous' | 'out_of_range'; expected: string };

const EXPECTED = 'wards as 81, 89, 91-93, a borough as "Borough X", or * for all';
const WIDEST_RANGE = 500;

const MOST_ANSWERS = 5_000;
const answers = new WeakMap<WardDirectory, Map<string, WardList>>();

/** Reads `91-93`, `81, 89`, `Ward 7`, `Borough X`, `X`, `*`; refuses what could be read in two ways. */
export function parseWardList(cell: string, directory: WardDirectory): WardList {
  const known = answers.get(directory) ?? new Map<string, WardList>();
  answers.set(directory, known);
  let list = known.get(cell);
  if (!list) {
    list = readWardList(cell, directory);
    // A city has few lists, repeated for every department.
    if (known.size < MOST_ANSWERS) known.set(cell, list);
  }
  return list;
}

function readWardList(cell: string, directory: WardDirectory): WardList {
  const text = plainDigits(tidy(cell));
  if (/^(\*|all( wards)?)$/i.test(text)) return { wards: ['*'] };
  const parts = text.split(/\s*(?:[,;&\n]|\band\b)\s*/i).filter((part) => part !== '');
  if (parts.length === 0) return { problem: 'unknown', expected: EXPECTED };
  const wards = new Set<string>();
  for (const part of parts) {
    const found = parsePart(part, directory);
    if ('problem' in found) return found;
    for (const ward of found.wards) wards.add(ward);
  }
  return { wards: sortCodes([...wards]) };
}

function parsePart(part: string, directory: WardDirectory): WardList {
  const plain = part.replace(/^wards?\s*(no\.?|number|#)?\s*[-.:]?\s*(?=\S)/i, '');
  const range = /^(\d+)\s*(?:[-–—]|to)\s*(\d+)$/i.exec(plain);
  if (range) return parseRange(Number(range[1]), Number(range[2]), directory);
  const borough = /^(?:borough|boro|br)\b\s*(?:no\.?|number|#)?\s*[-.:]?\s*(.+)$/i.exec(plain);
  if (borough?.[1]) return boroughWards(borough[1], directory);
  return wardOrBorough(plain, directory);
}

function parseRange(from: number, to: number, directory: WardDirectory): WardList {
  if (from >= to || to - from > WIDEST_RANGE) {
    return { problem: 'out_of_range', expected: `a range from the lower to the higher ward; ${EXPECTED}` };
  }
  const wards = Array.from({ length: to - from + 1 }, (_, step) => String(from + step));
  const missing = wards.filter((ward) => !directory.wards.has(ward));
  return missing.length === 0 ? { wards } : unknownWard(missing.slice(0, 5).join(', '), directory);
}

function wardOrBorough(text: string, directory: WardDirectory): WardList {
  const ward = knownWard(text, directory);
  const numeral = /^\d/.test(text) ? null : boroughCode(text, directory);
  if (ward !== null && numeral !== null) {
    return { problem: 'ambiguous', expected: `"Ward ${text}" or "Borough ${text}"` };
  }
  if (ward !== null) return { wards: [ward] };
  if (numeral !== null) return wardsOf(numeral, directory);
  if (/^\d+[./]\d+$/.test(text)) {
    return {
      problem: 'ambiguous',
      expected: `${text.replace(/[./]/, ', ')} or ${text.replace(/[./]/, '-')}; ${EXPECTED}`,
    };
  }
  return unknownWard(text, directory);
}

function knownWard(text: string, directory: WardDirectory): string | null {
  const code = text.toUpperCase();
  if (directory.wards.has(code)) return code;
  const short = code.replace(/^0+(?=\d)/, '');
  return directory.wards.has(short) ? short : null;
}

/** A borough by code, Roman numeral or name. */
export function boroughCode(text: string, directory: Pick<WardDirectory, 'boroughs'>): string | null {
  const code = text
    .trim()
    .toUpperCase()
    .replace(/^0+(?=\d)/, '');
  if (directory.boroughs.has(code)) return code;
  const roman = romanNumber(code);
  if (roman !== null && directory.boroughs.has(String(roman))) return String(roman);
  const key = nameKey(text);
  const named = [...directory.boroughs].filter(([, names]) => names.some((name) => nameKey(name) === key));
  return named.length === 1 ? (named[0]?.[0] ?? null) : null;
}

function boroughWards(text: string, directory: WardDirectory): WardList {
  const code = boroughCode(text, directory) ?? boroughCode(`borough ${text}`, directory);
  return code === null
    ? { problem: 'unknown', expected: `a borough of this city; ${EXPECTED}` }
    : wardsOf(code, directory);
}

function wardsOf(borough: string, directory: WardDirectory): WardList {
  const wards = [...directory.wards].flatMap(([ward, its]) => (its === borough ? [ward] : []));
  return wards.length > 0 ? { wards } : { problem: 'unknown', expected: `a borough that has wards; ${EXPECTED}` };
}

function unknownWard(text: string, directory: WardDirectory): WardList {
  return { problem: 'unknown', expected: `wards of this city${extentOf(directory)}, not ${text}; ${EXPECTED}` };
}

const extents = new WeakMap<object, string>();

function extentOf({ wards }: WardDirectory): string {
  const known = extents.get(wards);
  if (known !== undefined) return known;
  const codes = sortCodes([...wards.keys()]);
  const extent = codes.length > 0 ? ` (it has ${codes[0]} to ${codes.at(-1)})` : ' (it has none yet)';
  extents.set(wards, extent);
  return extent;
}

const collator = new Intl.Collator('en', { numeric: true });

export function sortCodes(codes: string[]): string[] {
  return codes.sort(collator.compare);
}

/** The shortest way to write a list, `81, 89, 91-100`; reads back to the same. */
export function formatWardList(wards: readonly string[]): string {
  const parts: string[] = [];
  let run: number[] = [];
  const flush = (): void => {
    if (run.length > 0) parts.push(run.length > 1 ? `${run[0]}-${run.at(-1)}` : String(run[0]));
    run = [];
  };
  for (const ward of sortCodes([...wards])) {
    const number = /^\d+$/.test(ward) ? Number(ward) : null;
    if (number !== null && number === (run.at(-1) ?? number - 1) + 1) {
      run.push(number);
      continue;
    }
    flush();
    if (number === null) parts.push(ward);
    else run = [number];
  }
  flush();
  return parts.join(', ');
}
