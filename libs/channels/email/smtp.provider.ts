import type { Settings } from '#libs/config/settings';
import type { ChannelAlert, ChannelProvider, ChannelSender } from '../channel.js';
import { SmtpSender } from './smtp.sender.js';

export interface SmtpConfig {
  url: string;
  from: string;
  alert: ChannelAlert;
}

export const smtpProvider: ChannelProvider<SmtpConfig> = {
  name: 'smtp',
  channels: ['email'],
  create: (config) => new SmtpSender(config),
};

/** The sender of the settings; undefined: the console takes its place. */
export function emailSenderOf(
  { smtpUrl, smtpFrom }: Pick<Settings, 'smtpUrl' | 'smtpFrom'>,
  alert: ChannelAlert,
): ChannelSender | undefined {
  return smtpUrl === undefined ? undefined : smtpProvider.create({ url: smtpUrl, from: smtpFrom, alert });
}
