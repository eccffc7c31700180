import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { signatureOf } from '#libs/channels/whatsapp/signature';
import { contactHash, deriveKeys } from '#libs/config/keys';
import type { Page, TimelineItem } from '#libs/contracts/api/views';
import {
  AuditEntity,
  ConversationStateEntity,
  GrievanceEntity,
  HoldingEntity,
  NotificationEntity,
  TenantChannelEntity,
} from '#libs/persistence/entities/index';
import { startStack, type Stack } from '#libs/testing/stack';
import { GraphDouble, idsIn, textOf, type GraphMessage } from './graph-double.js';

const SECRET = 'the secret of the app';
const LINE = '100000000000001';
/** In ward 70. */
const PIN = { latitude: 22.5411, longitude: 88.3505 };

type Content = Record<string, unknown> & { type: string };

describe('WhatsApp', () => {
  let stack: Stack;
  let graph: GraphDouble;
  let count = 0;

  beforeAll(async () => {
    graph = await GraphDouble.start();
    stack = await startStack({
      WHATSAPP_API_URL: graph.url,
      WHATSAPP_PHONE_NUMBER_ID: LINE,
      WHATSAPP_TOKEN: 'token',
      WHATSAPP_APP_SECRET: SECRET,
      WHATSAPP_VERIFY_TOKEN: 'ours',
      WHATSAPP_PACE_MS: '200',
    });
    graph.files.set('photo', { bytes: await picture() });
  }, 120_000);
  afterAll(async () => {
    await stack.stop();
    await graph.stop();
  });
  beforeEach(() => {
    graph.fails = () => undefined;
  });

  const picture = (width = 64) =>
    sharp({ create: { width, height: 48, channels: 3, background: { r: 20, g: 90, b: 160 } } })
      .jpeg()
      .toBuffer();
  const post = (body: unknown, headers: Record<string, string> = {}) => {
    const raw = typeof body === 'string' ? body : JSON.stringify(body);
    return stack.request('POST', '/webhooks/whatsapp', {
      raw,
      headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signatureOf(raw, SECRET), ...headers },
    });
  };
  const message = (content: Content, id = `wamid.IN${++count}`, at = Date.now()) => ({
    id,
    timestamp: String(Math.floor(at / 1000)),
    ...content,
  });
  const bodyFor = (person: string, ...messages: Record<string, unknown>[]) => {
    const hidden = person.startsWith('IN.');
    return {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { phone_number_id: LINE },
                contacts: [{ profile: { name: 'Mina' }, ...(hidden ? { user_id: person } : { wa_id: person }) }],
                messages: messages.map((each) => ({
                  ...(hidden ? { from_user_id: person } : { from: person }),
                  ...each,
                })),
              },
            },
          ],
        },
      ],
    };
  };
  const text = (body: string): Content => ({ type: 'text', text: { body } });
  const tap = (id: string): Content => ({
    type: 'interactive',
    interactive: { type: 'list_reply', list_reply: { id, title: 'x' } },
  });
  const pin: Content = { type: 'location', location: PIN };
  const image = (id = 'photo', more = {}): Content => ({
    type: 'image',
    image: { id, mime_type: 'image/jpeg', ...more },
  });

  /** Sends one message and waits until it is answered. */
  async function chat(person: string, content: Content): Promise<GraphMessage> {
    const before = graph.to(person).length;
    const sent = message(content);
    expect((await post(bodyFor(person, sent))).status).toBe(200);
    await answered(person, sent.id);
    const last = graph
      .to(person)
      .slice(before)
      .findLast((each) => each.biz_opaque_callback_data?.startsWith('chat:'));
    if (!last) throw new Error('nothing was said');
    return last;
  }
  const contactOf = (person: string) =>
    contactHash(deriveKeys(stack.settings.secretKey), person.startsWith('IN.') ? person : `+${person}`);
  const stored = (person: string) =>
    stack.sources.read.manager.findOneBy(ConversationStateEntity, { contact: contactOf(person) });
  /** Until that message was heard and everything said to it has gone out. */
  async function answered(person: string, id?: string): Promise<void> {
    for (const giveUp = Date.now() + 15_000; Date.now() < giveUp; await sleep(20)) {
      const row = await stored(person);
      if (row?.unsent.length === 0 && (id === undefined || row.heard.includes(id))) return;
    }
    throw new Error(`${person} gets no answer`);
  }
  async function introduced(person: string, language = 'bn'): Promise<void> {
    await chat(person, text('hi'));
    await chat(person, tap(`v1:lang:${language}`));
    await chat(person, tap('v1:consent:yes'));
  }
  async function filed(person: string): Promise<string> {
    await introduced(person);
    await chat(person, pin);
    await chat(person, text('jol asche na'));
    await chat(person, text('তিন দিন ধরে জল নেই'));
    await chat(person, image());
    await chat(person, tap('v1:photos:done'));
    let review = graph.to(person).at(-1);
    // Another test may have filed the same close by.
    if (review && idsIn(review).includes('v1:nearby:new')) review = await chat(person, tap('v1:nearby:new'));
    expect(review && idsIn(review)).toContain('v1:review:send');
    const before = graph.to(person).length;
    await chat(person, tap('v1:review:send'));
    const said = await graph.said(person, /KMC-\d\d-\d{7}-\d/, before);
    const number = /KMC-\d\d-\d{7}-\d/.exec(textOf(said))?.[0] ?? '';
    await caseOf(number);
    return number;
  }
  /** The row of a case; its workflow records it a moment after it was taken in. */
  async function caseOf(number: string): Promise<GrievanceEntity> {
    for (const giveUp = Date.now() + 15_000; Date.now() < giveUp; await sleep(25)) {
      const row = await stack.sources.read.manager.findOneBy(GrievanceEntity, { number });
      if (row) return row;
    }
    throw new Error(`${number} is not in the record`);
  }
  async function officerOf(position: string): Promise<string> {
    const holding = await stack.sources.read.manager.findOneByOrFail(HoldingEntity, { position });
    return stack.login(holding.username ?? '');
  }
  async function resolved(number: string): Promise<void> {
    const row = await caseOf(number);
    const token = await officerOf(row.owner ?? '');
    const answer = await stack.post(`/api/v1/grievances/${number}/resolve`, { remarks: 'ভালভ বদলানো হয়েছে' }, token);
    expect(answer.status).toBe(200);
  }

  describe('the way of a complaint', () => {
    const citizen = '919800000001';

    it('is filed in Bengali with a place and a photo, resolved, rated 2 with remarks, and open again', async () => {
      const number = await filed(citizen);
      const citizenToken = await stack.citizenToken(`+${citizen}`);
      const view = await stack.until(number, citizenToken, 'assigned');
      expect(view).toMatchObject({ source: 'whatsapp', locale: 'bn', ward: '70', subCategory: 'WATER_NO_SUPPLY' });
      expect(view.attachments).toHaveLength(1);
      await resolved(number);
      const request = await graph.said(citizen, 'ভালভ বদলানো হয়েছে');
      expect(idsIn(request)).toEqual([5, 4, 3, 2, 1].map((rating) => `v1:rate:${number}:${rating}`));
      await chat(citizen, tap(`v1:rate:${number}:2`));
      const before = graph.to(citizen).length;
      await chat(citizen, text('এখনও জল আসছে না'));
      await graph.said(citizen, 'আবার খোলা হল', before);
      const after = await stack.until(number, citizenToken, 'reopened');
      expect(after).toMatchObject({ rating: 2, remarks: 'এখনও জল আসছে না', reopens: 1 });

      await graph.said(citizen, /আবার খোলা হয়েছে|আবার খোলা/, before + 1);

      // The provider reports; the timeline shows every message with what became of it.
      const wamid = request.wamid;
      const status = (name: string) => ({
        id: wamid,
        status: name,
        timestamp: String(Math.floor(Date.now() / 1000)),
        recipient_id: citizen,
      });
      await post({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '1',
            changes: [
              { field: 'messages', value: { statuses: [status('read'), status('delivered'), status('sent')] } },
            ],
          },
        ],
      });
      const timeline = async () => {
        const { body } = await stack.get<Page<TimelineItem>>(`/api/v1/grievances/${number}/timeline`, citizenToken);
        return body.items.flatMap(({ notifications }) => notifications).filter(({ channel }) => channel === 'whatsapp');
      };
      let told = await timeline();
      for (const giveUp = Date.now() + 10_000; Date.now() < giveUp && told.some(({ status: is }) => is === 'queued');) {
        await sleep(50);
        told = await timeline();
      }
      expect(told.find(({ template }) => template === 'resolved')).toMatchObject({ status: 'read', locale: 'bn' });
      expect(told.every(({ status: state }) => state !== 'queued' && state !== 'failed')).toBe(true);
    }, 90_000);

    it('costs one task and one activity for each message at most', async () => {
      const person = '919800000091';
      await introduced(person);
      await chat(person, tap('v1:kind:LIGHT_OFF'));
      await chat(person, pin);
      await chat(person, text('তিন দিন ধরে অন্ধকার'));
      const workflowId = `conversation/WB/${contactOf(person)}`;
      const costs = { messages: 0, tasks: 0, activities: 0 };
      for await (const { runId } of stack.temporal.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
        const { events } = await stack.temporal.client.workflow.getHandle(workflowId, runId).fetchHistory();
        for (const event of events ?? []) {
          if (event.workflowExecutionSignaledEventAttributes) costs.messages++;
          if (event.workflowTaskStartedEventAttributes) costs.tasks++;
          if (event.activityTaskScheduledEventAttributes ?? event.markerRecordedEventAttributes) costs.activities++;
        }
      }
      expect(costs.messages).toBe((await stored(person))?.heard.length);
      expect(costs.tasks).toBeLessThanOrEqual(costs.messages);
      expect(costs.activities).toBeLessThanOrEqual(costs.messages);
    }, 60_000);

    it('is tracked, answered and added to', async () => {
      const person = '919800000002';
      const number = await filed(person);
      expect(textOf(await chat(person, text(number)))).toContain('এখন দেখছেন');
      const row = await caseOf(number);
      const token = await officerOf(row.owner ?? '');
      await stack.post(`/api/v1/grievances/${number}/ask-citizen`, { question: 'কোন বাড়ি?' }, token);
      const question = await graph.said(person, 'কোন বাড়ি?');
      expect(idsIn(question)).toEqual([`v1:answer:${number}`]);
      // In reply to that very message.
      await chat(person, { ...text('লাল বাড়ি'), context: { id: question.wamid } });
      const after = await stack.until(number, await stack.citizenToken(`+${person}`), 'assigned');
      expect(after.state).toBe('assigned');
    }, 60_000);

    it('serves somebody who hides their telephone number', async () => {
      const person = 'IN.90000000000000000001';
      const number = await filed(person);
      const row = await caseOf(number);
      expect(row).toMatchObject({ citizenId: contactOf(person), citizenMobile: null, source: 'whatsapp' });
      await resolved(number);
      const request = await graph.said(person, 'ভালভ বদলানো হয়েছে');
      expect(request).toMatchObject({ recipient: person });
      await chat(person, tap(`v1:rate:${number}:5`));
      await chat(person, tap('v1:remarks:skip'));
      for (const giveUp = Date.now() + 10_000; Date.now() < giveUp; await sleep(50)) {
        if ((await caseOf(number)).state === 'closed') break;
      }
      expect(await caseOf(number)).toMatchObject({
        outcome: 'satisfied',
      });
    }, 60_000);

    it('lets two people file at the same time, each their own', async () => {
      const [one, other] = await Promise.all([filed('919800000011'), filed('919800000012')]);
      expect(one).not.toBe(other);
    }, 90_000);

    it('does not let anybody act on the case of somebody else', async () => {
      const number = await filed('919800000021');
      await introduced('919800000022', 'en');
      await chat('919800000022', tap(`v1:withdraw:${number}:yes`));
      expect(graph.to('919800000022').map(textOf).join()).toContain('no such complaint');
      expect((await caseOf(number)).state).not.toBe('closed');
    }, 60_000);
  });

  describe('messages that come again, together, or out of order', () => {
    it('are heard once, also after the conversation has ended', async () => {
      const person = '919800000031';
      const body = bodyFor(person, message(text('hi')));
      await post(body);
      await graph.said(person, /[^]/);
      await answered(person);
      const said = graph.to(person).length;
      await Promise.all([post(body), post(body), post(body)]);
      await sleep(1500);
      expect(graph.to(person)).toHaveLength(said);
      expect((await stored(person))?.heard).toHaveLength(1);
    }, 60_000);

    it('are all heard when they come while the one before is being answered', async () => {
      const person = '919800000035';
      await introduced(person);
      const messages = Array.from({ length: 15 }, (_, n) => message(text(`এই কথা ${n}`)));
      for (const [n, each] of messages.entries()) {
        await post(bodyFor(person, each));
        await sleep((n * 7) % 20);
      }
      for (const { id } of messages) await answered(person, id);
      expect((await stored(person))?.heard.slice(-15).sort()).toEqual(messages.map(({ id }) => id).sort());
    }, 60_000);

    it('are heard in the order of their sending', async () => {
      const person = '919800000032';
      await introduced(person);
      const now = Date.now();
      const later = message(text('দ্বিতীয় কথা: তিন দিন ধরে অন্ধকার আছে'), undefined, now + 3000);
      const first = message(tap('v1:kind:LIGHT_OFF'), undefined, now + 1000);
      const place = message(pin, undefined, now + 2000);
      await post(bodyFor(person, later, place, first));
      await graph.said(person, 'ছবি পাঠাতে পারেন');
      expect((await stored(person))?.state).toMatchObject({
        draft: { kind: 'LIGHT_OFF', ward: '70', details: ['দ্বিতীয় কথা: তিন দিন ধরে অন্ধকার আছে'] },
      });
    }, 60_000);

    it('file one complaint when the button is sent again', async () => {
      const person = '919800000033';
      const number = await filed(person);
      const send = message(tap('v1:review:send'));
      await Promise.all([post(bodyFor(person, send)), post(bodyFor(person, send))]);
      await sleep(1000);
      const cases = await stack.sources.read.manager.findBy(GrievanceEntity, { citizenId: contactOf(person) });
      expect(cases.map((row) => row.number)).toEqual([number]);
    }, 60_000);

    it('are all taken from all eighteen documented bodies', async () => {
      const names = [
        '01-text',
        '02-image',
        '03-location-pin',
        '04-location-place',
        '05-interactive-list-reply',
        '06-interactive-button-reply',
      ];
      names.push(
        '07-interactive-nfm-reply-flow',
        '08-template-quick-reply-button',
        '09-audio-voice-note',
        '10-document',
        '11-unsupported',
      );
      names.push(
        '12-status-sent',
        '13-status-delivered-read-batch',
        '14-status-failed-131047',
        '15-system-user-changed-number',
      );
      names.push('16-text-bsuid-only-no-phone', '17-reaction', '18-batch-two-entries-out-of-order');
      for (const name of names) {
        const raw = readFileSync(
          join(process.cwd(), 'libs', 'channels', 'whatsapp', 'fixtures', `${name}.json`),
          'utf8',
        );
        expect({ name, status: (await post(raw)).status }).toEqual({ name, status: 200 });
      }
    }, 60_000);

    it('get a polite word when thirty come in a second', async () => {
      const person = '919800000034';
      await introduced(person, 'en');
      const before = graph.to(person).length;
      await Promise.all(Array.from({ length: 30 }, (_, n) => post(bodyFor(person, message(text(`word ${n}`))))));
      await graph.said(person, 'faster than I can read', before);
      await answered(person);
      expect(
        graph
          .to(person)
          .slice(before)
          .filter((each) => textOf(each).includes('faster than')),
      ).toHaveLength(1);
      expect((await stored(person))?.heard.length).toBeLessThanOrEqual(24);
    }, 60_000);
  });

  describe('bad input', () => {
    const person = '919800000041';
    beforeAll(async () => {
      await introduced(person, 'en');
      await chat(person, pin);
      await chat(person, tap('v1:kind:LIGHT_OFF'));
      await chat(person, text('dark since Monday'));
    }, 60_000);

    it('names what is wrong with a file: too large, no picture, not what was announced, expired', async () => {
      graph.files.set('large', { bytes: Buffer.alloc(6 * 1024 * 1024, 1) });
      graph.files.set('pdf', { bytes: Buffer.from('%PDF-1.7 named photo.jpg, long enough to be read') });
      graph.files.set('changed', { bytes: await picture(65) });
      graph.files.set('expired', { bytes: await picture(), gone: true });
      const hash = Buffer.from('0'.repeat(64), 'hex').toString('base64');
      const told = async (content: Content) => {
        const before = graph.to(person).length;
        await chat(person, content);
        return graph.to(person).slice(before).map(textOf).join('\n');
      };
      expect(await told(image('large'))).toContain('too large');
      expect(await told(image('pdf'))).toContain('cannot be used');
      expect(await told(image('changed', { sha256: hash }))).toContain('damaged');
      expect(await told(image('expired'))).toContain('no longer be fetched');
      expect(await told({ type: 'video', video: { id: 'photo', mime_type: 'video/mp4' } })).toContain('cannot be used');
      expect(await told(image())).toContain('Photo 1');
    }, 60_000);

    it('tells that a place lies outside the state', async () => {
      const stranger = '919800000042';
      await introduced(stranger, 'en');
      await chat(stranger, { type: 'location', location: { latitude: 28.61, longitude: 77.2 } });
      expect(graph.to(stranger).map(textOf).join('\n')).toContain('outside the cities');
    }, 60_000);

    it('answers emoji, a broken form and what it cannot read', async () => {
      const stranger = '919800000043';
      await introduced(stranger, 'en');
      expect(textOf(await chat(stranger, text('🙂🙂🙂')))).toContain('What can we do');
      const form = {
        type: 'interactive',
        interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{"rating": ' } },
      };
      expect(textOf(await chat(stranger, form))).toContain('did not understand');
      expect(graph.to(stranger).length).toBeGreaterThan(4);
      await chat(stranger, { type: 'unsupported', unsupported: { type: 'poll_creation' } });
      expect(graph.to(stranger).map(textOf).join('\n')).toContain('cannot read this kind');
    }, 60_000);
  });

  describe('the webhook', () => {
    const ok = () => bodyFor('919800000051', message(text('hi')));

    it('shakes hands with whoever knows our token', async () => {
      const query = 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=';
      expect(await stack.get(`/webhooks/whatsapp?${query}ours`)).toMatchObject({ status: 200, body: '1158201444' });
      expect((await stack.get(`/webhooks/whatsapp?${query}theirs`)).status).toBe(403);
      expect((await stack.get('/webhooks/whatsapp')).status).toBe(403);
    });

    it('refuses what is unsigned, wrongly signed, or changed on the way', async () => {
      const raw = JSON.stringify(ok());
      const unsigned = { 'Content-Type': 'application/json' };
      expect((await stack.request('POST', '/webhooks/whatsapp', { raw, headers: unsigned })).status).toBe(401);
      expect((await post(raw, { 'X-Hub-Signature-256': signatureOf(raw, 'other') })).status).toBe(401);
      expect((await post(`${raw} `, { 'X-Hub-Signature-256': signatureOf(raw, SECRET) })).status).toBe(401);
      expect(await stored('919800000051')).toBeNull();
    });

    it('refuses what is too large, nested too deeply, no JSON, or no body of WhatsApp', async () => {
      expect((await post(`"${'x'.repeat(3 * 1024 * 1024)}"`)).status).toBe(413);
      expect((await post('['.repeat(10_000))).status).toBe(400);
      expect((await post('{"object":')).status).toBe(400);
      expect((await post({ object: 'page', entry: [] })).status).toBe(400);
      expect((await post('"text"')).status).toBe(400);
      expect((await post('')).status).toBe(400);
      expect((await post('a=b', { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(415);
      expect((await post('{"object":"whatsapp_business_account","entry":[],"__proto__":{"x":1}}')).status).toBe(400);
    });

    it('files a report that comes before its message is stored, and one that fails later goes by SMS', async () => {
      const number = await filed('919800000052');
      const rows = () => stack.sources.read.manager.findBy(NotificationEntity, { number, channel: 'whatsapp' });
      for (const giveUp = Date.now() + 10_000; Date.now() < giveUp; await sleep(50)) {
        if ((await rows()).some(({ status }) => status === 'sent')) break;
      }
      const [row] = await rows();
      const status = (fields: Record<string, unknown>) =>
        post({
          object: 'whatsapp_business_account',
          entry: [
            {
              changes: [
                { value: { statuses: [{ timestamp: '1795300200', recipient_id: '919800000052', ...fields }] } },
              ],
            },
          ],
        });
      expect((await status({ id: 'wamid.UNKNOWN', status: 'delivered' })).status).toBe(200);
      await status({ id: row?.providerId, status: 'delivered' });
      expect((await rows())[0]).toMatchObject({ status: 'delivered', deliveredAt: 1795300200_000 });
      // Late and contradicting: what was delivered did not fail.
      await status({ id: row?.providerId, status: 'failed', errors: [{ code: 131026, title: 'x' }] });
      expect((await rows())[0]?.status).toBe('delivered');
    }, 60_000);
  });

  describe('a city with a number of its own', () => {
    const OWN = { phoneNumberId: '100000000000777', token: 'the token of Kolkata alone', appSecret: 'its own app' };
    const kolkata = (person: string, content: Content) =>
      JSON.parse(JSON.stringify(bodyFor(person, message(content))).replace(LINE, OWN.phoneNumberId)) as unknown;
    const signedBy = (body: unknown, secret: string) =>
      post(body, { 'X-Hub-Signature-256': signatureOf(JSON.stringify(body), secret) });
    const set = (channel: string, body: object, token: string) =>
      stack.request('PUT', `/api/v1/channels/${channel}?tenant=KMC`, { body, token });
    let admin: string;

    beforeAll(async () => {
      admin = await stack.login('it-admin');
    });

    it('is set up by its administrator; nobody reads its secrets again, and the database holds none', async () => {
      const wrong = await set('whatsapp', { ...OWN, token: undefined }, admin);
      expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'token' }] } });
      expect((await set('whatsapp', OWN, await stack.login('light-lme-b10'))).status).toBe(403);
      expect((await set('telegram', OWN, admin)).status).toBe(404);
      expect((await set('whatsapp', OWN, admin)).status).toBe(204);
      // Other processes look again after two seconds.
      await sleep(2_100);
      const { body } = await stack.get<{ items: unknown[] }>('/api/v1/channels', admin);
      expect(body.items).toMatchObject([
        { tenant: 'KMC', channel: 'whatsapp', settings: { phoneNumberId: OWN.phoneNumberId, token: '••••lone' } },
      ]);
      const stored = await stack.sources.read.manager.find(TenantChannelEntity);
      const audit = await stack.sources.read.manager.findBy(AuditEntity, { action: 'channel_set' });
      expect(audit).toHaveLength(1);
      for (const secret of [OWN.token, OWN.appSecret])
        expect(JSON.stringify([stored, audit, body])).not.toContain(secret);
    }, 60_000);

    it('is written to and answers by that number, and its app speaks for that number alone', async () => {
      const person = '919800000095';
      const foreign = bodyFor('919800000096', message(text('hi')));
      expect((await signedBy(foreign, OWN.appSecret)).status).toBe(200);
      expect((await signedBy(kolkata(person, text('hi')), 'a third secret')).status).toBe(401);
      expect((await signedBy(kolkata(person, text('hi')), OWN.appSecret)).status).toBe(200);
      const answer = await graph.said(person, /[^]/);
      expect(answer).toMatchObject({ line: OWN.phoneNumberId, token: OWN.token });
      expect(graph.to('919800000096')).toEqual([]);
      const other = await chat('919800000097', text('hi'));
      expect(other).toMatchObject({ line: LINE, token: 'token' });
    }, 60_000);

    it('uses the number of the installation again when its own is taken away', async () => {
      const remove = () => stack.request('DELETE', '/api/v1/channels/whatsapp?tenant=KMC', { token: admin });
      expect((await remove()).status).toBe(204);
      expect((await remove()).status).toBe(404);
      expect((await signedBy(kolkata('919800000098', text('hi')), OWN.appSecret)).status).toBe(401);
    }, 60_000);
  });

  describe('a missed call', () => {
    const ring = (from: string) => stack.get(`/webhooks/missed-call?CallFrom=${from}`);
    const opened = (person: string) =>
      graph.to(person).filter((each) => textOf(each).includes('Thank you for calling'));

    it('is answered in the chat of somebody who wrote here before, once an hour', async () => {
      const person = '919800000081';
      await introduced(person, 'en');
      for (let n = 0; n < 3; n++) expect((await ring(`+${person}`.replace('+', '%2B'))).status).toBe(200);
      const opener = await graph.said(person, 'Thank you for calling');
      expect(idsIn(opener)).toEqual(['v1:menu:file']);
      await sleep(300);
      expect(opened(person)).toHaveLength(1);
      expect(stack.outbox().filter(({ to }) => to === `+${person}`)).toEqual([]);
      await chat(person, tap('v1:menu:file'));
      expect((await stored(person))?.state).toMatchObject({ step: { at: 'where' } });
    }, 60_000);

    it('is answered by the approved template when the citizen wrote longer ago, and by SMS when that fails', async () => {
      const person = '919800000082';
      await introduced(person, 'en');
      await stack.sources.write.manager.update(
        ConversationStateEntity,
        { contact: contactOf(person) },
        { lastInboundAt: Date.now() - 2 * 86_400_000 },
      );
      graph.fails = ({ template }) =>
        template?.name === 'pratikar_missed_call' ? { code: 131026, status: 400 } : undefined;
      await ring(`%2B${person}`);
      const bySms = () => stack.outbox().find(({ to, channel }) => to === `+${person}` && channel === 'sms');
      for (const giveUp = Date.now() + 15_000; Date.now() < giveUp && !bySms();) await sleep(50);
      expect(bySms()).toMatchObject({ template: 'missed_call', locale: 'en', case: null });
      expect(bySms()?.text).toContain(stack.settings.publicUrl);
    }, 60_000);
  });

  describe('a provider in trouble', () => {
    it('goes by SMS when the token has expired in mid-flight, and tells the operator', async () => {
      const person = '919800000061';
      const number = await filed(person);
      const row = await caseOf(number);
      const token = await officerOf(row.owner ?? '');
      graph.fails = () => ({ code: 190, status: 401 });
      await stack.post(`/api/v1/grievances/${number}/comment`, { text: 'আগামীকাল যাব', public: true }, token);
      const bySms = () =>
        stack.sources.read.manager.findOneBy(NotificationEntity, {
          number,
          channel: 'sms',
          template: 'comment_public',
        });
      const told = () =>
        stack.sources.read.manager.findOneBy(AuditEntity, { action: 'channel_stopped', subject: 'whatsapp' });
      for (const giveUp = Date.now() + 15_000; Date.now() < giveUp; await sleep(50))
        if ((await bySms())?.status === 'sent' && (await told())) break;
      expect(await bySms()).toMatchObject({ status: 'sent' });
      expect((await told())?.detail).toMatchObject({ error: expect.stringContaining('190') as string });
    }, 60_000);
  });
});
