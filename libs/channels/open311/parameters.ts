import { Open311Problem } from './problem.js';

/** The parameters of a request, from its query or its form; the last one counts where a name is repeated. */
export class Parameters {
  constructor(private readonly entries: readonly (readonly [string, string])[]) {}

  /** From what the server's parsers make of query strings, forms and JSON. */
  static from(...sources: unknown[]): Parameters {
    return new Parameters(sources.flatMap(entriesOf));
  }

  text(name: string): string | undefined {
    const value = this.entries.findLast(([key]) => key === name)?.[1].trim();
    return value === '' ? undefined : value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw Open311Problem.missing(name);
    return value;
  }

  list(name: string): string[] | undefined {
    const value = this.text(name);
    return value
      ?.split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  }

  number(name: string, min: number, max: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    const expected = `a number from ${min} to ${max}`;
    if (!Number.isFinite(value) || value < min || value > max) throw Open311Problem.wrong(name, expected);
    return value;
  }

  whole(name: string, min: number, max: number): number | undefined {
    const value = this.number(name, min, max);
    if (value !== undefined && !Number.isInteger(value)) throw Open311Problem.wrong(name, 'a whole number');
    return value;
  }

  /** A W3C date with time and zone, as epoch ms. */
  time(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    // A plus in a query that was not encoded arrives as a space.
    const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+ -]\d{2}:?\d{2})$/i.exec(text);
    const at = match ? Date.parse(`${match[1]}${match[2]?.replace(' ', '+')}`) : Number.NaN;
    if (!Number.isFinite(at)) throw Open311Problem.wrong(name, 'a W3C date such as 2026-11-24T18:00:00+05:30');
    return at;
  }

  /** `attribute[CODE]` and `attribute[CODE][]`, in the order they were sent. */
  attributes(): Map<string, string[]> {
    const found = new Map<string, string[]>();
    for (const [key, value] of this.entries) {
      const code = /^attribute\[([^\]]+)\](?:\[\d*\])?$/.exec(key)?.[1];
      if (code === undefined || value.trim() === '') continue;
      found.set(code, [...(found.get(code) ?? []), value.trim()]);
    }
    return found;
  }
}

function entriesOf(source: unknown): [string, string][] {
  if (source instanceof URLSearchParams) return [...source.entries()];
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return [];
  return Object.entries(source).flatMap(([key, value]) => {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((each): [string, string][] =>
      typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean' ? [[key, String(each)]] : [],
    );
  });
}
