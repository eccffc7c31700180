import type { Texts } from '#libs/ui/locales/texts';
import { en } from './en.js';
export const hi: Texts<typeof en> = en;
