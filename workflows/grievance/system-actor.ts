import type { Actor } from '#libs/domain/case/types';

/** Gives the commands that nobody gives: routing, deadlines, a changed calendar. */
export const SYSTEM: Actor = { id: 'system', roles: ['system'], posts: [] };
