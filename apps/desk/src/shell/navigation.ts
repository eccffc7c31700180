import type { Role } from '#libs/domain/case/names';
import type { IconName } from './icon.js';

export interface NavItem {
  to: string;
  key: 'inbox' | 'today' | 'gro' | 'escalations' | 'new' | 'insight' | 'admin' | 'history';
  icon: IconName;
  roles: readonly Role[] | 'all';
  /** Second key after `g`. */
  shortcut: string;
}

const NAVIGATION: readonly NavItem[] = [
  { to: '/today', key: 'today', icon: 'pin', roles: ['lme'], shortcut: 't' },
  { to: '/', key: 'inbox', icon: 'inbox', roles: 'all', shortcut: 'i' },
  { to: '/desk', key: 'gro', icon: 'desk', roles: ['gro'], shortcut: 'd' },
  { to: '/escalations', key: 'escalations', icon: 'up', roles: ['escalation_officer'], shortcut: 'e' },
  { to: '/new', key: 'new', icon: 'plus', roles: ['call_centre', 'mayors_office'], shortcut: 'n' },
  {
    to: '/insight',
    key: 'insight',
    icon: 'chart',
    roles: ['gro', 'escalation_officer', 'mayors_office', 'tenant_admin', 'state_admin', 'auditor'],
    shortcut: 'f',
  },
  { to: '/admin', key: 'admin', icon: 'gear', roles: ['tenant_admin', 'state_admin'], shortcut: 'a' },
  { to: '/history', key: 'history', icon: 'history', roles: ['tenant_admin', 'state_admin', 'auditor'], shortcut: 'h' },
];

export function navigationFor(roles: readonly Role[]): NavItem[] {
  return NAVIGATION.filter((item) => item.roles === 'all' || item.roles.some((role) => roles.includes(role)));
}
