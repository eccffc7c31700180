import { THEMES } from './tokens.js';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((from) => {
    const channel = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(THEMES))('the %s theme', (_name, theme) => {
  it.each(['ink', 'muted', 'accent', 'amber', 'red', 'green', 'grey'] as const)(
    'shows %s text legibly on every ground',
    (text) => {
      for (const ground of ['paper', 'surface', 'raised'] as const) {
        expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it.each(['accent', 'amber', 'red', 'green', 'grey'] as const)('shows %s legibly on its own ground', (tone) => {
    expect(contrast(theme[tone], theme[`${tone}-ground`])).toBeGreaterThanOrEqual(4.5);
  });

  it('shows the words of a filled button legibly and the edges of fields visibly', () => {
    expect(contrast(theme['on-accent'], theme['accent-fill'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme['line-strong'], theme.paper)).toBeGreaterThanOrEqual(3);
  });
});
