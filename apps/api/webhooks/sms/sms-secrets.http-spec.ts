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

beforeAll(async () => {
  twilio = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
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

describe('a missed call where a secret is set', () => {
  it('is heard by that secret alone', async () => {
    const query = 'from=9830069003';
    expect((await stack.get(`/webhooks/missed-call?${query}`)).status).toBe(404);
    expect((await stack.get(`/webhooks/missed-call/wrong-wrong-wrong-x?${query}`)).status).toBe(404);
    expect(sent).toEqual([]);
    expect((await stack.get(`/webhooks/missed-call/${CALL_TOKEN}?${query}`)).status).toBe(200);
    for (const giveUp = Date.now() + 10_000; Date.now() < giveUp && sent.length === 0;) await sleep(25);
    expect(sent).toHaveLength(1);
  });
});
