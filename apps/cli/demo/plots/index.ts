import { ANSWERS } from './answers.js';
import { BESIDE } from './beside.js';
import { DOORS } from './doors.js';
import { ORDINARY } from './ordinary.js';
import type { Plot } from './plot.js';
import { WORK } from './work.js';

export type { Plot } from './plot.js';

/** All ways a case can go; what is asked of few complaints first, so that it finds those it fits. */
export const PLOTS: readonly Plot[] = [...DOORS, ...WORK, ...BESIDE, ...ANSWERS, ...ORDINARY];
/** How all other complaints go. */
export const REST = 'done and rated well';
