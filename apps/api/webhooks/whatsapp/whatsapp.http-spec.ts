import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signatureOf } from '#libs/channels/whatsapp/signature';
import type { Page, TimelineItem } from '#libs/contracts/api/views';
import {
  AuditEntity,
  ConversationStateEntity,
  GrievanceEntity,
  NotificationEntity,
  TenantChannelEntity,
} from '#libs/persistence/entities/index';
import { idsIn, textOf, type GraphDouble } from '#libs/testing/graph-double';
import type { Stack } from '#libs/testing/stack';
import {
  image,
  LINE,
  picture,
  pin,
  SECRET,
  tap,
  text,
  WhatsAppPeople,
  type Content,
} from '#libs/testing/whatsapp-people';

describe('WhatsApp', () => {
  let people: WhatsAppPeople;
  let stack: Stack;
  let graph: GraphDouble;

  beforeAll(async () => {
    people = await WhatsAppPeople.start();
    ({ stack, graph } = people);
  }, 120_000);
  afterAll(() => people.stop());
  beforeEach(() => {
    graph.fails = () => undefined;
  });

  describe('the way of a complaint', () => {
    const citizen = '919800000001';

    it('is filed in Bengali with a place and a photo, resolved, rated 2 with remarks, and open again', async () => {
      const number = await people.filed(citizen);
      const citizenToken = await stack.citizenToken(`+${citizen}`);
      const view = await stack.until(number, citizenToken, 'assigned');
      expect(view).toMatchObject({ source: 'whatsapp', locale: 'bn', ward: '70', subCategory: 'WATER_NO_SUPPLY' });
      expect(view.attachments).toHaveLength(1);
      await people.resolved(number);
      const request = await graph.said(citizen, 'ভালভ বদলানো হয়েছে');
      expect(idsIn(request)).toEqual([5, 4, 3, 2, 1].map((rating) => `v1:rate:${number}:${rating}`));
      await people.chat(citizen, tap(`v1:rate:${number}:2`));
      const before = graph.to(citizen).length;
      await people.chat(citizen, text('এখনও জল আসছে না'));
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
      await people.post({
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
      for (const giveUp = Date.now() + 25_000; Date.now() < giveUp && told.some(({ status: is }) => is === 'queued');) {
        await sleep(50);
        told = await timeline();
      }
      expect(told.find(({ template }) => template === 'resolved')).toMatchObject({ status: 'read', locale: 'bn' });
      expect(told.every(({ status: state }) => state !== 'queued' && state !== 'failed')).toBe(true);
    }, 90_000);

    it('costs one task and one activity for each message at most', async () => {
      const person = '919800000091';
      await people.introduced(person);
      await people.chat(person, tap('v1:kind:LIGHT_OFF'));
      await people.chat(person, pin);
      await people.chat(person, text('তিন দিন ধরে অন্ধকার'));
      const workflowId = `conversation/WB/${people.contactOf(person)}`;
      const costs = { messages: 0, tasks: 0, activities: 0 };
      for await (const { runId } of stack.temporal.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
        const { events } = await stack.temporal.client.workflow.getHandle(workflowId, runId).fetchHistory();
        for (const event of events ?? []) {
          if (event.workflowExecutionSignaledEventAttributes) costs.messages++;
          if (event.workflowTaskStartedEventAttributes) costs.tasks++;
          if (event.activityTaskScheduledEventAttributes ?? event.markerRecordedEventAttributes) costs.activities++;
        }
      }
      expect(costs.messages).toBe((await people.stored(person))?.heard.length);
      expect(costs.tasks).toBeLessThanOrEqual(costs.messages);
      expect(costs.activities).toBeLessThanOrEqual(costs.messages);
    }, 60_000);

    it('is tracked, answered and added to', async () => {
      const person = '919800000002';
      const number = await people.filed(person);
      expect(textOf(await people.chat(person, text(number)))).toContain('এখন দেখছেন');
      const row = await people.caseOf(number);
      const token = await people.officerOf(row.owner ?? '');
      await stack.post(`/api/v1/grievances/${number}/ask-citizen`, { question: 'কোন বাড়ি?' }, token);
      const question = await graph.said(person, 'কোন বাড়ি?');
      expect(idsIn(question)).toEqual([`v1:answer:${number}`]);
      // In reply to that very message.
      await people.chat(person, { ...text('লাল বাড়ি'), context: { id: question.wamid } });
      const after = await stack.until(number, await stack.citizenToken(`+${person}`), 'assigned');
      expect(after.state).toBe('assigned');
    }, 60_000);

    it('serves somebody who hides their telephone number', async () => {
      const person = 'IN.90000000000000000001';
      const number = await people.filed(person);
      const row = await people.caseOf(number);
      expect(row).toMatchObject({ citizenId: people.contactOf(person), citizenMobile: null, source: 'whatsapp' });
      await people.resolved(number);
      const request = await graph.said(person, 'ভালভ বদলানো হয়েছে');
      expect(request).toMatchObject({ recipient: person });
      await people.chat(person, tap(`v1:rate:${number}:5`));
      await people.chat(person, tap('v1:remarks:skip'));
      for (const giveUp = Date.now() + 25_000; Date.now() < giveUp; await sleep(50)) {
        if ((await people.caseOf(number)).state === 'closed') break;
      }
      expect(await people.caseOf(number)).toMatchObject({
        outcome: 'satisfied',
      });
    }, 60_000);

    it('lets two people file at the same time, each their own', async () => {
      const [one, other] = await Promise.all([people.filed('919800000011'), people.filed('919800000012')]);
      expect(one).not.toBe(other);
    }, 90_000);

    it('does not let anybody act on the case of somebody else', async () => {
      const number = await people.filed('919800000021');
      await people.introduced('919800000022', 'en');
      await people.chat('919800000022', tap(`v1:withdraw:${number}:yes`));
      expect(graph.to('919800000022').map(textOf).join()).toContain('no such complaint');
      expect((await people.caseOf(number)).state).not.toBe('closed');
    }, 60_000);
  });

  describe('messages that come again, together, or out of order', () => {
    it('are heard once, also after the conversation has ended', async () => {
      const person = '919800000031';
      const body = people.bodyFor(person, people.message(text('hi')));
      await people.post(body);
      await graph.said(person, /[^]/);
      await people.answered(person);
      const said = graph.to(person).length;
      await Promise.all([people.post(body), people.post(body), people.post(body)]);
      await sleep(1500);
      expect(graph.to(person)).toHaveLength(said);
      expect((await people.stored(person))?.heard).toHaveLength(1);
    }, 60_000);

    it('are all heard when they come while the one before is being answered', async () => {
      const person = '919800000035';
      await people.introduced(person);
      const messages = Array.from({ length: 15 }, (_, n) => people.message(text(`এই কথা ${n}`)));
      for (const [n, each] of messages.entries()) {
        await people.post(people.bodyFor(person, each));
        await sleep((n * 7) % 20);
      }
      for (const { id } of messages) await people.answered(person, id);
      expect((await people.stored(person))?.heard.slice(-15).sort()).toEqual(messages.map(({ id }) => id).sort());
    }, 60_000);

    it('are heard in the order of their sending', async () => {
      const person = '919800000032';
      await people.introduced(person);
      const now = Date.now();
      const later = people.message(text('দ্বিতীয় কথা: তিন দিন ধরে অন্ধকার আছে'), undefined, now + 3000);
      const first = people.message(tap('v1:kind:LIGHT_OFF'), undefined, now + 1000);
      const place = people.message(pin, undefined, now + 2000);
      await people.post(people.bodyFor(person, later, place, first));
      await graph.said(person, 'ছবি পাঠাতে পারেন');
      expect((await people.stored(person))?.state).toMatchObject({
        draft: { kind: 'LIGHT_OFF', ward: '70', details: ['দ্বিতীয় কথা: তিন দিন ধরে অন্ধকার আছে'] },
      });
    }, 60_000);

    it('file one complaint when the button is sent again', async () => {
      const person = '919800000033';
      const number = await people.filed(person);
      const send = people.message(tap('v1:review:send'));
      await Promise.all([people.post(people.bodyFor(person, send)), people.post(people.bodyFor(person, send))]);
      await sleep(1000);
      const cases = await stack.sources.read.manager.findBy(GrievanceEntity, { citizenId: people.contactOf(person) });
      expect(cases.map((row) => row.number)).toEqual([number]);
    }, 60_000);

    it('are all taken from all eighteen documented bodies', async () => {
      const folder = join(process.cwd(), 'libs', 'channels', 'whatsapp', 'fixtures');
      const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
      expect(names).toHaveLength(18);
      for (const name of names) {
        const raw = readFileSync(join(folder, name), 'utf8');
        expect({ name, status: (await people.post(raw)).status }).toEqual({ name, status: 200 });
      }
    }, 60_000);

    it('get a polite word when thirty come in a second', async () => {
      const person = '919800000034';
      await people.introduced(person, 'en');
      const before = graph.to(person).length;
      await Promise.all(
        Array.from({ length: 30 }, (_, n) => people.post(people.bodyFor(person, people.message(text(`word ${n}`))))),
      );
      await graph.said(person, 'faster than I can read', before);
      await people.answered(person);
      expect(
        graph
          .to(person)
          .slice(before)
          .filter((each) => textOf(each).includes('faster than')),
      ).toHaveLength(1);
      expect((await people.stored(person))?.heard.length).toBeLessThanOrEqual(24);
    }, 60_000);
  });

  describe('bad input', () => {
    const person = '919800000041';
    beforeAll(async () => {
      await people.introduced(person, 'en');
      await people.chat(person, pin);
      await people.chat(person, tap('v1:kind:LIGHT_OFF'));
      await people.chat(person, text('dark since Monday'));
    }, 60_000);

    it('names what is wrong with a file: too large, no picture, not what was announced, expired', async () => {
      graph.files.set('large', { bytes: Buffer.alloc(6 * 1024 * 1024, 1) });
      graph.files.set('pdf', { bytes: Buffer.from('%PDF-1.7 named photo.jpg, long enough to be read') });
      graph.files.set('changed', { bytes: await picture(65) });
      graph.files.set('expired', { bytes: await picture(), gone: true });
      const hash = Buffer.from('0'.repeat(64), 'hex').toString('base64');
      const told = async (content: Content) => {
        const before = graph.to(person).length;
        await people.chat(person, content);
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
      await people.introduced(stranger, 'en');
      await people.chat(stranger, { type: 'location', location: { latitude: 28.61, longitude: 77.2 } });
      expect(graph.to(stranger).map(textOf).join('\n')).toContain('outside the cities');
    }, 60_000);

    it('answers emoji, a broken form and what it cannot read', async () => {
      const stranger = '919800000043';
      await people.introduced(stranger, 'en');
      expect(textOf(await people.chat(stranger, text('🙂🙂🙂')))).toContain('What can we do');
      const form = {
        type: 'interactive',
        interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{"rating": ' } },
      };
      expect(textOf(await people.chat(stranger, form))).toContain('did not understand');
      expect(graph.to(stranger).length).toBeGreaterThan(4);
      await people.chat(stranger, { type: 'unsupported', unsupported: { type: 'poll_creation' } });
      expect(graph.to(stranger).map(textOf).join('\n')).toContain('cannot read this kind');
    }, 60_000);
  });

  describe('the webhook', () => {
    const ok = () => people.bodyFor('919800000051', people.message(text('hi')));

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
      expect((await people.post(raw, { 'X-Hub-Signature-256': signatureOf(raw, 'other') })).status).toBe(401);
      expect((await people.post(`${raw} `, { 'X-Hub-Signature-256': signatureOf(raw, SECRET) })).status).toBe(401);
      expect(await people.stored('919800000051')).toBeNull();
    });

    it('refuses what is too large, nested too deeply, no JSON, or no body of WhatsApp', async () => {
      expect((await people.post(`"${'x'.repeat(3 * 1024 * 1024)}"`)).status).toBe(413);
      expect((await people.post('['.repeat(10_000))).status).toBe(400);
      expect((await people.post('{"object":')).status).toBe(400);
      expect((await people.post({ object: 'page', entry: [] })).status).toBe(400);
      expect((await people.post('"text"')).status).toBe(400);
      expect((await people.post('')).status).toBe(400);
      expect((await people.post('a=b', { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(415);
      expect((await people.post('{"object":"whatsapp_business_account","entry":[],"__proto__":{"x":1}}')).status).toBe(
        400,
      );
    });

    it('files a report that comes before its message is stored, and one that fails later goes by SMS', async () => {
      const number = await people.filed('919800000052');
      const rows = () => stack.sources.read.manager.findBy(NotificationEntity, { number, channel: 'whatsapp' });
      for (const giveUp = Date.now() + 25_000; Date.now() < giveUp; await sleep(50)) {
        if ((await rows()).some(({ status }) => status === 'sent')) break;
      }
      const [row] = await rows();
      const status = (fields: Record<string, unknown>) =>
        people.post({
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
      JSON.parse(
        JSON.stringify(people.bodyFor(person, people.message(content))).replace(LINE, OWN.phoneNumberId),
      ) as unknown;
    const signedBy = (body: unknown, secret: string) =>
      people.post(body, { 'X-Hub-Signature-256': signatureOf(JSON.stringify(body), secret) });
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
      const foreign = people.bodyFor('919800000096', people.message(text('hi')));
      expect((await signedBy(foreign, OWN.appSecret)).status).toBe(200);
      expect((await signedBy(kolkata(person, text('hi')), 'a third secret')).status).toBe(401);
      expect((await signedBy(kolkata(person, text('hi')), OWN.appSecret)).status).toBe(200);
      const answer = await graph.said(person, /[^]/);
      expect(answer).toMatchObject({ line: OWN.phoneNumberId, token: OWN.token });
      expect(graph.to('919800000096')).toEqual([]);
      const other = await people.chat('919800000097', text('hi'));
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
      await people.introduced(person, 'en');
      for (let n = 0; n < 3; n++) expect((await ring(`+${person}`.replace('+', '%2B'))).status).toBe(200);
      const opener = await graph.said(person, 'Thank you for calling');
      expect(idsIn(opener)).toEqual(['v1:menu:file']);
      await sleep(300);
      expect(opened(person)).toHaveLength(1);
      expect(stack.outbox().filter(({ to }) => to === `+${person}`)).toEqual([]);
      await people.chat(person, tap('v1:menu:file'));
      expect((await people.stored(person))?.state).toMatchObject({ step: { at: 'where' } });
    }, 60_000);

    it('is answered by the approved template when the citizen wrote longer ago, and by SMS when that fails', async () => {
      const person = '919800000082';
      await people.introduced(person, 'en');
      await stack.sources.write.manager.update(
        ConversationStateEntity,
        { contact: people.contactOf(person) },
        { lastInboundAt: Date.now() - 2 * 86_400_000 },
      );
      graph.fails = ({ template }) =>
        template?.name === 'pratikar_missed_call' ? { code: 131026, status: 400 } : undefined;
      await ring(`%2B${person}`);
      const bySms = () => stack.outbox().find(({ to, channel }) => to === `+${person}` && channel === 'sms');
      for (const giveUp = Date.now() + 25_000; Date.now() < giveUp && !bySms();) await sleep(50);
      expect(bySms()).toMatchObject({ template: 'missed_call', locale: 'en', case: null });
      expect(bySms()?.text).toContain(stack.settings.publicUrl);
    }, 60_000);
  });

  describe('a provider in trouble', () => {
    it('goes by SMS when the token has expired in mid-flight, and tells the operator', async () => {
      const person = '919800000061';
      const number = await people.filed(person);
      const row = await people.caseOf(number);
      const token = await people.officerOf(row.owner ?? '');
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
      for (const giveUp = Date.now() + 25_000; Date.now() < giveUp; await sleep(50))
        if ((await bySms())?.status === 'sent' && (await told())) break;
      expect(await bySms()).toMatchObject({ status: 'sent' });
      expect((await told())?.detail).toMatchObject({ error: expect.stringContaining('190') as string });
    }, 60_000);
  });
});
