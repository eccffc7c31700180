import type { WhatsAppSettings } from '#libs/config/settings';
import type { ChannelAlert, ChannelProvider } from '../channel.js';
import { GraphClient, type WhatsAppLine } from './graph-client.js';
import { WhatsAppSender } from './whatsapp.sender.js';

export interface WhatsAppConfig {
  settings: WhatsAppSettings;
  line: (via: string | undefined, tenant?: string) => Promise<WhatsAppLine | null>;
  alert: ChannelAlert;
}

/** The Cloud API of Meta, or whatever speaks like it. */
export const whatsAppProvider: ChannelProvider<WhatsAppConfig> = {
  name: 'whatsapp',
  channels: ['whatsapp'],
  create: ({ settings, line, alert }) =>
    new WhatsAppSender({ client: new GraphClient(settings), line, alert, paceMs: settings.paceMs }),
};

/** Whether the settings name a number to send by; without one the console takes its place. */
export function usualLine({ phoneNumberId, token }: WhatsAppSettings): WhatsAppLine | null {
  return phoneNumberId !== undefined && token !== undefined ? { phoneNumberId, token } : null;
}
