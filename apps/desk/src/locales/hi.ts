import { insightTexts } from '../insight/texts-hi.js';
import { adminTexts } from './hi/admin.js';
import { caseTexts } from './hi/case.js';
import { commandsTexts } from './hi/commands.js';
import { inboxTexts } from './hi/inbox.js';
import { shellTexts } from './hi/shell.js';
import { workTexts } from './hi/work.js';
import type { Texts } from '#libs/ui/locales/texts';
import type { en } from './en.js';

export const hi: Texts<typeof en> = {
  insight: insightTexts,
  ...shellTexts,
  ...inboxTexts,
  ...caseTexts,
  ...workTexts,
  ...adminTexts,
  ...commandsTexts,
};
