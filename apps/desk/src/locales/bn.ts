import type { Texts } from '#libs/ui/locales/texts';
import { en } from './en.js';
export const bn: Texts<typeof en> = en;
