import { createHash } from 'node:crypto';
import type { ChannelSender, OutboundMessage, SendResult } from '#libs/channels/channel';
import { createSenders } from '#libs/channels/senders';
import { CaseworkProblem } from '#libs/casework/problem';
import type { ChatInput } from '#libs/contracts/chat';
import type { InboundBatch } from '#libs/contracts/temporal/conversation';
import type { Effect, EffectResult } from '#libs/dialogue/types';
import { MastersService } from '#libs/masters/index';
import {
  CitizenEntity,
  ConversationStateEntity,
  NotificationEntity,
  TenantEntity,
} from '#libs/persistence/entities/index';
import { fileReport } from '#libs/persistence/delivery-reports';
import { describeOnEachEngine } from '#libs/testing/database';
import { buildCity, CITY } from '#libs/testing/small-city';
import { createConverseActivity, Failures } from './chat.activities.js';
import type { EffectRunner } from './chat-effects.js';
import { ChatStore, type Chat } from './chat-store.js';
import { ChatWorlds } from './chat-world.js';
import { createDeliverActivity } from './conversation.activities.js';

/** A messenger whose answers the test decides. */
class Messenger implements ChannelSender {
  readonly sent: OutboundMessage[] = [];
  answers: SendResult[] = [];

  send(message: OutboundMessage): Promise<SendResult> {
    const answer = this.answers.shift() ?? { outcome: 'sent' as const, providerId: `wamid.${this.sent.length}` };
    if (answer.outcome === 'sent') this.sent.push(message);
    return Promise.resolve(answer);
  }
}

