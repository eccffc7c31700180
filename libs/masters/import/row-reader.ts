import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { DateTime } from 'luxon';
import type { ColumnMap } from './columns.js';
import type { ProblemList } from './report.js';
import { looksLikeFormula, plainDigits, tidy, withoutNeutraliser } from './text.js';
import type { Vocabulary } from './vocabulary.js';

interface CellOptions {
  required?: boolean;
  /** Characters. */
  max?: number;
}

/** The cells of one row by column; each reading either answers a value or notes what is wrong and answers undefined. */
export class RowReader {
  private failed = false;

  constructor(
    readonly row: number,
    private readonly cells: readonly string[],
    private readonly columns: ColumnMap,
    private readonly problems: ProblemList,
  ) {}

  get ok(): boolean {
    return !this.failed;
  }

  /** Whether the file has that column at all: an absent one leaves things as they are, an empty cell clears them. */
  has(column: string): boolean {
    return this.columns.index.has(column);
  }

  private raw(column: string): string {
    const at = this.columns.index.get(column);
    return at === undefined ? '' : (this.cells[at] ?? '');
  }

  wrong(column: string, problem: string, expected: string): undefined {
    this.failed = true;
    this.problems.error({ ...this.place(column), problem, expected });
    return undefined;
  }

  warn(column: string, problem: string, expected: string): void {
    this.problems.warn({ ...this.place(column), problem, expected });
  }

  private place(column: string): { row: number; column: string; value: string } {
    return { row: this.row, column: this.columns.headings.get(column) ?? column, value: this.raw(column) };
  }

  text(column: string, { required = false, max = 160 }: CellOptions = {}): string | undefined {
    const raw = withoutNeutraliser(this.raw(column).replace(/^[ \u00A0\uFEFF\u200B]+/, ''));
    if (looksLikeFormula(raw)) return this.wrong(column, 'formula', 'text that does not begin with =, +, - or @');
    const value = tidy(raw);
    // Control characters would break lists, messages and terminals.
    if (/[\u0000-\u001F\u007F]/.test(value)) return this.wrong(column, 'wrong_type', 'text without control characters');
    if (value === '') return required ? this.wrong(column, 'required', 'a value') : undefined;
    if ([...value].length > max) return this.wrong(column, 'too_long', `at most ${max} characters`);
    return value;
  }

  private plain(column: string, options?: CellOptions): string | undefined {
    const value = this.text(column, options);
    return value === undefined ? undefined : plainDigits(value);
  }

  /** An upper-case code such as `WATER_LEAK`, `WATER-LME-B1`. */
  code(column: string, max: number, required = true): string | undefined {
    const value = this.plain(column, { required, max })?.toUpperCase();
    if (value === undefined || /^[A-Z0-9][A-Z0-9_.-]*$/.test(value)) return value;
    return this.wrong(column, 'wrong_type', 'a code of letters, digits, - and _');
  }

  oneOf<T extends string>(
    column: string,
    values: Readonly<Record<string, T>>,
    expected: string,
    otherwise?: T,
  ): T | undefined {
    const value = this.text(column);
    if (value === undefined) return otherwise ?? this.missing(column, expected);
    return values[value.toLowerCase().replace(/[^a-z0-9]+/g, '')] ?? this.wrong(column, 'unknown', expected);
  }

  private missing(column: string, expected: string): undefined {
    return this.ok || this.raw(column).trim() === '' ? this.wrong(column, 'required', expected) : undefined;
  }

  yesNo(column: string, otherwise: boolean): boolean {
    const answer = this.oneOf(column, YES_NO, 'yes or no', otherwise ? 'yes' : 'no');
    return answer === undefined ? otherwise : answer === 'yes';
  }

  number(column: string, min: number, max: number, { whole = false, required = true } = {}): number | undefined {
    const expected = `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`;
    const value = this.plain(column);
    if (value === undefined) return required ? this.missing(column, expected) : undefined;
    if (!/^\d+(\.\d+)?$/.test(value)) return this.wrong(column, 'wrong_type', expected);
    const number = Number(value);
    if (whole && !Number.isInteger(number)) return this.wrong(column, 'wrong_type', expected);
    return number < min || number > max ? this.wrong(column, 'out_of_range', expected) : number;
  }

