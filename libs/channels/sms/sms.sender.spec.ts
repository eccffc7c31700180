import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SettingsError } from '#libs/config/settings-error';
import type { SmsSettings } from '#libs/config/settings';
import type { OutboundMessage } from '../channel.js';
import { Fields } from './fields.js';
import { gatewayOf } from './sms-settings.js';
import { smsSenderOf } from './sms.provider.js';
import { isTwilioSigned } from './twilio.js';

const TEXT = 'অভিযোগ KMC-26-0001234-5 & "জল" 😀';
const message: OutboundMessage = {
  id: 'KMC-26-0001234-5/1/registered/abcdefgh',
  channel: 'sms',
  to: '+919830012345',
  template: 'registered',
  locale: 'bn',
  text: TEXT,
  case: 'KMC-26-0001234-5',
  dlt: { templateId: '1007000000000001011', header: 'PRTKAR' },
};

interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Server;
let url: string;
let calls: Call[] = [];
let reply: { status: number; body: string; headers?: Record<string, string> } = { status: 200, body: '' };
let alerts: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      calls.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  calls = [];
  alerts = [];
});

const CREDENTIALS = {
  SMS_USERNAME: 'city',
  SMS_PASSWORD: 'p&ss',
  SMS_API_KEY: 'key',
  SMS_API_TOKEN: 'token',
  SMS_ACCOUNT_SID: 'AC1',
  SMS_FROM: '+15005550006',
  SMS_ENTITY_ID: '1701000000000000001',
};

function senderOf(gateway: SmsSettings['gateway'], more: Record<string, string> = {}) {
  const options = { ...CREDENTIALS, SMS_URL: url, ...more };
  const settings = { publicUrl: 'https://kmc.example.in', sms: { gateway, options } };
  const sender = smsSenderOf(settings, ({ what, error }) => void alerts.push(`${what}: ${error}`));
  if (!sender) throw new Error('no sender');
  return sender;
}

const form = () => Object.fromEntries(new URLSearchParams(calls[0]?.body));

describe('an SMS goes to', () => {
  it('Gupshup with entity, header and template, its id kept to the last digit', async () => {
    reply = { status: 200, body: '{"response":{"id":"3650811345834782721-1","status":"success"}}' };
    expect(await senderOf('gupshup').send(message)).toEqual({ outcome: 'sent', providerId: '3650811345834782721-1' });
    expect(form()).toMatchObject({
      send_to: '919830012345',
      msg: TEXT,
      msg_type: 'Unicode_Text',
      mask: 'PRTKAR',
      principalEntityId: CREDENTIALS.SMS_ENTITY_ID,
      dltTemplateId: message.dlt?.templateId,
      password: 'p&ss',
    });
    reply = { status: 200, body: 'success | 919830012345 | 3650811345834782722' };
    expect(await senderOf('gupshup').send(message)).toMatchObject({ outcome: 'sent' });
  });

  it('MSG91 as JSON that quotes and emoji do not break', async () => {
    reply = { status: 200, body: '{"message":1234567890123456789,"type":"success"}' };
    expect(await senderOf('msg91').send(message)).toEqual({ outcome: 'sent', providerId: '1234567890123456789' });
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
      sender: 'PRTKAR',
      unicode: '1',
      DLT_TE_ID: message.dlt?.templateId,
      sms: [{ message: TEXT, to: ['9830012345'] }],
    });
    expect(calls[0]?.headers['authkey']).toBe('key');
  });

  it('Exotel with the address for its reports', async () => {
    reply = { status: 200, body: '{"SMSMessage":{"Sid":"e7","Status":"queued"}}' };
    const sender = senderOf('exotel', { SMS_WEBHOOK_TOKEN: 'a-secret-of-16-letters' });
    expect(await sender.send(message)).toEqual({ outcome: 'sent', providerId: 'e7' });
    expect(calls[0]).toMatchObject({
      path: '/v1/Accounts/AC1/Sms/send.json',
      headers: { authorization: `Basic ${Buffer.from('key:token').toString('base64')}` },
    });
    expect(form()).toMatchObject({
      StatusCallback: 'https://kmc.example.in/webhooks/sms/exotel/a-secret-of-16-letters',
      EncodingType: 'unicode',
      Body: TEXT,
    });
  });

  it('Fast2SMS by its own route for registered texts', async () => {
    reply = { status: 200, body: '{"return":true,"request_id":"lwdtp7cjyqxvfe9","message":["sent"]}' };
    expect(await senderOf('fast2sms').send(message)).toEqual({ outcome: 'sent', providerId: 'lwdtp7cjyqxvfe9' });
    expect(form()).toMatchObject({ route: 'dlt_manual', sender_id: 'PRTKAR', message: TEXT, numbers: '9830012345' });
  });

  it('Twilio, which asks for no registration', async () => {
    reply = { status: 201, body: '{"sid":"SM1","status":"queued"}' };
    const { dlt: _dlt, ...unregistered } = message;
    expect(await senderOf('twilio').send(unregistered)).toEqual({ outcome: 'sent', providerId: 'SM1' });
    expect(calls[0]?.path).toBe('/2010-04-01/Accounts/AC1/Messages.json');
    expect(form()).toMatchObject({ To: '+919830012345', From: '+15005550006', Body: TEXT });
  });

  it('any other gateway by settings alone', async () => {
    const settings = {
      SMS_URL: `${url}/send?to={msisdn}&m={text}&k={SMS_API_KEY}`,
      SMS_SUCCESS: '"ok":1',
      SMS_ID_PATH: 'data.0.id',
      SMS_CODE_PATH: 'err',
      SMS_HEADERS: '{"X-Key":"{SMS_API_KEY}"}',
    };
    reply = { status: 200, body: '{"ok":1,"data":[{"id":98765432109876543210}]}' };
    const sender = senderOf('http', settings);
    expect(await sender.send(message)).toEqual({ outcome: 'sent', providerId: '98765432109876543210' });
    const query = new URL(calls[0]?.path ?? '', url).searchParams;
    expect([query.get('to'), query.get('m'), calls[0]?.headers['x-key']]).toEqual(['919830012345', TEXT, 'key']);
    reply = { status: 200, body: '{"ok":0,"err":611}' };
    expect(await sender.send(message)).toMatchObject({ outcome: 'rejected' });
    expect(alerts).toHaveLength(1);
  });
});

