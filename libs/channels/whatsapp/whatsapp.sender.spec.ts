import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutboundMessage } from '../channel.js';
import { faultOf } from './errors.js';
import { GraphClient } from './graph-client.js';
import { WhatsAppSender } from './whatsapp.sender.js';

interface Sent {
  path: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
}

describe('sending by WhatsApp', () => {
  const sent: Sent[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let base = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      sent.push({
        path: request.url ?? '',
        authorization: request.headers.authorization,
        body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
      });
      answer(request, response);
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    sent.length = 0;
    alerts.length = 0;
    now = 1_000_000;
    answer = accept;
  });

  const json = (response: ServerResponse, status: number, body: unknown) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  const accept = (_request: IncomingMessage, response: ServerResponse) =>
    json(response, 200, { messaging_product: 'whatsapp', messages: [{ id: 'wamid.1' }] });
  const refuse =
    (code: number, status = 400) =>
    (_request: IncomingMessage, response: ServerResponse) =>
      json(response, status, { error: { code, message: `fault ${code}`, error_data: { details: 'details' } } });

  const alerts: { what: string; error: string }[] = [];
  let now = 0;
  const line = { phoneNumberId: '100000000000001', token: 'token-1' };
  const client = () => new GraphClient({ apiUrl: base, version: 'v26.0', mediaHosts: [new URL(base).host] });
  const sender = () =>
    new WhatsAppSender({
      client: client(),
      line: () => Promise.resolve(line),
      alert: (alert) => alerts.push(alert),
      paceMs: 6_000,
      now: () => now,
    });
  const message: OutboundMessage = {
    id: 'KMC-26-0000001-0/2/resolved/abcdefgh',
    channel: 'whatsapp',
    to: '+919800000001',
    template: 'resolved',
    locale: 'bn',
    text: 'কাজ হয়েছে',
    case: 'KMC-26-0000001-0',
    whatsapp: {
      name: 'pratikar_resolved',
      language: 'bn',
      values: ['KMC', 'x'],
      payloads: ['v1:rate:KMC-26-0000001-0'],
    },
  };

  it('goes as free text while the 24 hours run, with our id beside it', async () => {
    expect(await sender().send({ ...message, windowOpen: true })).toEqual({ outcome: 'sent', providerId: 'wamid.1' });
    expect(sent[0]).toMatchObject({
      path: '/v26.0/100000000000001/messages',
      authorization: 'Bearer token-1',
      body: {
        messaging_product: 'whatsapp',
        to: '919800000001',
        type: 'text',
        text: { body: 'কাজ হয়েছে' },
        biz_opaque_callback_data: message.id,
      },
    });
  });

  it('goes as the approved template outside them', async () => {
    await sender().send(message);
    expect(sent[0]?.body).toMatchObject({
      type: 'template',
      template: {
        name: 'pratikar_resolved',
        language: { code: 'bn' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'KMC' },
              { type: 'text', text: 'x' },
            ],
          },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: '0',
            parameters: [{ type: 'payload', payload: 'v1:rate:KMC-26-0000001-0' }],
          },
        ],
      },
    });
  });

  it('shows lists, buttons and the question for a place, and reaches people who hide their number', async () => {
    const rows = [{ id: 'a', title: 'A' }];
    await sender().send({
      ...message,
      template: 'chat',
      to: 'IN.9',
      content: { kind: 'list', body: 'b', open: 'o', rows },
    });
    expect(sent[0]?.body).toMatchObject({
      recipient: 'IN.9',
      interactive: { type: 'list', action: { button: 'o', sections: [{ rows }] } },
    });
    await sender().send({ ...message, template: 'chat', content: { kind: 'buttons', body: 'b', buttons: rows } });
    expect(sent[1]?.body).toMatchObject({
      interactive: { type: 'button', action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] } },
    });
    await sender().send({ ...message, template: 'chat', content: { kind: 'place', body: 'b' } });
    expect(sent[2]?.body).toMatchObject({ interactive: { type: 'location_request_message' } });
    await sender().send({
      ...message,
      windowOpen: true,
      content: { kind: 'list', body: 'b'.repeat(1100), open: 'o', rows },
    });
    expect(sent[3]?.body).toMatchObject({ type: 'text' });
  });

  it('sends the template at once when the 24 hours turn out to be over', async () => {
    answer = (request, response) => (sent.length === 1 ? refuse(131047) : accept)(request, response);
    expect(await sender().send({ ...message, windowOpen: true })).toMatchObject({ outcome: 'sent' });
    expect(sent.map(({ body }) => body['type'])).toEqual(['text', 'template']);
  });

  it('leaves a line alone that is refused as a whole, tells the operator once, and tries again later', async () => {
    const one = sender();
    answer = refuse(190, 401);
    expect(await one.send(message)).toMatchObject({ outcome: 'stopped', error: '190 details' });
    expect(await one.send(message)).toMatchObject({ outcome: 'stopped' });
    expect(sent).toHaveLength(1);
    expect(alerts).toEqual([{ channel: 'whatsapp', what: 'stopped', error: '190 details' }]);
    now += 11 * 60_000;
    answer = accept;
    expect(await one.send(message)).toMatchObject({ outcome: 'sent' });
  });

  it.each([
    [131056, 400, { outcome: 'retry', afterMs: 6_000 }],
    [130429, 429, { outcome: 'retry', afterMs: 30_000 }],
    [131000, 500, { outcome: 'retry', afterMs: 5_000 }],
    [131026, 400, { outcome: 'rejected' }],
    [132015, 400, { outcome: 'rejected' }],
    [131009, 400, { outcome: 'rejected' }],
    [200, 403, { outcome: 'stopped' }],
  ])('does what error %i asks for', async (code, status, result) => {
    answer = refuse(code, status);
    expect(await sender().send(message)).toMatchObject(result);
  });

  it('tries again after silence, garbage and an answer without an id', async () => {
    answer = (_request, response) => response.destroy();
    expect(await sender().send(message)).toMatchObject({ outcome: 'retry' });
    answer = (_request, response) => void response.writeHead(502).end('<html>');
    expect(await sender().send(message)).toMatchObject({ outcome: 'retry' });
    answer = (_request, response) => json(response, 200, {});
    expect(await sender().send(message)).toMatchObject({ outcome: 'retry' });
  });

  it('judges every code of the table, and unknown ones by the status', () => {
    expect([0, 3, 10, 190, 200, 299, 368, 131031].map((code) => faultOf(code))).toEqual(Array(8).fill('stop'));
    expect([4, 80007, 130429, 131048].map((code) => faultOf(code))).toEqual(Array(4).fill('back_off'));
    expect([131026, 130472, 131049, 131050, 132000, 132015].map((code) => faultOf(code))).toEqual(
      Array(6).fill('other_channel'),
    );
    expect([100, 131008, 131009, 131051].map((code) => faultOf(code))).toEqual(Array(4).fill('our_bug'));
    expect([131000, 131016, 131057].map((code) => faultOf(code))).toEqual(Array(3).fill('retry'));
    expect([faultOf(999, 503), faultOf(999, 429), faultOf(999, 401), faultOf(999, 400)]).toEqual([
      'retry',
      'back_off',
      'stop',
      'our_bug',
    ]);
  });

  describe('fetching what somebody sent', () => {
    const bytes = Buffer.from('some picture');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const serve =
      (
        about: Record<string, unknown>,
        file: (response: ServerResponse) => void = (response) => void response.end(bytes),
      ) =>
      (request: IncomingMessage, response: ServerResponse) =>
        request.url?.startsWith('/v26.0/')
          ? json(response, 200, { url: `${base}/file`, mime_type: 'image/jpeg', ...about })
          : file(response);
    const fetched = (announced?: string) => client().fetchMedia(line, '1000', 1000, announced);

    it('hands over the bytes when they are what was announced, in hex or base64', async () => {
      answer = serve({ sha256 });
      expect(await fetched(Buffer.from(sha256, 'hex').toString('base64'))).toEqual({
        ok: true,
        bytes,
        mime: 'image/jpeg',
      });
      expect(sent.every(({ authorization }) => authorization === 'Bearer token-1')).toBe(true);
    });

    it('refuses what is not what was announced, too large, gone, or elsewhere', async () => {
      answer = serve({ sha256: 'ab'.repeat(32) });
      expect(await fetched()).toEqual({ ok: false, problem: 'damaged' });
      answer = serve({ file_size: 6 * 1024 * 1024 });
      expect(await fetched()).toEqual({ ok: false, problem: 'too_large' });
      answer = serve({}, (response) => void response.end(Buffer.alloc(5000)));
      expect(await fetched()).toEqual({ ok: false, problem: 'too_large' });
      answer = serve({}, (response) => void response.writeHead(404).end());
      expect(await fetched()).toEqual({ ok: false, problem: 'expired' });
      answer = refuse(100, 404);
      expect(await fetched()).toEqual({ ok: false, problem: 'expired' });
      for (const url of ['http://169.254.169.254/latest', 'file:///etc/passwd', 'https://evil.example/x', 'nonsense']) {
        answer = serve({ url });
        expect(await fetched()).toEqual({ ok: false, problem: 'unavailable' });
      }
      answer = serve({}, (response) => void response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end());
      expect(await fetched()).toEqual({ ok: false, problem: 'unavailable' });
    });
  });
});
