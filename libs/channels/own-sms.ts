import type { Settings } from '#libs/config/settings';
import type { ChannelAlert, ChannelSender } from './channel.js';
import { consoleProvider } from './console/console.provider.js';
import { OwnSender } from './own-sender.js';
import { ownSmsSender, smsSenderOf, type OwnSms } from './sms/sms.provider.js';

/** Where the gateways of the cities are looked up. */
export interface OwnSmsSource {
  of(tenant: string | undefined): Promise<{ sms?: OwnSms }>;
  readonly any: boolean;
}

/**
 * SMS by each city's own gateway, and by the one of the settings for all others.
 * @throws SettingsError when the settings of the usual gateway are incomplete
 */
export function smsByCity(
  settings: Pick<Settings, 'sms' | 'publicUrl' | 'dataDir'>,
  channels: OwnSmsSource,
  alert: ChannelAlert,
): ChannelSender {
  const usual = smsSenderOf(settings, alert) ?? consoleProvider.create(settings);
  const own = new Map<string, { made: string; sender: ChannelSender }>();
  return new OwnSender({
    usual,
    any: () => channels.any,
    own: async ({ tenant = '' }) => {
      const { sms } = await channels.of(tenant);
      if (!sms) return null;
      const made = JSON.stringify(sms);
      let known = own.get(tenant);
      // A gateway that was refused is left alone for a while: that is remembered as long as its settings stay.
      if (known?.made !== made)
        own.set(tenant, (known = { made, sender: ownSmsSender(sms, settings.publicUrl, alert) }));
      return known.sender;
    },
  });
}
