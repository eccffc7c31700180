import '@mantine/core/styles.css';
import 'virtual:tokens.css';
import '#libs/ui/fonts.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/inbox.css';
import './styles/case.css';
import './styles/pages.css';
import './styles/print.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { startI18n } from './i18n.js';
import { queryClient } from './query-client.js';
import { router } from './routes.js';
import { SessionProvider } from './session/session.js';
import { ThemeSync } from './shell/theme-switch.js';
import { cssVariables, theme } from './theme.js';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element #root');
await startI18n();
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ThemeSync />
      <QueryClientProvider client={queryClient}>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
