import { SettingsError } from '#libs/config/settings';
import { gatewayOf, identityOf } from './sms/sms-settings.js';
import { ownSmsSettings, type OwnSms } from './sms/sms.provider.js';

interface OwnWhatsApp {
  phoneNumberId: string;
  token: string;
  appSecret?: string;
  verifyToken?: string;
}

const LONGEST = 2_000;

/**
 * A city's own channel as an administrator describes it, checked as the installation's settings are.
 * @throws SettingsError naming the field that is missing or wrong
 */
export function readOwnChannel(
  channel: 'whatsapp' | 'sms',
  fields: Readonly<Record<string, unknown>>,
): OwnWhatsApp | OwnSms {
  return channel === 'whatsapp' ? readWhatsApp(fields) : readSms(fields);
}

function readWhatsApp(fields: Readonly<Record<string, unknown>>): OwnWhatsApp {
  const known = ['phoneNumberId', 'token', 'appSecret', 'verifyToken'];
  const stranger = Object.keys(fields).find((name) => !known.includes(name));
  if (stranger !== undefined) throw new SettingsError(stranger, 'there is no such field', known.join(', '));
  const phoneNumberId = text(fields, 'phoneNumberId', true);
  if (!/^[\w-]{1,60}$/.test(phoneNumberId))
    throw new SettingsError('phoneNumberId', 'it is none', "the number's id at the provider");
  const [appSecret, verifyToken] = [text(fields, 'appSecret'), text(fields, 'verifyToken')];
  return {
    phoneNumberId,
    token: text(fields, 'token', true),
    ...(appSecret === '' ? {} : { appSecret }),
    ...(verifyToken === '' ? {} : { verifyToken }),
  };
}

function readSms(fields: Readonly<Record<string, unknown>>): OwnSms {
  const { gateway: _gateway, options, ...others } = fields;
  const given = typeof options === 'object' && options !== null ? { ...others, ...options } : others;
  const names = Object.keys(given);
  const stranger = names.find((name) => !/^SMS_[A-Z_]{2,40}$/.test(name));
  if (stranger !== undefined) throw new SettingsError(stranger, 'there is no such field', 'gateway and SMS_… settings');
  const own = {
    gateway: text(fields, 'gateway', true),
    options: Object.fromEntries(names.map((name) => [name, text(given, name, true)])),
  };
  const settings = ownSmsSettings(own);
  gatewayOf(settings);
  identityOf(settings);
  const token = own.options['SMS_WEBHOOK_TOKEN'];
  if (token !== undefined && !/^[A-Za-z0-9_-]{16,128}$/.test(token))
    throw new SettingsError('SMS_WEBHOOK_TOKEN', 'it is too short', '16 to 128 letters, digits, - or _');
  return own;
}

function text(fields: Readonly<Record<string, unknown>>, name: string, required = false): string {
  const value = fields[name];
  if (value === undefined && !required) return '';
  if (typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST) return value.trim();
  throw new SettingsError(name, value === undefined ? 'it is absent' : 'it is no text', 'what the provider gave you');
}
