import { timelineData } from './timeline-data.js';

const at = Date.parse('2026-11-24T12:30:00Z');

describe('data of a timeline’s event', () => {
  it('tells moments as ISO 8601, at the top and in what changed', () => {
    const data = { until: at, directiveDueAt: at, from: { dueAt: null, level: 0 }, to: { dueAt: at, level: 1 } };
    expect(timelineData(data)).toEqual({
      until: '2026-11-24T12:30:00.000Z',
      directiveDueAt: '2026-11-24T12:30:00.000Z',
      from: { dueAt: null, level: 0 },
      to: { dueAt: '2026-11-24T12:30:00.000Z', level: 1 },
    });
  });

  it('tells how many follow, never who', () => {
    expect(timelineData({ persons: ['citizen:abc', 'citizen:def'], from: 'KMC-26-0000001-3' })).toEqual({
      count: 2,
      from: 'KMC-26-0000001-3',
    });
  });

  it('leaves numbers that are no moments alone', () => {
    expect(timelineData({ rating: 2, slaHours: 18, answer: 4 })).toEqual({ rating: 2, slaHours: 18, answer: 4 });
  });
});
