import type { CommandName } from '../names.js';
import { answering } from './answering.js';
import { asking } from './asking.js';
import { assigning } from './assigning.js';
import { beside } from './beside.js';
import { citizen } from './citizen.js';
import type { Handlers } from './handler.js';
import { requesting } from './requesting.js';
import { transferring } from './transferring.js';

export const HANDLERS: Handlers<CommandName> = {
  ...assigning,
  ...requesting,
  ...transferring,
  ...answering,
  ...citizen,
  ...asking,
  ...beside,
};
