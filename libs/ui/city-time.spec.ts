import { cityMonth, fromCityTime } from './city-time.js';
import { formatDateTime } from './format.js';

describe('the time of the city, whatever the reader’s device says', () => {
  it('is what somebody typed', () => {
    expect(fromCityTime('2026-11-24T18:00')).toBe('2026-11-24T12:30:00.000Z');
    expect(fromCityTime('2026-12-01T00:15')).toBe('2026-11-30T18:45:00.000Z');
    expect(formatDateTime(fromCityTime('2026-11-24T18:00'), 'en')).toContain('6:00');
  });

  it('begins a month five and a half hours before the clocks of Greenwich do', () => {
    expect(cityMonth(Date.parse('2026-11-30T18:29:59Z'))).toBe('2026-11');
    expect(cityMonth(Date.parse('2026-11-30T18:30:00Z'))).toBe('2026-12');
    expect(cityMonth(Date.parse('2026-12-31T18:30:00Z'))).toBe('2027-01');
  });

  it('counts months back over a new year', () => {
    expect(cityMonth(Date.parse('2026-12-31T20:00:00Z'), 11)).toBe('2026-02');
    expect(cityMonth(Date.parse('2026-03-31T12:00:00Z'), 1)).toBe('2026-02');
  });
});
