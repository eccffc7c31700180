import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface GraphMessage {
  to?: string;
  recipient?: string;
  type?: string;
  status?: string;
  text?: { body: string };
  interactive?: {
    type: string;
    body: { text: string };
    action: {
      buttons?: { reply: { id: string; title: string } }[];
      sections?: { rows: { id: string; title: string }[] }[];
    };
  };
  template?: { name: string; language: { code: string } };
  biz_opaque_callback_data?: string;
  /** The id that was given to it. */
  wamid: string;
  /** Id of our number that speaks, and its token. */
  line: string;
  token: string;
}

/** The Graph API as far as the tests of the webhook need it: takes messages, gives files, fails when told to. */
export class GraphDouble {
  readonly sent: GraphMessage[] = [];
  readonly files = new Map<string, { bytes: Buffer; about?: Record<string, unknown>; gone?: boolean }>();
  /** Error code to answer with, per message; undefined takes it. */
  fails: (message: GraphMessage) => { code: number; status: number } | undefined = () => undefined;
  url = '';
  private count = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<GraphDouble> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => double.answer(request, Buffer.concat(chunks).toString(), response));
    });
    const double = new GraphDouble(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return double;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** What was said to somebody, in order, without the signs of reading. */
  to(person: string): GraphMessage[] {
    return this.sent.filter((message) => message.to === person || message.recipient === person);
  }

  /** Waits for one more message to somebody that says it. */
  async said(person: string, what: RegExp | string, from = 0): Promise<GraphMessage> {
    for (const giveUp = Date.now() + 25_000; Date.now() < giveUp; await sleep(20)) {
      const found = this.to(person)
        .slice(from)
        .find((message) => (typeof what === 'string' ? textOf(message).includes(what) : what.test(textOf(message))));
      if (found) return found;
    }
    throw new Error(`nobody said ${what} to ${person}, only:\n${this.to(person).map(textOf).join('\n---\n')}`);
  }

  private answer({ method, url: path = '', headers }: IncomingMessage, body: string, response: ServerResponse): void {
    if (method === 'POST') {
      const own = {
        wamid: `wamid.OUT${++this.count}`,
        line: path.split('/').at(-2) ?? '',
        token: headers.authorization?.replace('Bearer ', '') ?? '',
      };
      return this.take({ ...(JSON.parse(body) as GraphMessage), ...own }, response);
    }
    const id = path.split('/').at(-1) ?? '';
    const file = this.files.get(id);
    if (!file || file.gone) return json(response, 404, { error: { code: 100, message: 'Unsupported get request' } });
    if (path.startsWith('/files/')) return void response.end(file.bytes);
    json(response, 200, {
      id,
      url: `${this.url}/files/${id}`,
      mime_type: 'image/jpeg',
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      file_size: file.bytes.length,
      ...file.about,
    });
  }

  private take(message: GraphMessage, response: ServerResponse): void {
    if (message.status === 'read') return json(response, 200, { success: true });
    const failure = this.fails(message);
    if (failure) return json(response, failure.status, { error: { code: failure.code, message: 'told to fail' } });
    this.sent.push(message);
    json(response, 200, { messaging_product: 'whatsapp', messages: [{ id: message.wamid }] });
  }
}

export function textOf(message: GraphMessage): string {
  return message.text?.body ?? message.interactive?.body.text ?? `[${message.template?.name}]`;
}

/** Ids that can be tapped in a message. */
export function idsIn(message: GraphMessage): string[] {
  const { buttons = [], sections = [] } = message.interactive?.action ?? {};
  return [...buttons.map(({ reply }) => reply.id), ...sections.flatMap(({ rows }) => rows.map(({ id }) => id))];
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
