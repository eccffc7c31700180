/**
 * Every colour of portal and desk, in one place. Pairs of text and ground keep a contrast of at least 4.5 in each
 * theme; a tone is never the only sign of a state (an icon or a word goes with it).
 */
export type ThemeName = 'light' | 'dark' | 'contrast';

/** Deep teal, light to dark; the accent of both apps. */
export const TEAL = [
  '#e6f4f2',
  '#c9e6e2',
  '#9fd2cb',
  '#6fbab0',
  '#47a397',
  '#1f8a7d',
  '#0f766e',
  '#0b5f58',
  '#084c47',
  '#063a36',
] as const;

export const RED = [
  '#fdeceb',
  '#f9d3d0',
  '#f2a9a4',
  '#ea7f78',
  '#dd554c',
  '#c93a31',
  '#b3261e',
  '#981f18',
  '#7c1913',
  '#61130e',
] as const;

interface Tokens {
  paper: string;
  surface: string;
  raised: string;
  line: string;
  'line-strong': string;
  ink: string;
  muted: string;
  accent: string;
  'accent-ground': string;
  /** Text on a filled accent. */
  'on-accent': string;
  'accent-fill': string;
  amber: string;
  'amber-ground': string;
  red: string;
  'red-ground': string;
  green: string;
  'green-ground': string;
  grey: string;
  'grey-ground': string;
  focus: string;
}

export const THEMES: Record<ThemeName, Tokens> = {
  light: {
    paper: '#ffffff',
    surface: '#f5f8f7',
    raised: '#ffffff',
    line: '#d5dedc',
    'line-strong': '#7d8b88',
    ink: '#14211f',
    muted: '#4b5a57',
    accent: TEAL[7],
    'accent-ground': TEAL[0],
    'on-accent': '#ffffff',
    'accent-fill': TEAL[7],
    amber: '#7a4a00',
    'amber-ground': '#fff1d6',
    red: '#a3211a',
    'red-ground': '#fdeceb',
    green: '#17603a',
    'green-ground': '#e5f4ea',
    grey: '#505c5a',
    'grey-ground': '#ecf0ef',
    focus: '#0b5f58',
  },
  dark: {
    paper: '#0f1716',
    surface: '#141e1d',
    raised: '#1a2625',
    line: '#2c3b39',
    'line-strong': '#7f918e',
    ink: '#e8efed',
    muted: '#a9b8b5',
    accent: '#6fd0c3',
    'accent-ground': '#12312e',
    'on-accent': '#ffffff',
    'accent-fill': TEAL[6],
    amber: '#f5c069',
    'amber-ground': '#3a2a0c',
    red: '#ffa79f',
    'red-ground': '#42191a',
    green: '#86dba7',
    'green-ground': '#153323',
    grey: '#b3c0bd',
    'grey-ground': '#25302e',
    focus: '#8fe3d8',
  },
  contrast: {
    paper: '#ffffff',
    surface: '#ffffff',
    raised: '#ffffff',
    line: '#000000',
    'line-strong': '#000000',
    ink: '#000000',
    muted: '#1a1a1a',
    accent: '#00403b',
    'accent-ground': '#ffffff',
    'on-accent': '#ffffff',
    'accent-fill': '#00403b',
    amber: '#4d2e00',
    'amber-ground': '#ffffff',
    red: '#7a0000',
    'red-ground': '#ffffff',
    green: '#004020',
    'green-ground': '#ffffff',
    grey: '#262626',
    'grey-ground': '#ffffff',
    focus: '#000000',
  },
};

export const FONT_STACK =
  "'Noto Sans', 'Noto Sans Bengali', 'Noto Sans Devanagari', system-ui, -apple-system, 'Segoe UI', sans-serif";

function block(selector: string, tokens: Tokens): string {
  const lines = Object.entries(tokens).map(([name, value]) => `--pk-${name}:${value};`);
  return `${selector}{${lines.join('')}}`;
}

/** The tokens as CSS custom properties (`--pk-…`), chosen by `data-theme` on the root element. */
export function tokensCss(): string {
  return [
    block(':root', THEMES.light),
    block(":root[data-theme='dark']", THEMES.dark),
    block(":root[data-theme='contrast']", THEMES.contrast),
    `:root{--pk-font:${FONT_STACK};--pk-leading:1.5;}`,
    ':root:lang(bn),:root:lang(hi),:lang(bn),:lang(hi){--pk-leading:1.7;}',
  ].join('\n');
}
