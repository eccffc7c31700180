export { createPortal } from './portal/portal.js';
export type { Portal, PortalDeps, PortalRequest } from '#libs/contracts/api/portal.js';