describeOnEachEngine('a chat', (db) => {
  let count = 0;
  const hash = (identity: string) => createHash('sha256').update(identity).digest('hex').slice(0, 26);
  beforeAll(() => buildCity(db.sources));

  /** One citizen with a messenger and a world of effects of their own. */
  function citizen(more: Partial<InboundBatch['from']> = {}) {
    const mobile = `+91980000${String(++count).padStart(4, '0')}`;
    const contact = hash(mobile);
    const messenger = new Messenger();
    const effects: { effect: Effect; key: string }[] = [];
    const trouble: { error: Error | null } = { error: null };
    const masters = new MastersService(db.sources);
    const store = new ChatStore(db.sources, db.uow, hash);
    const run = (effect: Effect, { messageId }: { messageId: string }, turn: number): Promise<EffectResult> => {
      if (trouble.error) return Promise.reject(trouble.error);
      effects.push({ effect, key: `${messageId}:${turn}` });
      return Promise.resolve(effect.do === 'cases' || effect.do === 'nearby' ? [] : undefined);
    };
    const senders = createSenders({ dataDir: '/nonexistent' }, { whatsapp: messenger });
    const converse = createConverseActivity({
      failures: new Failures(),
      sources: db.sources,
      store,
      worlds: new ChatWorlds(masters, db.sources, 'https://kmc.example.in'),
      effects: { run } as unknown as EffectRunner,
      masters,
      senders,
      line: () => Promise.resolve(null),
      client: null,
    });
    const from = { mobile, ...more };
    const batch = (...messages: [id: string, input: ChatInput, at?: number][]): InboundBatch => ({
      channel: 'whatsapp',
      from,
      messages: messages.map(([id, input, at]) => ({ id, at: at ?? Date.now(), input })),
    });
    const hear = (...messages: [id: string, input: ChatInput, at?: number][]) =>
      converse(contact, CITY.root, [batch(...messages)]);
    const row = () => db.sources.read.manager.findOneByOrFail(ConversationStateEntity, { contact });
    return { contact, messenger, effects, trouble, converse, batch, hear, row, store, from, senders };
  }
  async function stored(store: ChatStore, contact: string, batch?: InboundBatch): Promise<Chat> {
    const chat = await store.load(contact, CITY.root, batch);
    if (!chat) throw new Error(`there is no chat with ${contact}`);
    return chat;
  }
  const text = (words: string): ChatInput => ({ type: 'text', text: words });
  const tap = (id: string): ChatInput => ({ type: 'choice', id, title: 'x' });

  it('is remembered between messages, and its citizen once they have agreed', async () => {
    const { contact, hear, row, from, messenger } = citizen({ externalId: 'IN.77', name: 'মিনা', via: '100' });
    await hear(['a', text('hi')]);
    await hear(['b', tap('v1:lang:bn')]);
    expect(await db.sources.read.manager.findOneBy(CitizenEntity, { id: contact })).toBeNull();
    await hear(['c', tap('v1:consent:yes')]);
    expect(await row()).toMatchObject({
      address: from.mobile,
      externalId: 'IN.77',
      via: '100',
      heard: ['a', 'b', 'c'],
      unsent: [],
    });
    expect(await db.sources.read.manager.findOneBy(CitizenEntity, { id: contact })).toMatchObject({
      tenant: CITY.root,
      mobile: from.mobile,
      name: 'মিনা',
      externalId: 'IN.77',
      locale: 'bn',
      channel: 'whatsapp',
    });
    await hear(['d', tap('v1:lang:hi')]);
    expect(await db.sources.read.manager.findOneBy(CitizenEntity, { id: contact })).toMatchObject({ locale: 'hi' });
    expect(messenger.sent.every(({ via, windowOpen }) => via === '100' && windowOpen)).toBe(true);
  });

  it('follows somebody to a new number, with their cases, and knows the next owner of the old one as a stranger', async () => {
    const { contact, hear, row, from, messenger, store, converse, batch } = citizen();
    const next = '+919811112222';
    await hear(['a', text('hi')], ['b', tap('v1:lang:en')], ['c', tap('v1:consent:yes')]);
    const at = Date.now();
    await hear(['d', { type: 'system', event: 'user_changed_number', newAddress: next.slice(1) }, at]);
    expect(await row()).toMatchObject({ address: next, heard: ['a', 'b', 'c', 'd'] });
    expect((await row()).lastInboundAt).toBeLessThan(at + 1);
    expect(await db.sources.read.manager.findOneBy(CitizenEntity, { id: contact })).toMatchObject({ mobile: next });
    expect(messenger.sent.at(-1)).toMatchObject({ to: next, text: expect.stringContaining('new number') as string });

    const moved = { ...batch(['e', text('menu'), at + 1]), from: { mobile: next } };
    await converse(hash(next), CITY.root, [moved]);
    expect(await row()).toMatchObject({ address: next, heard: ['a', 'b', 'c', 'd', 'e'] });
    expect(messenger.sent.at(-1)).toMatchObject({ to: next });

    const stranger = await stored(store, contact, batch(['f', text('hi'), at + 2]));
    expect(stranger.contact).not.toBe(contact);
    expect(stranger).toMatchObject({ person: { mobile: from.mobile }, heard: [], version: 0 });
    // What they had sent before comes late: it is still theirs.
    expect((await stored(store, contact, batch(['g', text('hi'), at - 1]))).contact).toBe(contact);
  });

  describe('the cities that a number serves', () => {
    const settings = async (whatsapp: object) => {
      const { manager } = db.sources.read;
      const city = await manager.findOneByOrFail(TenantEntity, { code: CITY.tenant });
      const change = { settings: { ...city.settings, whatsapp } as never, mastersVersion: city.mastersVersion + 1 };
      await db.uow.run((em) => em.update(TenantEntity, { code: CITY.tenant }, change));
      return new ChatWorlds(new MastersService(db.sources), db.sources, 'https://kmc.example.in');
    };
    const served = async (worlds: ChatWorlds, via?: string) =>
      (await worlds.world(CITY.root, via, Date.now())).cities.map(({ code }) => code);
    afterAll(() => settings({}));

    it('are all below its state, but for those that do not take part yet', async () => {
      expect(await served(await settings({}))).toContain(CITY.tenant);
      expect(await served(await settings({ enabled: false }))).not.toContain(CITY.tenant);
    });

    it('are one where the number is its own', async () => {
      const worlds = await settings({ numbers: ['777'] });
      expect(await served(worlds, '777')).toEqual([CITY.tenant]);
      expect(await worlds.numbers()).toEqual(new Set(['777']));
    });

    it('take complaints from the wards of a pilot alone', async () => {
      const worlds = await settings({ wards: [91] });
      const { cities } = await worlds.world(CITY.root, undefined, Date.now());
      const city = cities.find(({ code }) => code === CITY.tenant);
      expect([city?.serves('91'), city?.serves('92')]).toEqual([true, false]);
    });
  });

  it('passes over what it has heard before, days later as well, and twice in one batch', async () => {
    const { hear, messenger, converse, batch } = citizen();
    await hear(['a', text('hi')], ['a', text('hi')]);
    const said = messenger.sent.length;
    await hear(['a', text('hi')]);
    await converse('unknown', CITY.root, []);
    await converse('x', CITY.root, [batch()]);
    expect(messenger.sent).toHaveLength(said);
  });

  it('remembers three hundred messages, not all', async () => {
    const { hear, row } = citizen();
    await hear(['first', text('hi')]);
    for (let n = 0; n < 31; n++) {
      await hear(...Array.from({ length: 10 }, (_, m): [string, ChatInput] => [`${n}/${m}`, { type: 'flood' }]));
    }
    const { heard } = await row();
    expect(heard).toHaveLength(300);
    expect(heard.at(-1)).toBe('30/9');
  }, 60_000);

  it('takes a batch in the order of its sending', async () => {
    const { hear, row } = citizen();
    const now = Date.now();
    await hear(['c', tap('v1:consent:yes'), now + 2], ['a', text('hi'), now], ['b', tap('v1:lang:en'), now + 1]);
    expect(await row()).toMatchObject({ heard: ['a', 'b', 'c'], state: { locale: 'en', step: { at: 'menu' } } });
  });

  it('sends what could not be sent when the messenger asks to wait, in order and with the same ids', async () => {
    const { hear, converse, contact, messenger, row } = citizen();
    messenger.answers = [{ outcome: 'retry', afterMs: 6_000, error: '131056' }];
    const { wakeAt } = await hear(['a', text('hi')]);
    expect((wakeAt ?? 0) - Date.now()).toBeGreaterThan(4_000);
    const [waiting] = (await row()).unsent as { id: string }[];
    await converse(contact, CITY.root, []);
    expect(messenger.sent.map(({ id }) => id)).toEqual([waiting?.id]);
    expect((await row()).unsent).toEqual([]);
  });

  it('says it once more rather than never when the worker dies before the answer has gone out', async () => {
    const { contact, hear, messenger, store, batch, row } = citizen();
    const chat = await stored(store, contact, batch(['a', text('hi')]));
    // The step was stored; the process ended before anything was sent.
    await store.save({
      ...chat,
      heard: ['a'],
      unsent: [{ id: 'chat:1:0', content: { kind: 'text', body: 'answer' } }],
      lastInboundAt: Date.now(),
    });
    await hear(['a', text('hi')]);
    expect(messenger.sent.map(({ text: said }) => said)).toEqual(['answer']);
    expect((await row()).unsent).toEqual([]);
  });

  it('asks for the same things under the same keys when the step has to be taken again', async () => {
    const { contact, hear, effects, store, messenger } = citizen();
    await hear(['a', text('hi')], ['b', tap('v1:lang:en')], ['c', tap('v1:consent:yes')]);
    effects.length = 0;
    const before = await stored(store, contact);
    await hear(['d', tap('v1:menu:track')]);
    const first = effects.splice(0);
    // Somebody else stored the chat meanwhile: this writer must not.
    await expect(store.save(before)).rejects.toThrow('moved on');
    const now = await stored(store, contact);
    await store.save({ ...now, heard: now.heard.filter((id) => id !== 'd'), state: before.state });
    await hear(['d', tap('v1:menu:track')]);
    expect(effects).toEqual(first);
    expect(messenger.sent.length).toBeGreaterThan(3);
  });

  it('gives a message up that fails again and again, says so, and goes on with the next', async () => {
    const { hear, trouble, messenger, row } = citizen();
    await hear(['a', text('hi')], ['b', tap('v1:lang:en')], ['c', tap('v1:consent:yes')]);
    trouble.error = new TypeError('a fault of ours');
    for (let attempt = 1; attempt < 6; attempt++) {
      await expect(hear(['d', tap('v1:menu:track')])).rejects.toThrow('a fault of ours');
    }
    await hear(['d', tap('v1:menu:track')]);
    expect(messenger.sent.at(-1)?.text).toContain('went wrong on our side');
    expect((await row()).heard).toContain('d');
    trouble.error = CaseworkProblem.unavailable('temporal');
    for (let attempt = 1; attempt < 12; attempt++) {
      await expect(hear(['e', tap('v1:menu:track')])).rejects.toThrow('does not answer');
    }
    trouble.error = null;
    await hear(['e', tap('v1:menu:track')]);
    expect(messenger.sent.at(-1)?.text).toContain('no complaint here yet');
  });

  it('wakes for a complaint that was begun, by day and within the 24 hours', async () => {
    const { contact, hear, converse, messenger } = citizen();
    await hear(['a', text('hi')], ['b', tap('v1:lang:en')], ['c', tap('v1:consent:yes')]);
    const { wakeAt } = await hear(['d', tap('v1:menu:file')]);
    expect(wakeAt).toBeGreaterThan(Date.now() + 3.9 * 3_600_000);
    expect(wakeAt).toBeLessThan(Date.now() + 24 * 3_600_000);
    const hour = new Date((wakeAt ?? 0) + 5.5 * 3_600_000).getUTCHours();
    expect(hour).toBeGreaterThanOrEqual(8);
    expect(hour).toBeLessThan(21);
    const said = messenger.sent.length;
    expect((await converse(contact, CITY.root, [])).wakeAt).toBe(wakeAt);
    expect(messenger.sent).toHaveLength(said);
  });

  describe('beside news', () => {
    const notify = async (contact: string, more: Partial<NotificationEntity> = {}) => {
      const number = `KMC-26-${String(++count).padStart(7, '0')}-0`;
      const row: NotificationEntity = {
        id: `${number}/2/resolved/abcdefgh.whatsapp`,
        number,
        tenant: CITY.tenant,
        seq: 2,
        template: 'resolved',
        locale: 'en',
        channel: 'whatsapp',
        toAddress: '+919830012345',
        contact,
        text: 'The work is done.',
        status: 'queued',
        error: null,
        notBefore: 0,
        attempts: 0,
        providerId: null,
        createdAt: Date.now(),
        sentAt: null,
        deliveredAt: null,
        readAt: null,
        ...more,
      };
      await db.uow.run((em) => em.insert(NotificationEntity, row));
      return row;
    };
    const after = (id: string) => db.sources.read.manager.findOneByOrFail(NotificationEntity, { id });

    it('goes with the five ratings while the citizen may be written to, and by template to anybody else', async () => {
      const { contact, hear, messenger, senders } = citizen();
      const deliver = createDeliverActivity({ sources: db.sources, unitOfWork: db.uow, senders });
      await hear(['a', text('hi')]);
      messenger.sent.length = 0;
      const row = await notify(contact);
      const other = await notify('somebody-else');
      await deliver(contact, [row.id], 1);
      await deliver('somebody-else', [other.id], 1);
      expect(messenger.sent[0]).toMatchObject({
        windowOpen: true,
        content: { kind: 'list', body: 'The work is done.' },
      });
      expect(messenger.sent[1]).toMatchObject({ windowOpen: false });
      expect(messenger.sent[1]).not.toHaveProperty('content');
    });

    it('takes reports that come before the message is stored', async () => {
      const { contact, messenger, senders } = citizen();
      const deliver = createDeliverActivity({ sources: db.sources, unitOfWork: db.uow, senders });
      const row = await notify(contact);
      const providerId = `wamid.early.${row.number}`;
      messenger.answers = [{ outcome: 'sent', providerId }];
      await db.uow.run((em) => fileReport(em, { channel: 'whatsapp', providerId, status: 'delivered', at: 5 }));
      await db.uow.run((em) => fileReport(em, { channel: 'whatsapp', providerId, status: 'delivered', at: 5 }));
      await deliver(contact, [row.id], 1);
      expect(await after(row.id)).toMatchObject({ status: 'delivered', deliveredAt: 5, providerId });
    });

    it('knows a message by our own id before it knows the provider’s', async () => {
      const { contact, senders } = citizen();
      const row = await notify(contact);
      await db.uow.run((em) =>
        fileReport(em, { channel: 'whatsapp', providerId: 'wamid.own', ownId: row.id, status: 'read', at: 6 }),
      );
      await createDeliverActivity({ sources: db.sources, unitOfWork: db.uow, senders })(contact, [row.id], 1);
      expect(await after(row.id)).toMatchObject({ status: 'read', readAt: 6 });
    });

    it('goes by SMS when it fails after it had gone out, once, and not beside an SMS that says the same', async () => {
      const { contact } = citizen();
      const row = await notify(contact, { status: 'sent', providerId: `wamid.f${count}` });
      const failure = {
        channel: 'whatsapp',
        providerId: row.providerId ?? '',
        status: 'failed' as const,
        at: 7,
        error: '131026 x',
      };
      const instead = await db.uow.run((em) => fileReport(em, failure));
      expect(instead).toMatchObject({ channel: 'sms', toAddress: '+919830012345', status: 'queued', text: row.text });
      await db.uow.run((em) => em.update(NotificationEntity, { id: instead?.id ?? '' }, { status: 'sent' }));
      expect(await db.uow.run((em) => fileReport(em, failure))).toBeNull();
      const twin = await notify(contact, { status: 'sent', providerId: `wamid.g${count}` });
      await notify(contact, { ...twin, id: `${twin.number}/2/resolved/abcdefgh`, channel: 'sms' });
      expect(await db.uow.run((em) => fileReport(em, { ...failure, providerId: twin.providerId ?? '' }))).toBeNull();
    });

    it('waits for the channel to work again where no other way is known', async () => {
      const { contact, messenger, senders } = citizen();
      const deliver = createDeliverActivity({ sources: db.sources, unitOfWork: db.uow, senders });
      const row = await notify(contact, { toAddress: 'IN.1' });
      messenger.answers = [{ outcome: 'stopped', afterMs: 600_000, error: '190 expired' }];
      expect(await deliver(contact, [row.id], 1)).toEqual([{ id: row.id, retryAfterMs: 600_000 }]);
      expect(await after(row.id)).toMatchObject({ status: 'queued', error: '190 expired' });
      await deliver(contact, [row.id], 2);
      expect(await after(row.id)).toMatchObject({ status: 'sent', error: null });
    });
  });
});
