import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { previews } from '#libs/templates/registry';
import { GraphStandIn } from '../../../deploy/simulators/graph.js';
import { Phones } from '../../../deploy/simulators/phones.js';
import type { ThriceCaller } from './caller.js';

export const WHATSAPP = { line: '100000000000001', token: 'chaos-token', secret: 'the secret of the app in this run' };
export const SMS_TOKEN = 'chaos-webhook-token';
const SMS_WEBHOOK = `/webhooks/sms/http/${SMS_TOKEN}`;

export interface SentSms {
  id: string;
  to: string;
  text: string;
}

type Weather = 'fine' | 'refuses' | 'hangs';

/** An SMS gateway and Meta's Graph API, both of which can be broken. */
export class StandIns {
  sms: Weather = 'fine';
  graph: Weather = 'fine';
  readonly phones = new Phones();
  /** Everything that the gateway took, by our id, with how often it came. */
  readonly sent = new Map<string, { sms: SentSms; times: number }>();
  readonly lastTo = new Map<string, SentSms>();
  refused = 0;
  readonly graphApi: GraphStandIn;
  private server: Server | null = null;
  private counter = 0;

  constructor(private readonly caller: ThriceCaller) {
    const texts = new Map(
      previews().map(({ whatsappTemplate: { name, language }, registered }) => [`${name}/${language}`, registered]),
    );
    this.graphApi = new GraphStandIn({
      phones: this.phones,
      caller,
      token: WHATSAPP.token,
      webhook: () => '/webhooks/whatsapp',
      template: (name, language) => {
        const text = texts.get(`${name}/${language}`);
        return text === undefined ? null : { text };
      },
    });
  }

  async start(): Promise<string> {
    const server = createServer(
      (request, response) => void this.take(request, response).catch(() => response.destroy()),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A citizen sends an SMS to the city. */
  write(from: string, text: string): void {
    this.caller.form(SMS_WEBHOOK, { from, text, id: `chaos-${++this.counter}` });
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const bySms = request.url === '/sms';
    const weather = bySms ? this.sms : this.graph;
    if (weather === 'hangs') return;
    if (weather === 'refuses') {
      this.refused += 1;
      return answer(response, 503, { error: 'broken' });
    }
    if (bySms) return this.takeSms(response, JSON.parse(body) as SentSms);
    const [, , line = ''] = (request.url ?? '').split('/').slice(1);
    const { authorization } = request.headers;
    const reply = this.graphApi.send(line, authorization, JSON.parse(body || '{}'));
    answer(response, reply.status, reply.body);
  }

  private takeSms(response: ServerResponse, sms: SentSms): void {
    const known = this.sent.get(sms.id);
    if (known) known.times += 1;
    else this.sent.set(sms.id, { sms, times: 1 });
    this.lastTo.set(sms.to, sms);
    const id = `gw-${sms.id}`;
    answer(response, 200, { id });
    this.caller.form(SMS_WEBHOOK, { id, status: 'DELIVERED' });
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
