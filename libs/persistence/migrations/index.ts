import { Init1767225600000 } from './1767225600000-init.js';

/** In order. One set for every engine. */
export const MIGRATIONS = [Init1767225600000];
