import { wardRanges } from './ward-ranges.js';

describe('the wards of a post', () => {
  it.each([
    [['36', '37', '40', '41', '42', '50'], '36–37, 40–42, 50'],
    [['10', '9', '8'], '8–10'],
    [['*'], '*'],
    [[], ''],
  ])('%j are said as %s', (wards, said) => {
    expect(wardRanges(wards)).toBe(said);
  });
});
