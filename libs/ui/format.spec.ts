import {
  dueTone,
  formatAge,
  formatDateLong,
  formatDateShort,
  formatDateTime,
  formatRelative,
  speakableNumber,
} from './format.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-24T06:00:00Z');
const at = (hours: number) => new Date(NOW + hours * HOUR).toISOString();

describe('times as people read them', () => {
  it('tells the hour of the city, wherever the reader is', () => {
    expect(formatDateTime('2026-11-24T12:30:00Z', 'en')).toContain('6:00');
    expect(formatDateTime('2026-11-24T20:00:00Z', 'en')).toContain('25');
  });

  it('speaks of days, hours and minutes in the largest that fits', () => {
    expect(formatRelative(at(-50), 'en', NOW)).toBe('2 days ago');
    expect(formatRelative(at(3), 'en', NOW)).toBe('in 3 hours');
    expect(formatAge(at(-0.5), 'en', NOW)).toContain('30');
  });

  it('names the part of the day in Bengali and Hindi', () => {
    expect(formatDateShort('2026-11-24T12:02:00Z', 'bn')).toBe('২৪ নভেঃ, বিকাল ৫:৩২');
    expect(formatDateLong('2026-11-24T15:30:00Z', 'bn')).toBe('মঙ্গলবার ২৪ নভেম্বর, রাত্রি ৯:০০');
    expect(formatDateShort('2026-11-24T12:02:00Z', 'hi')).toContain('शाम 5:32');
  });

  it('writes Bengali digits for Bengali readers', () => {
    expect(formatRelative(at(3), 'bn', NOW)).toContain('৩');
  });
});

describe('the due date of a case', () => {
  const view = { state: 'assigned', registeredAt: at(-40), dueAt: at(60) };

  it('is in time until the last quarter, then soon, then overdue', () => {
    expect(dueTone(view, NOW)).toBe('in_time');
    expect(dueTone({ ...view, dueAt: at(10) }, NOW)).toBe('soon');
    expect(dueTone({ ...view, dueAt: at(0) }, NOW)).toBe('overdue');
  });

  it('is soon in the last four hours of however long a time', () => {
    expect(dueTone({ ...view, registeredAt: at(-1), dueAt: at(3.9) }, NOW)).toBe('soon');
  });

  it('stands still while the citizen is asked and counts no more once answered or closed', () => {
    expect(dueTone({ ...view, state: 'awaiting_citizen', dueAt: null }, NOW)).toBe('paused');
    expect(dueTone({ ...view, state: 'resolved', dueAt: at(-9) }, NOW)).toBe('answered');
    expect(dueTone({ ...view, state: 'closed', dueAt: at(-9) }, NOW)).toBe('closed');
  });
});

describe('a case number', () => {
  it('is grouped to be read out', () => {
    expect(speakableNumber('KMC-26-0001234-5')).toBe('KMC 26 000 1234 5');
    expect(speakableNumber('something else')).toBe('something else');
  });
});
