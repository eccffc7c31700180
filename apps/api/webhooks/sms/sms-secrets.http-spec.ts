import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startStack, type Stack } from '#libs/testing/stack';

const TOKEN = 'a-secret-in-the-path';
const CALL_TOKEN = 'another-secret-path';
const AUTH = 'the auth token of twilio';
const PUBLIC_URL = 'https://kmc.example.in';

let stack: Stack;
let twilio: Server;
let sent: URLSearchParams[] = [];
const own: URLSearchParams[] = [];

beforeAll(async () => {
  twilio = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.url?.startsWith('/kolkata')) {
        own.push(new URL(request.url, 'http://gateway').searchParams);
        return void response.end(JSON.stringify({ id: `own-${own.length}` }));
      }
      sent.push(new URLSearchParams(body));
      response.writeHead(201).end(JSON.stringify({ sid: `SM${sent.length}` }));
    });
  });
  await new Promise<void>((done) => twilio.listen(0, '127.0.0.1', done));
  stack = await startStack({
    PUBLIC_URL,
    SMS_GATEWAY: 'twilio',
    SMS_URL: `http://127.0.0.1:${(twilio.address() as AddressInfo).port}`,
    SMS_ACCOUNT_SID: 'AC1',
    SMS_API_TOKEN: AUTH,
    SMS_FROM: '+15005550006',
    SMS_WEBHOOK_TOKEN: TOKEN,
    MISSED_CALL_TOKEN: CALL_TOKEN,
  });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  twilio?.close();
});
beforeEach(() => (sent = []));

function call(path: string, form: Record<string, string>, sign: boolean) {
  const text = PUBLIC_URL + path + Object.entries(form).sort().flat().join('');
  const signature = createHmac('sha1', AUTH).update(text).digest('base64');
  return stack.request('POST', path, {
    raw: new URLSearchParams(form).toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      ...(sign ? { 'X-Twilio-Signature': signature } : {}),
    },
  });
}

describe('a gateway that signs', () => {
  const path = `/webhooks/sms/twilio/${TOKEN}`;

  it('is heard by its signature alone', async () => {
    const form = { MessageSid: 'SM900', From: '+919830069001', Body: 'HELP' };
    expect((await call(path, form, false)).status).toBe(403);
    expect(sent).toEqual([]);
    expect((await call(path, form, true)).status).toBe(200);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.get('To')).toBe('+919830069001');
    expect(sent[0]?.get('StatusCallback')).toBe(`${PUBLIC_URL}${path}`);
  });

  it('carries one-time codes too', async () => {
    const answer = await stack.post('/api/v1/auth/otp', { mobile: '+919830069002' });
    expect(answer.status).toBe(202);
    expect(sent[0]?.get('Body')).toMatch(/\d{6}/);
  });
});

describe('a city with a gateway of its own', () => {
  it('sends by it under its own registration, is told of deliveries by its own secret, and others send as before', async () => {
    const admin = await stack.login('it-admin');
    const gateway = `http://127.0.0.1:${(twilio.address() as AddressInfo).port}/kolkata`;
    const rows = [{ template: 'registered', locale: 'en', dlt_id: '1107160000000000001', header: 'KMCGOV' }];
    expect((await stack.post('/api/v1/import/templates?apply=true', { rows }, admin)).status).toBe(200);
    const body = {
      gateway: 'http',
      SMS_URL: `${gateway}?to={msisdn}&text={text}&template={template}&header={header}`,
      SMS_ID_PATH: 'id',
      SMS_WEBHOOK_TOKEN: 'the-secret-of-kolkata',
    };
    expect((await stack.request('PUT', '/api/v1/channels/sms?tenant=KMC', { body, token: admin })).status).toBe(204);
    await sleep(2_100);
    const complaint = { subCategory: 'LIGHT_OFF', ward: 91, description: 'dark', citizen: { mobile: '9830069011' } };
    const lodged = await stack.post(
      '/api/v1/grievances',
      { ...complaint, locale: 'en' },
      await stack.login('call-centre-1'),
    );
    expect(lodged.status).toBe(201);
    const toCitizen = () => own.find((query) => query.get('to') === '919830069011');
    for (const giveUp = Date.now() + 25_000; Date.now() < giveUp && !toCitizen();) await sleep(25);
    expect(Object.fromEntries(toCitizen() ?? [])).toMatchObject({ template: '1107160000000000001', header: 'KMCGOV' });
    const report = (token: string) => stack.get(`/webhooks/sms/http/${token}?id=own-1&status=delivered`);
    expect((await report('the-secret-of-kolkata')).status).toBe(200);
    expect((await report('another-secret-here')).status).toBe(404);
  });
});

describe('a missed call where a secret is set', () => {
  it('is heard by that secret alone', async () => {
    const query = 'from=9830069003';
    expect((await stack.get(`/webhooks/missed-call?${query}`)).status).toBe(404);
    expect((await stack.get(`/webhooks/missed-call/wrong-wrong-wrong-x?${query}`)).status).toBe(404);
    expect(sent).toEqual([]);
    expect((await stack.get(`/webhooks/missed-call/${CALL_TOKEN}?${query}`)).status).toBe(200);
    for (const giveUp = Date.now() + 25_000; Date.now() < giveUp && sent.length === 0;) await sleep(25);
    expect(sent).toHaveLength(1);
  });
});
