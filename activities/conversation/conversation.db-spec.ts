import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelSender, OutboundMessage, SendResult } from '#libs/channels/channel';
import { createSenders, type Senders } from '#libs/channels/senders';
import { NotificationEntity } from '#libs/persistence/entities/index';
import { describeOnEachEngine } from '#libs/testing/database';
import { createDeliverActivity } from './conversation.activities.js';

const CONTACT = 'abcdefghijklmnopqrstuvwxyz';

/** A provider whose answers the test decides. */
class Scripted implements ChannelSender {
  readonly sent: OutboundMessage[] = [];
  constructor(
    private readonly answers: SendResult[],
    readonly paceMs?: number,
  ) {}

  send(message: OutboundMessage): Promise<SendResult> {
    this.sent.push(message);
    return Promise.resolve(this.answers.shift() ?? { outcome: 'sent', providerId: `p-${this.sent.length}` });
  }
}

describeOnEachEngine('delivery to one contact', (db) => {
  let folder: string;
  let next = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'delivery-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const deliver = (ids: readonly string[], providers: Partial<Senders> = {}, attempt = 1) =>
    createDeliverActivity({
      sources: db.sources,
      unitOfWork: db.uow,
      senders: createSenders({ dataDir: folder }, providers),
    })(CONTACT, ids, attempt);
  const row = (id: string) => db.sources.read.manager.findOneByOrFail(NotificationEntity, { id });
  const outbox = async (): Promise<{ id: string; text: string }[]> =>
    (await readFile(join(folder, 'outbox.jsonl'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: string; text: string });

  async function queue(more: Partial<NotificationEntity> = {}): Promise<string> {
    const number = `KMC-26-${String(++next).padStart(7, '0')}-0`;
    const id = `${number}/2/comment_public/abcdefgh`;
    const message: NotificationEntity = {
      id,
      number,
      tenant: 'kmc',
      seq: 2,
      template: 'comment_public',
      locale: 'en',
      channel: 'sms',
      toAddress: '+919830012345',
      contact: CONTACT,
      text: `News on complaint ${number} (No water supply): "পাম্প চালু হবে 🙂"`,
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
    await db.uow.run((em) => em.insert(NotificationEntity, message));
    return id;
  }

  it('tells an officer of all that is overdue in one mail', async () => {
    const way = { channel: 'email', template: 'daily_digest' as const, toAddress: 'ee@kmc.example.in' };
    const ids = [await queue({ ...way, text: 'first' }), await queue({ ...way, text: 'second' })];
    const email = new Scripted([{ outcome: 'retry', afterMs: 1_000, error: 'away' }]);
    expect((await deliver(ids, { email })).every(({ retryAfterMs }) => retryAfterMs === 1_000)).toBe(true);
    expect(await deliver(ids, { email }, 2)).toEqual(ids.map((id) => ({ id })));
    expect(email.sent.map(({ text }) => text)).toEqual(['first\n\nsecond', 'first\n\nsecond']);
    expect(await row(ids[1] ?? '')).toMatchObject({ status: 'sent', providerId: 'p-2', text: 'second' });
  });

  it('brings one piece of news every six seconds where the channel allows no more, in order', async () => {
    const contact = 'paced'.padEnd(26, 'x');
    const way = { channel: 'whatsapp', contact };
    const ids = [await queue(way), await queue(way), await queue({ ...way, notBefore: Date.now() + 60_000 })];
    const whatsapp = new Scripted([], 6_000);
    const [first, second, third] = await deliver(ids, { whatsapp });
    expect(first).toEqual({ id: ids[0] });
    expect(second).toMatchObject({ id: ids[1], untried: true });
    expect(second?.retryAfterMs).toBeGreaterThan(5_000);
    expect(second?.retryAfterMs).toBeLessThanOrEqual(6_000);
    expect(third).toMatchObject({ id: ids[2], untried: true });
    expect(await row(ids[1] ?? '')).toMatchObject({ status: 'queued', attempts: 0 });
    await db.uow.run((em) => em.update(NotificationEntity, { id: ids[0] ?? '' }, { sentAt: Date.now() - 6_001 }));
    expect(await deliver(ids.slice(1, 2), { whatsapp })).toEqual([{ id: ids[1] }]);
    expect(whatsapp.sent.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  });

  it('goes to the outbox in order and stands as sent in the record', async () => {
    const ids = [await queue(), await queue(), await queue()];
    expect(await deliver(ids)).toEqual(ids.map((id) => ({ id })));
    const lines = await outbox();
    expect(lines.map(({ id }) => id)).toEqual(ids);
    expect(lines[0]?.text).toContain('পাম্প চালু হবে 🙂');
    const first = await row(ids[0] ?? '');
    expect(first).toMatchObject({ status: 'sent', attempts: 1, error: null });
    expect(first.sentAt).toBeGreaterThan(Date.now() - 60_000);
  });

  it('sends nothing twice and finds nothing to do for what it does not know', async () => {
    const id = await queue();
    await deliver([id]);
    expect(await deliver([id, 'unknown'])).toEqual([{ id }, { id: 'unknown' }]);
    expect(await outbox()).toHaveLength(1);
  });

  it('names to the gateway what the text is registered as', async () => {
    const sms = new Scripted([]);
    const id = await queue();
    await deliver([id], { sms });
    expect(sms.sent[0]).toMatchObject({
      dlt: { templateId: expect.stringMatching(/^\d{19}$/) as string, header: 'PRTKAR' },
      whatsapp: { name: 'pratikar_comment_public', language: 'en' },
    });
  });

  it('keeps a message for later when the provider asks for it, and the later ones of the channel behind it', async () => {
    const ids = [await queue(), await queue()];
    const sms = new Scripted([{ outcome: 'retry', afterMs: 6000, error: 'too many' }]);
    expect(await deliver(ids, { sms })).toEqual(ids.map((id) => ({ id, retryAfterMs: 6000 })));
    expect(sms.sent).toHaveLength(1);
    expect(await row(ids[0] ?? '')).toMatchObject({ status: 'queued', attempts: 1, error: 'too many' });
    const later = new Scripted([{ outcome: 'retry', afterMs: 6000, error: 'too many' }]);
    expect((await deliver(ids, { sms: later }, 3))[0]?.retryAfterMs).toBe(24_000);
    await deliver(ids, {}, 4);
    expect(await row(ids[0] ?? '')).toMatchObject({ status: 'sent', error: null });
    expect((await outbox()).map(({ id }) => id)).toEqual(ids);
  });

  it('gives up after three days, and says why', async () => {
    const id = await queue({ createdAt: Date.now() - 4 * 24 * 3_600_000 });
    const sms = new Scripted([{ outcome: 'retry', afterMs: 6000, error: 'gateway down' }]);
    expect(await deliver([id], { sms })).toEqual([{ id }]);
    expect(await row(id)).toMatchObject({ status: 'failed', error: 'gateway down' });
  });

  it('does not wake anybody before the hour that the message waits for', async () => {
    const id = await queue({ notBefore: Date.now() + 3_600_000 });
    const [result] = await deliver([id]);
    expect(result?.retryAfterMs).toBeGreaterThan(3_500_000);
    expect(await outbox()).toEqual([]);
  });

  it('goes by SMS when WhatsApp refuses it, once', async () => {
    const id = await queue({ channel: 'whatsapp' });
    const refusal: SendResult = { outcome: 'rejected', error: '131026 not on WhatsApp' };
    expect(await deliver([id], { whatsapp: new Scripted([refusal]) })).toEqual([{ id }]);
    expect(await row(id)).toMatchObject({ status: 'failed', error: '131026 not on WhatsApp' });
    expect(await row(`${id}.sms`)).toMatchObject({ status: 'sent', channel: 'sms', toAddress: '+919830012345' });
    await deliver([id], { whatsapp: new Scripted([refusal]) });
    expect((await outbox()).map((line) => line.id)).toEqual([`${id}.sms`]);
  });

  it('ends as failed, with the reason, where no other way is known', async () => {
    const ids = [await queue(), await queue({ channel: 'whatsapp', toAddress: 'IN.123' })];
    const sms = new Scripted([{ outcome: 'rejected', error: 'x'.repeat(900) }]);
    const whatsapp = new Scripted([{ outcome: 'rejected', error: '131050' }]);
    await deliver(ids, { sms, whatsapp });
    expect((await row(ids[0] ?? '')).error).toHaveLength(500);
    expect(await row(ids[1] ?? '')).toMatchObject({ status: 'failed', error: '131050' });
  });
});
