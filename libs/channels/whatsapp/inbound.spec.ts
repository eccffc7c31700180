import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isTooDeep, isWhatsAppBody, readInbound, type Inbound } from './inbound.js';
import { handshake, isSigned, signatureOf } from './signature.js';

const folder = join(process.cwd(), 'libs', 'channels', 'whatsapp', 'fixtures');
const NOW = 1795300900_000;
const fixture = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
const read = (name: string): Inbound => readInbound(fixture(name), NOW);
const only = (name: string) => read(name).chats[0]?.messages[0]?.input;

describe('what WhatsApp sends', () => {
  it('is read whole: all eighteen documented bodies', () => {
    const names = readdirSync(folder).map((file) => file.replace('.json', ''));
    expect(names).toHaveLength(18);
    for (const name of names) {
      expect(isWhatsAppBody(fixture(name))).toBe(true);
      const { chats, statuses } = read(name);
      expect(chats.length + statuses.length).toBeGreaterThan(0);
    }
  });

  it('names who writes, by telephone number and by user id, and our number', () => {
    expect(read('01-text').chats).toEqual([
      {
        from: {
          mobile: '+919800000001',
          externalId: 'IN.90000000000000000001',
          name: 'Test Nagarik',
          via: '100000000000001',
        },
        messages: [
          {
            id: 'wamid.HBgMOTE5ODAwMDAwMDAxFQIAEhgU0001AA==',
            at: 1795300001_000,
            input: { type: 'text', text: 'ওয়ার্ড ৬৩-এ রাস্তার আলো জ্বলছে না' },
          },
        ],
      },
    ]);
    expect(read('16-text-bsuid-only-no-phone').chats[0]?.from).toEqual({
      externalId: 'IN.90000000000000000001',
      name: 'Test Nagarik',
      via: '100000000000001',
    });
  });

  it.each([
    [
      '02-image',
      {
        type: 'media',
        media: { kind: 'image', id: '1000000000000010', mime: 'image/jpeg', caption: 'Pothole near gate' },
      },
    ],
    ['03-location-pin', { type: 'location', lat: 22.5411, lon: 88.3505 }],
    ['04-location-place', { type: 'location', lat: 22.5626, lon: 88.363, name: 'Sample Market' }],
    ['05-interactive-list-reply', { type: 'choice', id: 'v1:cat:street_light', title: 'Street light' }],
    ['06-interactive-button-reply', { type: 'choice', id: 'v1:confirm:yes', title: 'Submit' }],
    ['07-interactive-nfm-reply-flow', { type: 'form', data: { rating: '4', remarks: 'Repaired in time' } }],
    ['08-template-quick-reply-button', { type: 'choice', id: 'v1:rate:5', title: 'Very good' }],
    ['09-audio-voice-note', { type: 'media', media: { kind: 'audio', mime: 'audio/ogg' } }],
    ['10-document', { type: 'media', media: { kind: 'document', mime: 'application/pdf', filename: 'letter.pdf' } }],
    ['11-unsupported', { type: 'unsupported', what: 'poll_creation' }],
    ['15-system-user-changed-number', { type: 'system', event: 'user_changed_number', newAddress: '919800000002' }],
    ['17-reaction', { type: 'reaction', emoji: '👍' }],
  ])('is understood: %s', (name, input) => {
    expect(only(name)).toMatchObject(input);
  });

  it('keeps which message a choice answers', () => {
    expect(read('05-interactive-list-reply').chats[0]?.messages[0]?.answers).toBe(
      'wamid.HBgMOTE5ODAwMDAwMDAxFQIAERgSOUTBOUND001AA==',
    );
  });

  it('puts the messages of one person in order, over all entries of a body', () => {
    const { chats } = read('18-batch-two-entries-out-of-order');
    expect(chats).toHaveLength(1);
    expect(chats[0]?.messages.map(({ input }) => (input.type === 'text' ? input.text : ''))).toEqual([
      'first',
      'second',
    ]);
  });

  it('reads all reports of a batch, with the error and our own id', () => {
    expect(read('12-status-sent').statuses).toEqual([
      {
        providerId: 'wamid.HBgMOTE5ODAwMDAwMDAxFQIAERgSOUTBOUND001AA==',
        ownId: 'ntf_01J0000000',
        status: 'sent',
        at: 1795300200_000,
      },
    ]);
    expect(read('13-status-delivered-read-batch').statuses.map(({ status }) => status)).toEqual(['delivered', 'read']);
    expect(read('14-status-failed-131047').statuses[0]?.error).toMatchObject({ code: 131047 });
  });

  it('takes a form whose JSON is broken for one that could not be read', () => {
    for (const json of ['{"rating": ', '[1]', 'null', '"x"', '['.repeat(5000), 'x'.repeat(30_000), 7]) {
      const body = structuredClone(fixture('07-interactive-nfm-reply-flow')) as {
        entry: [{ changes: [{ value: { messages: [{ interactive: { nfm_reply: { response_json: unknown } } }] } }] }];
      };
      body.entry[0].changes[0].value.messages[0].interactive.nfm_reply.response_json = json;
      expect(readInbound(body, NOW).chats[0]?.messages[0]?.input).toEqual({ type: 'form', data: null });
    }
  });

  it('never throws, whatever stands where', () => {
    const bodies = readdirSync(folder).map((file) => fixture(file.replace('.json', '')));
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.nat(60), fc.jsonValue(), (body, at, junk) => {
        const broken = structuredClone(body);
        const places: [Record<string, unknown>, string][] = [];
        const walk = (value: unknown) => {
          if (typeof value !== 'object' || value === null) return;
          for (const key of Object.keys(value)) {
            places.push([value as Record<string, unknown>, key]);
            walk((value as Record<string, unknown>)[key]);
          }
        };
        walk(broken);
        const place = places[at % places.length];
        if (place) place[0][place[1]] = junk;
        const { chats } = readInbound(broken, NOW);
        return chats.every(
          ({ from, messages }) =>
            (from.mobile ?? from.externalId) && messages.every(({ id, at: moment }) => id && moment > 0),
        );
      }),
      { numRuns: 500 },
    );
    for (const body of [null, undefined, 7, 'x', [], {}]) expect(readInbound(body, NOW).chats).toEqual([]);
  });

  it('is refused when it is nested deeper than any genuine body', () => {
    expect(isTooDeep(JSON.stringify(fixture('14-status-failed-131047')))).toBe(false);
    expect(isTooDeep('['.repeat(100_000))).toBe(true);
    expect(isTooDeep(JSON.stringify({ text: `${'[['.repeat(100)}"\\"[` }))).toBe(false);
  });
});

describe('the signature', () => {
  const body = Buffer.from('{"name":"বাংলা"}');

  it('fits the raw bytes and the secret alone', () => {
    const header = signatureOf(body, 'secret');
    expect(isSigned(body, header, 'secret')).toBe(true);
    expect(isSigned(body, header.toUpperCase().replace('SHA256', 'sha256'), 'secret')).toBe(true);
    expect(isSigned(Buffer.from('{"name": "বাংলা"}'), header, 'secret')).toBe(false);
    expect(isSigned(body, header, 'other')).toBe(false);
    for (const wrong of [undefined, '', 'sha256=', 'sha1=abc', `${header}0`, header.slice(0, -1)])
      expect(isSigned(body, wrong, 'secret')).toBe(false);
  });

  it('of the handshake is the token we set', () => {
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'ours', 'hub.challenge': '1158201444' };
    expect(handshake(query, 'ours')).toBe('1158201444');
    expect(handshake(query, 'other')).toBeNull();
    expect(handshake({ ...query, 'hub.mode': 'unsubscribe' }, 'ours')).toBeNull();
    expect(handshake({ ...query, 'hub.challenge': ['1', '2'] }, 'ours')).toBeNull();
    expect(handshake({}, 'ours')).toBeNull();
  });
});
