import { cleanText, FieldReader, parseTime, withinLimit } from './fields.js';

describe('reading fields', () => {
  it('counts letters as people do, not as computers store them', () => {
    expect(withinLimit('💧'.repeat(4000), 4000)).toBe(true);
    expect(withinLimit('💧'.repeat(4001), 4000)).toBe(false);
  });

  it('drops what no keyboard sends and keeps every script', () => {
    expect(cleanText('  জল\u0000 नहीं\u001b[31m 💧\n')).toBe('জল नहीं[31m 💧');
  });

  it('takes a blank text for none', () => {
    const reader = new FieldReader({ a: '  ', b: 'x' });
    expect(reader.text('a')).toBeUndefined();
    expect(reader.text('a', { required: true })).toBeUndefined();
    expect(reader.text('b', { required: true })).toBe('x');
    expect(reader.problems).toEqual([{ field: 'a', problem: 'required', expected: 'a text of 1 to 4000 characters' }]);
  });

  it.each([
    ['2026-11-24T06:00:00Z', true],
    ['2026-11-24T06:00:00+05:30', true],
    ['2026-11-24', true],
    ['24/11/2026', false],
    ['2026-13-45', false],
    ['tomorrow', false],
  ])('understands %s as a time: %s', (text, understood) => {
    expect(Number.isFinite(parseTime(text))).toBe(understood);
  });

  it('refuses times that are over where one is to come', () => {
    const reader = new FieldReader({ dueAt: '2020-01-01T00:00:00Z' });
    expect(reader.time('dueAt', { after: Date.UTC(2026, 0, 1) })).toBeUndefined();
    expect(reader.problems).toMatchObject([{ field: 'dueAt', problem: 'out_of_range' }]);
  });
});
