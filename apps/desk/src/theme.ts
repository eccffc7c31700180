import { createTheme, Drawer, Modal, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { FONT_STACK, RED, TEAL } from '#libs/ui/tokens';

/** Their `header` element would be a second banner of the page; the dialog is named by its title. */
const attributes = { header: { role: 'presentation' } };

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal: [...TEAL] as unknown as MantineColorsTuple, red: [...RED] as unknown as MantineColorsTuple },
  fontFamily: FONT_STACK,
  headings: { fontFamily: FONT_STACK, fontWeight: '600' },
  defaultRadius: 'md',
  focusRing: 'always',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({ defaultProps: { attributes } }),
    Drawer: Drawer.extend({ defaultProps: { attributes } }),
  },
});

/** Mantine's own greys miss the contrast we promise; every text colour comes from the tokens instead. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--pk-paper)',
    '--mantine-color-text': 'var(--pk-ink)',
    '--mantine-color-dimmed': 'var(--pk-muted)',
    '--mantine-color-placeholder': 'var(--pk-muted)',
    '--mantine-color-default': 'var(--pk-raised)',
    '--mantine-color-default-color': 'var(--pk-ink)',
    '--mantine-color-default-border': 'var(--pk-line-strong)',
    '--mantine-color-default-hover': 'var(--pk-surface)',
    '--mantine-color-error': 'var(--pk-red)',
    '--mantine-color-anchor': 'var(--pk-accent)',
    '--mantine-color-teal-light': 'var(--pk-accent-ground)',
    '--mantine-color-teal-light-color': 'var(--pk-accent)',
    '--mantine-color-red-light': 'var(--pk-red-ground)',
    '--mantine-color-red-light-color': 'var(--pk-red)',
    '--mantine-line-height': 'var(--pk-leading)',
  };
  return { variables: {}, light: shared, dark: shared };
};
