import { insightTexts } from '../insight/texts-bn.js';
import { adminTexts } from './bn/admin.js';
import { caseTexts } from './bn/case.js';
import { commandsTexts } from './bn/commands.js';
import { inboxTexts } from './bn/inbox.js';
import { shellTexts } from './bn/shell.js';
import { workTexts } from './bn/work.js';
import type { Texts } from '#libs/ui/locales/texts';
import type { en } from './en.js';

export const bn: Texts<typeof en> = {
  insight: insightTexts,
  ...shellTexts,
  ...inboxTexts,
  ...caseTexts,
  ...workTexts,
  ...adminTexts,
  ...commandsTexts,
};
