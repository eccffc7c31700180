import type { FieldProblem } from '../domain/case/types.js';

export const TEXT_LIMIT = 4000;

/** Reads one body field by field and collects what is wrong, so that a refusal by state or role may come first. */
export class FieldReader {
  readonly problems: FieldProblem[] = [];

  constructor(private readonly body: Readonly<Record<string, unknown>>) {}

  has(field: string): boolean {
    return this.body[field] !== undefined && this.body[field] !== null;
  }

  raw(field: string): unknown {
    return this.body[field] ?? undefined;
  }

  wrong(field: string, problem: string, expected: string): undefined {
    this.problems.push({ field, problem, expected });
    return undefined;
  }

  text(field: string, options: { required?: boolean; limit?: number; expected?: string } = {}): string | undefined {
    const limit = options.limit ?? TEXT_LIMIT;
    const expected = options.expected ?? `a text of 1 to ${limit} characters`;
    const value = this.raw(field);
    if (value === undefined) return options.required ? this.wrong(field, 'required', expected) : undefined;
    if (typeof value !== 'string') return this.wrong(field, 'wrong_type', expected);
    const text = cleanText(value);
    if (text === '') return options.required ? this.wrong(field, 'required', expected) : undefined;
    return withinLimit(text, limit) ? text : this.wrong(field, 'too_long', expected);
  }

  boolean(field: string): boolean | undefined {
    const value = this.raw(field);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.wrong(field, 'wrong_type', 'true or false');
  }

  number(field: string, min: number, max: number): number | undefined {
    const value = this.raw(field);
    const expected = `a number from ${min} to ${max}`;
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value)) return this.wrong(field, 'wrong_type', expected);
    return value >= min && value <= max ? value : this.wrong(field, 'out_of_range', expected);
  }

  /** ISO 8601 with a zone, or epoch milliseconds; answers epoch ms. */
  time(field: string, options: { required?: boolean; after?: number } = {}): number | undefined {
    const value = this.raw(field);
    const expected = 'a time in ISO 8601 with its zone';
    if (value === undefined) return options.required ? this.wrong(field, 'required', expected) : undefined;
    const at = typeof value === 'string' ? parseTime(value) : typeof value === 'number' ? value : Number.NaN;
    if (!Number.isFinite(at)) return this.wrong(field, 'wrong_type', expected);
    if (options.after !== undefined && at <= options.after)
      return this.wrong(field, 'out_of_range', 'a time still to come');
    return at;
  }

  identifiers(field: string, options: { required?: boolean; most: number }): string[] | undefined {
    const value = this.raw(field);
    const expected = `a list of 1 to ${options.most} attachment ids`;
    if (value === undefined) return options.required ? this.wrong(field, 'required', expected) : undefined;
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      return this.wrong(field, 'wrong_type', expected);
    }
    if (value.length === 0) return options.required ? this.wrong(field, 'required', expected) : undefined;
    return value.length <= options.most ? [...new Set<string>(value)] : this.wrong(field, 'too_long', expected);
  }
}

/** Trims, and drops the control characters that no keyboard sends but that break terminals, CSV and XML. */
export function cleanText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim();
}

/** Counts code points: an emoji or a Bengali letter is one character to its writer. */
export function withinLimit(text: string, limit: number): boolean {
  if (text.length <= limit) return true;
  let count = 0;
  for (const _ of text) if (++count > limit) return false;
  return true;
}

/** Epoch ms; NaN where the text is no ISO 8601 time. A date alone is the midnight at which it starts in UTC. */
export function parseTime(text: string): number {
  return /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text.trim())
    ? Date.parse(text.trim())
    : Number.NaN;
}

/** A ward is a code, but people and forms send numbers. */
export function wardTextOf(reader: FieldReader): string | undefined {
  const value = reader.raw('ward');
  if (typeof value === 'number' && Number.isInteger(value)) return String(value);
  return reader.text('ward', { limit: 100 });
}
