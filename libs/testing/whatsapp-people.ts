import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { signatureOf } from '#libs/channels/whatsapp/signature';
import { contactHash, deriveKeys } from '#libs/config/keys';
import { ConversationStateEntity, GrievanceEntity, HoldingEntity } from '#libs/persistence/entities/index';
import { GraphDouble, idsIn, textOf, type GraphMessage } from './graph-double.js';
import { startStack, type Answer, type Stack } from './stack.js';

export const SECRET = 'the secret of the app';
export const LINE = '100000000000001';

export type Content = Record<string, unknown> & { type: string };

export const text = (body: string): Content => ({ type: 'text', text: { body } });
export const tap = (id: string): Content => ({
  type: 'interactive',
  interactive: { type: 'list_reply', list_reply: { id, title: 'x' } },
});
/** In ward 70. */
export const pin: Content = { type: 'location', location: { latitude: 22.5411, longitude: 88.3505 } };
export const image = (id = 'photo', more = {}): Content => ({
  type: 'image',
  image: { id, mime_type: 'image/jpeg', ...more },
});

export function picture(width = 64): Promise<Buffer> {
  return sharp({ create: { width, height: 48, channels: 3, background: { r: 20, g: 90, b: 160 } } })
    .jpeg()
    .toBuffer();
}

/** People who write to a running city by WhatsApp, and what the city says to them. */
export class WhatsAppPeople {
  private count = 0;

  private constructor(
    readonly stack: Stack,
    readonly graph: GraphDouble,
  ) {}

  static async start(): Promise<WhatsAppPeople> {
    const graph = await GraphDouble.start();
    const stack = await startStack({
      WHATSAPP_API_URL: graph.url,
      WHATSAPP_PHONE_NUMBER_ID: LINE,
      WHATSAPP_TOKEN: 'token',
      WHATSAPP_APP_SECRET: SECRET,
      WHATSAPP_VERIFY_TOKEN: 'ours',
      WHATSAPP_PACE_MS: '200',
    });
    graph.files.set('photo', { bytes: await picture() });
    return new WhatsAppPeople(stack, graph);
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await this.graph.stop();
  }

  /** What Meta would post, signed unless the headers say otherwise. */
  post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const raw = typeof body === 'string' ? body : JSON.stringify(body);
    return this.stack.request('POST', '/webhooks/whatsapp', {
      raw,
      headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signatureOf(raw, SECRET), ...headers },
    });
  }

  message(content: Content, id = `wamid.IN${++this.count}`, at = Date.now()) {
    return { id, timestamp: String(Math.floor(at / 1000)), ...content };
  }

  bodyFor(person: string, ...messages: Record<string, unknown>[]) {
    const hidden = person.startsWith('IN.');
    const value = {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: LINE },
      contacts: [{ profile: { name: 'Mina' }, ...(hidden ? { user_id: person } : { wa_id: person }) }],
      messages: messages.map((each) => ({ ...(hidden ? { from_user_id: person } : { from: person }), ...each })),
    };
    return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
  }

  /** Sends one message and waits until it is answered. */
  async chat(person: string, content: Content): Promise<GraphMessage> {
    const before = this.graph.to(person).length;
    const sent = this.message(content);
    const { status } = await this.post(this.bodyFor(person, sent));
    if (status !== 200) throw new Error(`the webhook answered ${status}`);
    await this.answered(person, sent.id);
    const last = this.graph
      .to(person)
      .slice(before)
      .findLast((each) => each.biz_opaque_callback_data?.startsWith('chat:'));
    if (!last) throw new Error('nothing was said');
    return last;
  }

  contactOf(person: string): string {
    return contactHash(deriveKeys(this.stack.settings.secretKey), person.startsWith('IN.') ? person : `+${person}`);
  }

  stored(person: string): Promise<ConversationStateEntity | null> {
    return this.stack.sources.read.manager.findOneBy(ConversationStateEntity, { contact: this.contactOf(person) });
  }

  /** Until that message was heard and everything said to them has gone out. */
  async answered(person: string, id?: string): Promise<void> {
    for (const giveUp = Date.now() + 25_000; Date.now() < giveUp; await sleep(20)) {
      const row = await this.stored(person);
      if (row?.unsent.length === 0 && (id === undefined || row.heard.includes(id))) return;
    }
    throw new Error(`${person} gets no answer`);
  }

  async introduced(person: string, language = 'bn'): Promise<void> {
    await this.chat(person, text('hi'));
    await this.chat(person, tap(`v1:lang:${language}`));
    await this.chat(person, tap('v1:consent:yes'));
  }

  /** Files a complaint about water in Bengali, with a photo; answers its number. */
  async filed(person: string): Promise<string> {
    await this.introduced(person);
    await this.chat(person, pin);
    await this.chat(person, text('jol asche na'));
    await this.chat(person, text('তিন দিন ধরে জল নেই'));
    await this.chat(person, image());
    await this.chat(person, tap('v1:photos:done'));
    let review = this.graph.to(person).at(-1);
    // Another test may have filed the same close by.
    if (review && idsIn(review).includes('v1:nearby:new')) review = await this.chat(person, tap('v1:nearby:new'));
    if (!review || !idsIn(review).includes('v1:review:send')) throw new Error('the complaint is not shown for review');
    const before = this.graph.to(person).length;
    await this.chat(person, tap('v1:review:send'));
    const said = await this.graph.said(person, /KMC-\d\d-\d{7}-\d/, before);
    const number = /KMC-\d\d-\d{7}-\d/.exec(textOf(said))?.[0] ?? '';
    await this.caseOf(number);
    return number;
  }

  /** The row of a case; its workflow records it a moment after it was taken in. */
  async caseOf(number: string): Promise<GrievanceEntity> {
    for (const giveUp = Date.now() + 25_000; Date.now() < giveUp; await sleep(25)) {
      const row = await this.stack.sources.read.manager.findOneBy(GrievanceEntity, { number });
      if (row) return row;
    }
    throw new Error(`${number} is not in the record`);
  }

  /** Token of whoever holds the post. */
  async officerOf(position: string): Promise<string> {
    const holding = await this.stack.sources.read.manager.findOneByOrFail(HoldingEntity, { position });
    return this.stack.login(holding.username ?? '');
  }

  async resolved(number: string): Promise<void> {
    const row = await this.caseOf(number);
    const token = await this.officerOf(row.owner ?? '');
    const remarks = 'ভালভ বদলানো হয়েছে';
    const { status } = await this.stack.post(`/api/v1/grievances/${number}/resolve`, { remarks }, token);
    if (status !== 200) throw new Error(`resolve was answered ${status}`);
  }
}
