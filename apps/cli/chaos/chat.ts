import { setTimeout as sleep } from 'node:timers/promises';
import type { PhoneItem } from '#libs/contracts/api/phones';
import type { Phone } from '../../../deploy/simulators/phones.js';
import type { Random } from '../demo/random.js';
import { WHATSAPP } from './stand-ins.js';
import type { World } from './world.js';

const NUMBER = /[A-Z]{2,5}-\d\d-\d{7}-\d/;
const NEW_ONE = 'v1:nearby:new';
const SEND = 'v1:review:send';
const ANSWER_MS = 240_000;
const POLL_MS = 100;

/** Lodges a complaint by WhatsApp, answering what the bot asks; answers its number. */
export async function chatComplaint(world: World, mobile: string, mark: string, random: Random): Promise<string> {
  const phone = world.standIns.phones.take(mobile, 'Mina');
  const chat = new Chat(world, phone);
  await chat.say('hi');
  await chat.tap('v1:lang:en');
  await chat.tap('v1:consent:yes');
  // A little apart, so that not every complaint is near another one.
  const location = { latitude: 22.5411 + random.next() / 500, longitude: 88.3505 + random.next() / 500 };
  await chat.send({ type: 'location', location }, 'a place');
  await chat.say('jol asche na');
  await chat.say(`No water since three days ${mark}`);
  // By what is offered: answers may come late, and a list of complaints nearby has numbers in it, too.
  await chat.tap('v1:photos:done', (item) => offers(item, NEW_ONE) || offers(item, SEND));
  if (chat.last && offers(chat.last, NEW_ONE)) await chat.tap(NEW_ONE, (item) => offers(item, SEND));
  await chat.tap(SEND, (item) => NUMBER.test(item.text) && !offers(item, NEW_ONE));
  return NUMBER.exec(chat.last?.text ?? '')?.[0] ?? '';
}

function offers({ buttons = [], list }: PhoneItem, id: string): boolean {
  return [...buttons, ...(list?.rows ?? [])].some((option) => option.id === id);
}

class Chat {
  last: PhoneItem | null = null;

  constructor(
    private readonly world: World,
    private readonly phone: Phone,
  ) {}

  say(body: string): Promise<void> {
    return this.send({ type: 'text', text: { body } }, body);
  }

  tap(id: string, wanted?: (item: PhoneItem) => boolean): Promise<void> {
    const reply = { type: 'list_reply', list_reply: { id, title: id } };
    return this.send({ type: 'interactive', interactive: reply }, id, wanted);
  }

  /** Sends it and waits until the bot has answered. */
  async send(
    content: Readonly<Record<string, unknown>>,
    text: string,
    wanted: (item: PhoneItem) => boolean = () => true,
  ): Promise<void> {
    const before = this.phone.items.length;
    this.world.standIns.graphApi.receive(this.phone, WHATSAPP.line, content, { text });
    for (const giveUp = Date.now() + ANSWER_MS; Date.now() < giveUp; await sleep(POLL_MS)) {
      const answer = this.phone.items.slice(before).findLast((item) => item.from === 'city' && wanted(item));
      if (!answer) continue;
      this.last = answer;
      return;
    }
    throw new Error(`the bot does not answer "${text}"`);
  }
}
