import { createBrowserRouter, type RouteObject } from 'react-router';
import { Frame } from './shell/frame.js';
import { Slow } from './shell/page-states.js';
import { NotFoundPage, RouteErrorPage } from './shell/route-pages.js';

/** Each page is a chunk of its own: a field officer on a slow phone loads the inbox and a case, nothing else. */
const pages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('./inbox/inbox-page.js')).InboxPage }) },
  { path: 'cases/:number', lazy: async () => ({ Component: (await import('./case/case-page.js')).CasePage }) },
  { path: 'desk', lazy: async () => ({ Component: (await import('./gro/gro-page.js')).GroPage }) },
  {
    path: 'escalations',
    lazy: async () => ({ Component: (await import('./escalation/escalation-page.js')).EscalationPage }),
  },
  { path: 'new', lazy: async () => ({ Component: (await import('./intake/intake-page.js')).IntakePage }) },
  { path: 'today', lazy: async () => ({ Component: (await import('./field/today-page.js')).TodayPage }) },
  { path: 'waiting', lazy: async () => ({ Component: (await import('./field/waiting-page.js')).WaitingPage }) },
  {
    path: 'insight/:section?',
    lazy: async () => ({ Component: (await import('./insight/insight-page.js')).InsightPage }),
  },
  { path: 'admin/:section?', lazy: async () => ({ Component: (await import('./admin/admin-page.js')).AdminPage }) },
  {
    path: 'history/:number?',
    lazy: async () => ({ Component: (await import('./admin/history-page.js')).HistoryPage }),
  },
  { path: '*', Component: NotFoundPage },
];

export const router = createBrowserRouter(
  [{ path: '/', Component: Frame, ErrorBoundary: RouteErrorPage, HydrateFallback: Slow, children: pages }],
  {
    basename: '/staff',
  },
);
