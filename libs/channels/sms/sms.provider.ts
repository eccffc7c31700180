import { SMS_GATEWAYS, SettingsError, type Settings, type SmsSettings } from '#libs/config/settings';
import type { ChannelAlert, ChannelProvider, ChannelSender } from '../channel.js';
import type { SmsGateway } from './gateway.js';
import { gatewayOf, identityOf } from './sms-settings.js';
import { SmsSender } from './sms.sender.js';

export interface SmsConfig {
  gateway: SmsGateway;
  settings: Pick<Settings, 'sms' | 'publicUrl'>;
  alert: ChannelAlert;
}

/** Gateways over HTTP, each by its preset or by settings alone. */
export const smsProvider: ChannelProvider<SmsConfig> = {
  name: 'sms',
  channels: ['sms'],
  create: ({ gateway, settings, alert }) =>
    new SmsSender({ gateway, alert, identity: identityOf(settings.sms), callback: reportAddress(settings) }),
};

/**
 * The sender of the settings; undefined: the console takes its place.
 * @throws SettingsError when the gateway's settings are incomplete
 */
export function smsSenderOf(settings: SmsConfig['settings'], alert: ChannelAlert): ChannelSender | undefined {
  const gateway = gatewayOf(settings.sms);
  return gateway ? smsProvider.create({ gateway, settings, alert }) : undefined;
}

/** What a city's own gateway is described by; the same as in the settings. */
export interface OwnSms {
  gateway: string;
  options: Readonly<Record<string, string>>;
}

/**
 * The sender of a city's own gateway.
 * @throws SettingsError naming what is missing or wrong
 */
export function ownSmsSender(own: OwnSms, publicUrl: string, alert: ChannelAlert): ChannelSender {
  const sender = smsSenderOf({ sms: ownSmsSettings(own), publicUrl }, alert);
  if (sender) return sender;
  throw new SettingsError('gateway', 'a city has no console of its own', SMS_GATEWAYS.slice(1).join(', '));
}

/** @throws SettingsError when there is no such gateway */
export function ownSmsSettings({ gateway, options }: OwnSms): SmsSettings {
  const known = SMS_GATEWAYS.find((each) => each === gateway);
  if (known === undefined || known === 'console')
    throw new SettingsError('gateway', `"${gateway}" is none`, `one of ${SMS_GATEWAYS.slice(1).join(', ')}`);
  return { gateway: known, options: { ...options } };
}

/** Where the gateway sends its reports; with the secret in its path where one is set. */
export function reportAddress({ sms, publicUrl }: SmsConfig['settings']): string {
  const token = sms.options['SMS_WEBHOOK_TOKEN'];
  return `${publicUrl}/webhooks/sms/${sms.gateway}${token === undefined ? '' : `/${encodeURIComponent(token)}`}`;
}
