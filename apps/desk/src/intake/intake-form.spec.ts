import { completeMobile, emptyIntake, missingIntake, toLodging } from './intake-form.js';

describe('a complaint told on the telephone', () => {
  it('looks the caller up only once the number is complete, however it was typed', () => {
    expect(completeMobile('98300 1234')).toBe('');
    expect(completeMobile('98300 12345')).toBe('9830012345');
    expect(completeMobile('+91-9830012345')).toBe('9830012345');
    expect(completeMobile('09830012345')).toBe('9830012345');
    expect(completeMobile('03322861000')).toBe('');
  });

  it('needs kind, ward and words, and nothing else', () => {
    expect(missingIntake(emptyIntake('call_centre'))).toEqual(['subCategory', 'ward', 'description']);
    expect(
      missingIntake({ ...emptyIntake('call_centre'), subCategory: 'WATER_LEAK', ward: '43', description: 'Leak' }),
    ).toEqual([]);
  });

  it('goes with the point that was shown on the map', () => {
    const shown = { ...emptyIntake('call_centre'), ward: '43', place: { lat: 22.57, lon: 88.35 } };
    expect(toLodging(shown)).toMatchObject({ ward: '43', lat: 22.57, lon: 88.35 });
  });

  it('names no citizen when the caller wishes to give neither number nor name', () => {
    const body = toLodging({
      ...emptyIntake('walk_in'),
      subCategory: 'WATER_LEAK',
      ward: ' 43 ',
      description: ' Leak ',
    });
    expect(body).toEqual({
      subCategory: 'WATER_LEAK',
      ward: '43',
      description: 'Leak',
      locale: 'bn',
      source: 'walk_in',
    });
  });
});
