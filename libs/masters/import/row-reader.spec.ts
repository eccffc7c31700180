import { ProblemList } from './report.js';
import { RowReader } from './row-reader.js';
import { romanNumber } from './text.js';
import { Vocabulary } from './vocabulary.js';

function cell(value: string): { reader: RowReader; problems: ProblemList } {
  const problems = new ProblemList();
  const columns = { index: new Map([['cell', 0]]), headings: new Map([['cell', 'Cell']]), width: 1 };
  return { reader: new RowReader(7, [value], columns, problems), problems };
}
const problemOf = (value: string, read: (reader: RowReader) => unknown): string | undefined => {
  const { reader, problems } = cell(value);
  expect(read(reader)).toBeUndefined();
  expect(reader.ok).toBe(false);
  expect(problems.errors[0]).toMatchObject({ row: 7, column: 'Cell', value });
  return problems.errors[0]?.problem;
};

describe('a mobile number', () => {
  it.each([
    '9830012345',
    '+91 98300 12345',
    '09830012345',
    '0091-98300-12345',
    '(+91) 98300.12345',
    '৯৮৩০০১২৩৪৫',
    "'+919830012345",
  ])('is read from %p', (text) => {
    expect(cell(text).reader.mobile('cell')).toBe('+919830012345');
  });

  it.each([
    ['98300-1234', 'wrong_type'],
    ['9830012345/9830012346', 'ambiguous'],
    ['9.83E+09', 'wrong_type'],
    ['033 2286 1000', 'wrong_type'],
    ['call 9830012345', 'wrong_type'],
    ['1234567890', 'wrong_type'],
  ])('%p is refused as %s', (text, problem) => {
    expect(problemOf(text, (reader) => reader.mobile('cell'))).toBe(problem);
  });

  it('may be of another country with its code', () => {
    expect(cell('+44 7911 123456').reader.mobile('cell')).toBe('+447911123456');
  });
});

describe('a text', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1+1', '\u00A0=1', '\t=1', "'=1+1"])(
    '%p is refused as a formula',
    (text) => {
      expect(problemOf(text, (reader) => reader.text('cell'))).toBe('formula');
    },
  );

  it('loses stray spaces and marks, and keeps every script', () => {
    expect(cell(' \uFEFF Exec\u00A0 Engr  ').reader.text('cell')).toBe('Exec Engr');
    expect(cell('জল আসছে না').reader.text('cell')).toBe('জল আসছে না');
  });

  it('keeps the digits of its script, where a number or a code does not', () => {
    expect(cell('ওয়ার্ড ৯১').reader.text('cell')).toBe('ওয়ার্ড ৯১');
    expect(cell('१८').reader.number('cell', 1, 100)).toBe(18);
    expect(cell('b১').reader.code('cell', 8)).toBe('B1');
  });

  it('is refused when it is too long, counted in characters', () => {
    expect(cell('🚰'.repeat(160)).reader.text('cell')).toHaveLength(320);
    expect(problemOf('x'.repeat(161), (reader) => reader.text('cell'))).toBe('too_long');
  });
});

describe('times and dates', () => {
  it.each([
    ['10:00', 600],
    ['10.30', 630],
    ['10:00:00', 600],
    ['6:30 PM', 1110],
    ['12:00 am', 0],
    ['24:00', 1440],
  ])('%p is a time', (text, minutes) => {
    expect(cell(text).reader.time('cell')).toBe(minutes);
  });

  it.each(['24:01', '10:60', '13:00 PM', 'noon', '10'])('%p is no time', (text) => {
    expect(problemOf(text, (reader) => reader.time('cell'))).toBe('wrong_type');
  });

  it.each([
    ['2026-10-19', '2026-10-19'],
    ['19-10-2026', '2026-10-19'],
    ['19/10/2026', '2026-10-19'],
    ['10/19/2026', '2026-10-19'],
    ['05.05.2026', '2026-05-05'],
    ['19 Oct 2026', '2026-10-19'],
    ['October 19 2026', undefined],
  ])('%p is the date %p', (text, date) => {
    if (date === undefined) problemOf(text, (reader) => reader.date('cell'));
    else expect(cell(text).reader.date('cell')).toBe(date);
  });

  it('a date that could be read in two ways is refused', () => {
    expect(problemOf('03/04/2026', (reader) => reader.date('cell'))).toBe('ambiguous');
  });
});

describe('a name for a code', () => {
  const departments = new Vocabulary('a department');
  departments.add('WATER', ['Water Supply', 'জল সরবরাহ']);
  departments.add('DRAIN', ['Sewerage and Drainage']);
  departments.add('ROADS', ['Engineering']);
  departments.add('BUILDING', ['Engineering']);

  it.each([
    ['water', 'WATER'],
    ['  water   SUPPLY ', 'WATER'],
    ['Sewerage & Drainage', 'DRAIN'],
    ['জল সরবরাহ', 'WATER'],
  ])('%p means %s', (text, code) => {
    expect(cell(text).reader.known('cell', departments)).toBe(code);
  });

  it('is never guessed: a near miss is only mentioned', () => {
    expect(departments.find('Sewarage & Drainage')).toEqual({
      problem: 'unknown',
      expected: 'the code or name of a department; did you mean DRAIN?',
    });
    expect(departments.find('Finance')).toEqual({ problem: 'unknown', expected: 'the code or name of a department' });
  });

  it('is refused where two bear it', () => {
    expect(departments.find('engineering')).toEqual({ problem: 'ambiguous', expected: 'the code: BUILDING or ROADS' });
  });
});

describe('Roman numerals', () => {
  it.each<[string, number | null]>([
    ['I', 1],
    ['iv', 4],
    ['IX', 9],
    ['XVI', 16],
    ['XL', 40],
    ['IIX', null],
    ['', null],
    ['MIX', null],
  ])('%p is %p', (text, number) => {
    expect(romanNumber(text)).toBe(number);
  });
});
