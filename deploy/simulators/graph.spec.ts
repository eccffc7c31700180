import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSigned } from '#libs/channels/whatsapp/signature';
import { GraphStandIn } from './graph.js';
import { Phones, type Phone } from './phones.js';
import { WebhookCaller } from './webhook-caller.js';

const MOBILE = '+919830012345';
const AUTH = 'Bearer token';
const SECRET = 'app secret';

interface Body {
  entry: { changes: { value: { messages?: { id: string; text?: { body: string } }[]; statuses?: Status[] } }[] }[];
}
interface Status {
  id: string;
  status: string;
  biz_opaque_callback_data?: string;
  errors?: { code: number }[];
}

let server: Server;
let heard: { raw: string; signature: string | undefined }[] = [];
let answers: number[] = [];
let test = 0;
let phones: Phones;
let caller: WebhookCaller;
let graph: GraphStandIn;
let phone: Phone;

beforeAll(async () => {
  server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
    request.on('end', () => {
      // What an earlier test has set going is none of the present one's business.
      if (request.url === `/${test}`)
        heard.push({ raw, signature: request.headers['x-hub-signature-256'] as string | undefined });
      response.writeHead((request.url === `/${test}` ? answers.shift() : undefined) ?? 200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => server.close());
beforeEach(() => {
  test += 1;
  const path = test;
  heard = [];
  answers = [];
  phones = new Phones();
  phone = phones.take(MOBILE, 'Asha');
  caller = new WebhookCaller(SECRET, () => undefined);
  const { port } = server.address() as AddressInfo;
  graph = new GraphStandIn({
    phones,
    caller,
    token: 'token',
    webhook: () => `http://127.0.0.1:${port}/${path}`,
    template: (name, _language, values) =>
      name === 'known' && values.length === 1 ? { text: `Hi ${values[0]}` } : null,
  });
});

const bodies = (): Body['entry'][number]['changes'][number]['value'][] =>
  heard.map(({ raw }) => (JSON.parse(raw) as Body).entry[0]?.changes[0]?.value ?? {});
const statuses = (): Status[] => bodies().flatMap((value) => value.statuses ?? []);

async function until(check: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !check(); tries++) await sleep(20);
  expect(check()).toBe(true);
}

const base = { messaging_product: 'whatsapp', to: '919830012345' };
const words = (body: string) => ({ ...base, type: 'text', text: { body }, biz_opaque_callback_data: 'own-1' });
const interactive = (more: object) => ({
  ...base,
  type: 'interactive',
  interactive: { body: { text: 'Choose' }, ...more },
});
const rows = (count: number, title = 'Row') => Array.from({ length: count }, (_, n) => ({ id: `r${n}`, title }));
const ofList = (found: object[]) =>
  interactive({ type: 'list', action: { button: 'Open', sections: [{ title: 'One', rows: found }] } });
const ofButtons = (titles: string[]) =>
  interactive({
    type: 'button',
    action: { buttons: titles.map((title, n) => ({ type: 'reply', reply: { id: `b${n}`, title } })) },
  });
const codeOf = (body: object): number | undefined => (body as { error?: { code: number } }).error?.code;

function writes(text = 'hi'): void {
  graph.receive(phone, 'line', { type: 'text', text: { body: text } }, { text });
}

describe('the stand-in for the Graph API', () => {
  it.each<[string, object, number]>([
    ['an eleventh row', ofList(rows(11)), 131009],
    ['a row title of 25 characters', ofList(rows(1, 'x'.repeat(25))), 131009],
    ['a description of 73 characters', ofList([{ id: 'a', title: 'A', description: 'x'.repeat(73) }]), 131009],
    ['two rows of one id', ofList([...rows(1), ...rows(1)]), 131009],
    ['a fourth button', ofButtons(['1', '2', '3', '4']), 131009],
    ['a button of 21 characters', ofButtons(['x'.repeat(21)]), 131009],
    [
      'a body of 1025 characters',
      interactive({ type: 'button', body: { text: 'x'.repeat(1025) }, action: {} }),
      131009,
    ],
    ['a text of 4097 characters', words('x'.repeat(4097)), 131009],
    ['no text', words(''), 131008],
    ['nobody', { messaging_product: 'whatsapp', type: 'text', text: { body: 'x' } }, 131008],
    ['an unknown type', { ...base, type: 'carousel' }, 131051],
    [
      'an unknown template',
      { ...base, type: 'template', template: { name: 'nope', language: { code: 'bn' } } },
      132001,
    ],
  ])('refuses %s', (_what, message, code) => {
    writes();
    expect(codeOf(graph.send('line', AUTH, message).body)).toBe(code);
  });

  it('knows its token', () => {
    expect(graph.send('line', 'Bearer other', words('x'))).toMatchObject({
      status: 401,
      body: { error: { code: 190 } },
    });
  });

  it('lets only templates through once the 24 hours are over', () => {
    expect(codeOf(graph.send('line', AUTH, words('x')).body)).toBe(131047);
    const template = {
      name: 'known',
      language: { code: 'bn' },
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'Asha' }] }],
    };
    expect(graph.send('line', AUTH, { ...base, type: 'template', template }).status).toBe(200);
    expect(phone.items.at(-1)).toMatchObject({ text: 'Hi Asha', template: 'known' });
    writes();
    expect(graph.send('line', AUTH, words('x')).status).toBe(200);
  });

  it('tells how far a message came, signed and with our own id', async () => {
    writes();
    phone.looking = true;
    graph.send('line', AUTH, words('hello'));
    await until(() => statuses().length === 3);
    expect(statuses().map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    expect(statuses()[0]?.biz_opaque_callback_data).toBe('own-1');
    expect(heard.every(({ raw, signature }) => isSigned(Buffer.from(raw), signature, SECRET))).toBe(true);
  });

  it('delivers nothing to a telephone that is switched off', async () => {
    writes();
    phone.on = false;
    graph.send('line', AUTH, words('hello'));
    await sleep(700);
    expect(statuses().map(({ status }) => status)).toEqual(['sent']);
  });

  it('fails at once or later, as asked, and then no more', async () => {
    writes();
    graph.fail(131026, 1, false);
    expect(codeOf(graph.send('line', AUTH, words('one')).body)).toBe(131026);
    graph.fail(131026, 1, true);
    expect(graph.send('line', AUTH, words('two')).status).toBe(200);
    await until(() => statuses().some(({ status }) => status === 'failed'));
    expect(statuses().find(({ status }) => status === 'failed')?.errors?.[0]?.code).toBe(131026);
    expect(graph.send('line', AUTH, words('three')).status).toBe(200);
  });

  it('calls again until it is answered with 200, and twice when asked to', async () => {
    answers = [500, 503, 200];
    writes('again');
    await until(() => heard.length === 3);
    expect(new Set(heard.map(({ raw }) => raw)).size).toBe(1);
    heard = [];
    caller.weather.duplicates = true;
    writes('twice');
    await until(() => heard.length === 2);
    expect(bodies().map(({ messages }) => messages?.[0]?.text?.body)).toEqual(['twice', 'twice']);
  });

  it('lets messages overtake each other when asked to', async () => {
    caller.weather.disorder = true;
    writes('first');
    writes('second');
    await until(() => heard.length === 2);
    expect(bodies().map(({ messages }) => messages?.[0]?.text?.body)).toEqual(['second', 'first']);
  });

  it('keeps what citizens send, with its hash', () => {
    const bytes = Buffer.from('picture');
    const id = graph.keep(bytes, 'image/jpeg');
    expect(graph.describe('http://x', AUTH, id).body).toMatchObject({
      mime_type: 'image/jpeg',
      file_size: 7,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      url: `http://x/media/${id}`,
    });
    expect(graph.describe('http://x', AUTH, '1').status).toBe(400);
    expect(graph.describe('http://x', undefined, id).status).toBe(401);
  });
});