describe('a gateway that does not take a message', () => {
  it.each(['600', '611', '632'])('for the DLT fault %s is not asked again, and the operator is told', async (code) => {
    reply = { status: 200, body: `{"return":false,"status_code":${code},"message":"template"}` };
    expect(await senderOf('fast2sms').send(message)).toMatchObject({
      outcome: 'rejected',
      error: expect.stringContaining(code) as string,
    });
    expect(alerts).toEqual([expect.stringMatching(/^refused: fast2sms: 6/)]);
  });

  it('for the number refuses that one alone, quietly', async () => {
    reply = { status: 400, body: '{"code":21211,"message":"Invalid number"}' };
    expect(await senderOf('twilio').send(message)).toMatchObject({ outcome: 'rejected' });
    expect(alerts).toEqual([]);
  });

  it('for our credentials is left alone for a while, whoever the message is for', async () => {
    reply = { status: 401, body: '{"code":20003}' };
    const sender = senderOf('twilio');
    expect(await sender.send(message)).toMatchObject({ outcome: 'stopped', afterMs: 600_000 });
    expect(await sender.send(message)).toMatchObject({ outcome: 'stopped' });
    expect(calls).toHaveLength(1);
    expect(alerts).toEqual([expect.stringMatching(/^stopped: /)]);
  });

  it('and quotes it leaves code and number unsaid, to the operator too', async () => {
    const code = { ...message, template: 'otp' as const, text: 'Your code is 048213.' };
    reply = { status: 403, body: 'no credit for 919830012345: Your code is 048213. (9830012345)' };
    const result = await senderOf('msg91').send(code);
    expect(result).toMatchObject({
      outcome: 'stopped',
      error: 'msg91: 403 no credit for 91***: Your code is ***. (***)',
    });
    expect(alerts).toEqual([expect.stringMatching(/^stopped: msg91: 403 no credit/)]);
    expect(alerts.join()).not.toMatch(/048213|9830012345/);
  });

  it('because it is busy or ill is asked again later', async () => {
    reply = { status: 429, body: '', headers: { 'Retry-After': '90' } };
    expect(await senderOf('msg91').send(message)).toMatchObject({ outcome: 'retry', afterMs: 90_000 });
    reply = { status: 502, body: '<html>' };
    expect(await senderOf('msg91').send(message)).toMatchObject({ outcome: 'retry' });
    expect(await senderOf('msg91', { SMS_URL: 'http://127.0.0.1:1' }).send(message)).toMatchObject({
      outcome: 'retry',
    });
  });

  it('is not even asked for a text that is not registered', async () => {
    const { dlt: _dlt, ...unregistered } = message;
    expect(await senderOf('gupshup').send(unregistered)).toMatchObject({ outcome: 'rejected' });
    expect(calls).toEqual([]);
    expect(alerts).toHaveLength(1);
  });

  it('leads nowhere else with our credentials', async () => {
    reply = { status: 302, body: '', headers: { Location: `${url}/elsewhere` } };
    expect(await senderOf('msg91').send(message)).toMatchObject({ outcome: 'retry' });
    expect(calls).toHaveLength(1);
  });
});

