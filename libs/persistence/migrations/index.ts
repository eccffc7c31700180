import { Init1767225600000 } from './1767225600000-init.js';
import { Conversations1767225700000 } from './1767225700000-conversations.js';
import { Channels1767225800000 } from './1767225800000-channels.js';
import { StepsTaken1767225900000 } from './1767225900000-steps-taken.js';

/** In order. One set for every engine. */
export const MIGRATIONS = [
  Init1767225600000,
  Conversations1767225700000,
  Channels1767225800000,
  StepsTaken1767225900000,
];
