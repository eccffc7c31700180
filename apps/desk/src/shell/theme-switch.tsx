import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.js';

/** Tokens follow the scheme that Mantine settled on. */
export function ThemeSync() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useEffect(() => {
    document.documentElement.dataset['theme'] = scheme;
  }, [scheme]);
  return null;
}

export function ThemeSwitch() {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const { setColorScheme } = useMantineColorScheme();
  const dark = scheme === 'dark';
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      aria-label={t(dark ? 'shell.light_theme' : 'shell.dark_theme')}
      title={t(dark ? 'shell.light_theme' : 'shell.dark_theme')}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      <Icon name={dark ? 'sun' : 'moon'} />
    </ActionIcon>
  );
}