describe('delivery reports', () => {
  const read = (gateway: SmsSettings['gateway'], entries: Record<string, string>, json?: unknown) =>
    gatewayOf({ gateway, options: { ...CREDENTIALS, SMS_URL: url } })?.reports(
      new Fields(Object.entries(entries), json),
    );

  it('of Gupshup, one or many, keep ids of nineteen digits', () => {
    const one = { externalId: '3650811345834782721', eventType: 'DELIVERED', eventTs: '1795503600000' };
    expect(read('gupshup', one)).toEqual([
      { providerId: '3650811345834782721', status: 'delivered', at: 1_795_503_600_000 },
    ]);
    const response =
      '[{"externalId":3650811345834782721,"eventType":"FAILED","cause":"DLT","errCode":"611"},{"externalId":"2","eventType":"SENT"}]';
    expect(read('gupshup', { response })).toEqual([
      { providerId: '3650811345834782721', status: 'failed', error: '611 DLT', code: '611' },
      { providerId: '2', status: 'sent' },
    ]);
  });

  it('of MSG91 come as JSON in a field', () => {
    const data =
      '[{"requestId":"5134842646923e183d000075","report":[{"status":"1","desc":"DELIVERED"},{"status":"16","desc":"REJECTED"}]}]';
    expect(read('msg91', { data })).toMatchObject([
      { status: 'delivered' },
      { status: 'failed', error: '16 REJECTED' },
    ]);
    expect(read('msg91', { data: 'not json' })).toBeNull();
  });

  it('of Exotel, Fast2SMS and Twilio mean the same', () => {
    expect(read('exotel', { SmsSid: 'e7', Status: 'sent' })).toEqual([{ providerId: 'e7', status: 'delivered' }]);
    expect(read('exotel', { SmsSid: 'e7', Status: 'failed-dnd' })).toMatchObject([{ status: 'failed' }]);
    const fast = { request_id: 'l9', delivery_status: [{ status: 'Delivered' }] };
    expect(read('fast2sms', {}, fast)).toEqual([{ providerId: 'l9', status: 'delivered' }]);
    expect(read('twilio', { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30005' })).toEqual([
      { providerId: 'SM1', status: 'failed', error: '30005 undelivered', code: '30005' },
    ]);
    expect(read('twilio', { MessageSid: 'SM1', Body: 'STATUS', SmsStatus: 'received' })).toBeNull();
  });

  it('of Twilio are signed over address and form', () => {
    // The example of Twilio's own documents.
    const parameters: [string, string][] = [
      ['CallSid', 'CA1234567890ABCDE'],
      ['Caller', '+14158675309'],
      ['Digits', '1234'],
      ['From', '+14158675309'],
      ['To', '+18005551212'],
    ];
    const signed = (signature: string) =>
      isTwilioSigned('https://mycompany.com/myapp.php?foo=1&bar=2', parameters, signature, '12345');
    expect(signed('RSOYDt4T1cUTdK1PDd93/VVr8B8=')).toBe(true);
    expect(signed('QSOYDt4T1cUTdK1PDd93/VVr8B8=')).toBe(false);
    expect(signed('')).toBe(false);
  });
});

describe('settings of a gateway', () => {
  it.each<[SmsSettings['gateway'], Record<string, string>, string]>([
    ['gupshup', {}, 'SMS_USERNAME'],
    ['msg91', { SMS_API_KEY: 'k' }, 'SMS_ENTITY_ID'],
    ['twilio', { SMS_ACCOUNT_SID: 'AC1', SMS_API_TOKEN: 't' }, 'SMS_FROM'],
    ['http', {}, 'SMS_URL'],
    ['http', { SMS_URL: 'gateway.example' }, 'SMS_URL'],
    ['http', { SMS_URL: 'https://gateway.example/?to={to}' }, 'SMS_BODY'],
    ['http', { SMS_URL: 'https://g.example/?m={text}', SMS_HEADERS: '{' }, 'SMS_HEADERS'],
    ['http', { SMS_URL: 'https://g.example/?m={text}', SMS_SUCCESS: '(' }, 'SMS_SUCCESS'],
  ])('%s with %j names what is wrong', (gateway, options, variable) => {
    expect(() => gatewayOf({ gateway, options })).toThrow(SettingsError);
    expect(() => gatewayOf({ gateway, options })).toThrow(new RegExp(`^${variable}: `));
  });
});