  /** A code or name that must be known. */
  known(column: string, vocabulary: Vocabulary, required = true): string | undefined {
    const value = this.text(column, { required });
    if (value === undefined) return undefined;
    const found = vocabulary.find(value);
    return 'code' in found ? found.code : this.wrong(column, found.problem, found.expected);
  }

  /** An Indian mobile number in any spelling, or an international one with its country code; E.164. */
  mobile(column: string, required = false): string | undefined {
    const expected = 'one mobile number of ten digits, with or without +91';
    const value = plainDigits(tidy(withoutNeutraliser(this.raw(column))));
    if (value === '') return required ? this.wrong(column, 'required', expected) : undefined;
    if (!/^\(?\+?[\d\s().-]+$/.test(value)) {
      return this.wrong(column, /\d\D*[/,;]\D*\d/.test(value) ? 'ambiguous' : 'wrong_type', expected);
    }
    const phone = parsePhoneNumberFromString(value.replace(/[^\d+]/g, ''), 'IN');
    // An Indian landline cannot take messages.
    if (phone?.isValid() && /^\+(?!91)|^\+91[6-9]/.test(phone.number)) return phone.number;
    return this.wrong(column, 'wrong_type', expected);
  }

  /** A calendar date, `YYYY-MM-DD`. Days and months that could be swapped are refused. */
  date(column: string, required = false): string | undefined {
    const expected = 'a date as 2026-10-19 or 19 Oct 2026';
    const value = this.plain(column);
    if (value === undefined) return required ? this.missing(column, expected) : undefined;
    const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(value);
    if (numbers && Number(numbers[1]) <= 12 && Number(numbers[2]) <= 12 && Number(numbers[1]) !== Number(numbers[2])) {
      return this.wrong(column, 'ambiguous', expected);
    }
    const tidied = value.replace(/[/.]/g, '-').replace(/ /g, '-');
    for (const format of DATE_FORMATS) {
      const date = DateTime.fromFormat(tidied, format, { zone: 'utc', locale: 'en' });
      if (date.isValid) return date.toISODate();
    }
    return this.wrong(column, 'wrong_type', expected);
  }

  /** Minutes from midnight; `24:00` is the end of the day. */
  time(column: string): number | undefined {
    const expected = 'a time as 10:00 or 18:30';
    const value = this.plain(column)?.toUpperCase();
    if (value === undefined) return this.missing(column, expected);
    const match = /^(\d{1,2})[:.](\d{2})(?::00)?\s*(AM|PM)?$/.exec(value);
    const [, hours = '', minutes = '', half] = match ?? [];
    const hour = half ? (Number(hours) % 12) + (half === 'PM' ? 12 : 0) : Number(hours);
    const total = hour * 60 + Number(minutes);
    const valid =
      match && Number(minutes) < 60 && total <= 24 * 60 && (!half || (Number(hours) >= 1 && Number(hours) <= 12));
    return valid ? total : this.wrong(column, 'wrong_type', expected);
  }

  /** For cells with a reading of their own. */
  read<T extends object>(
    column: string,
    parse: (cell: string) => T | { problem: string; expected: string },
    required = true,
  ): T | undefined {
    const value = this.text(column, { required, max: 4_000 });
    if (value === undefined) return undefined;
    const result = parse(value);
    return 'problem' in result && 'expected' in result ? this.wrong(column, result.problem, result.expected) : result;
  }
}

const YES_NO: Readonly<Record<string, 'yes' | 'no'>> = {
  yes: 'yes',
  y: 'yes',
  true: 'yes',
  '1': 'yes',
  no: 'no',
  n: 'no',
  false: 'no',
  '0': 'no',
};
const DATE_FORMATS = ['yyyy-MM-dd', 'd-M-yyyy', 'M-d-yyyy', 'd-MMM-yyyy', 'd-MMMM-yyyy', 'MMM-d-yyyy'];
