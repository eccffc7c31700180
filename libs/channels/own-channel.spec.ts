import { SettingsError } from '#libs/config/settings';
import { readOwnChannel } from './own-channel.js';

describe('a channel that a city has of its own', () => {
  it('is a WhatsApp number with its token', () => {
    const own = { phoneNumberId: '1000', token: ' t ', verifyToken: 'v' };
    expect(readOwnChannel('whatsapp', own)).toEqual({ phoneNumberId: '1000', token: 't', verifyToken: 'v' });
  });

  it('is an SMS gateway with the settings that this gateway needs', () => {
    const settings = { SMS_API_KEY: 'k', SMS_ENTITY_ID: '1001234567890123456' };
    expect(readOwnChannel('sms', { gateway: 'msg91', ...settings })).toEqual({ gateway: 'msg91', options: settings });
    expect(readOwnChannel('sms', { gateway: 'msg91', options: settings })).toEqual({
      gateway: 'msg91',
      options: settings,
    });
  });

  it.each([
    ['whatsapp', { token: 't' }, 'phoneNumberId'],
    ['whatsapp', { phoneNumberId: '../x', token: 't' }, 'phoneNumberId'],
    ['whatsapp', { phoneNumberId: '1', token: 5 }, 'token'],
    ['whatsapp', { phoneNumberId: '1', token: 't', url: 'https://evil.example' }, 'url'],
    ['sms', {}, 'gateway'],
    ['sms', { gateway: 'console' }, 'gateway'],
    ['sms', { gateway: 'msg91', SMS_API_KEY: 'k' }, 'SMS_ENTITY_ID'],
    ['sms', { gateway: 'msg91', SMS_API_KEY: 'k', SMS_ENTITY_ID: 'x' }, 'SMS_ENTITY_ID'],
    ['sms', { gateway: 'msg91', SMS_API_KEY: 'k', SMS_ENTITY_ID: '1001234567890123456', PATH: '/' }, 'PATH'],
  ] as const)('is refused by the name of the field: %s %j → %s', (channel, fields, variable) => {
    const attempt = (): unknown => readOwnChannel(channel, fields);
    expect(attempt).toThrow(SettingsError);
    expect(attempt).toThrow(new RegExp(`^${variable}:`));
  });
});
