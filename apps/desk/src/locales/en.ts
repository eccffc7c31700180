import { insightTexts } from '../insight/texts-en.js';
import { adminTexts } from './en/admin.js';
import { caseTexts } from './en/case.js';
import { commandsTexts } from './en/commands.js';
import { inboxTexts } from './en/inbox.js';
import { shellTexts } from './en/shell.js';
import { workTexts } from './en/work.js';

export const en = {
  insight: insightTexts,
  ...shellTexts,
  ...inboxTexts,
  ...caseTexts,
  ...workTexts,
  ...adminTexts,
  ...commandsTexts,
};
