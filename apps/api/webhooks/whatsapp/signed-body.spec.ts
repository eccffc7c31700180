import { fastify, type FastifyInstance } from 'fastify';
import { signatureOf } from '#libs/channels/whatsapp/signature';
import { guardWhatsAppWebhook, WHATSAPP_PATH } from './signed-body.js';

const whatsapp = { apiUrl: 'http://127.0.0.1:1', apiUrlGiven: false, version: 'v26.0', mediaHosts: [], paceMs: 0 };

describe('the door of the WhatsApp webhook', () => {
  const open: FastifyInstance[] = [];
  afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

  async function knock(settings: { appSecret?: string; demo: boolean }, headers: Record<string, string> = {}) {
    const server = fastify();
    open.push(server);
    const seen: unknown[] = [];
    guardWhatsAppWebhook(server, { whatsapp: { ...whatsapp, ...settings }, demo: settings.demo }, () =>
      Promise.resolve(new Map()),
    );
    server.post(WHATSAPP_PATH, (request) => {
      seen.push(request.body);
      return {};
    });
    server.post('/other', (request) => {
      seen.push(request.body);
      return {};
    });
    server.setErrorHandler((error: { details?: { status: number } }, _request, reply) =>
      reply.code(error.details?.status ?? 500).send({}),
    );
    const address = await server.listen({ port: 0, host: '127.0.0.1' });
    const send = (path: string, payload: string) =>
      fetch(`${address}${path}`, {
        method: 'POST',
        body: payload,
        headers: { 'content-type': 'application/json', ...headers },
      });
    return { seen, send };
  }

  const body = '{"object":"বাংলা"}';

  it('opens to unsigned calls in demo alone, and only while no secret is set', async () => {
    const demo = await knock({ demo: true });
    expect((await demo.send(WHATSAPP_PATH, body)).status).toBe(200);
    expect(demo.seen).toEqual([{ object: 'বাংলা' }]);
    expect((await (await knock({ demo: false })).send(WHATSAPP_PATH, body)).status).toBe(401);
    expect((await (await knock({ demo: true, appSecret: 's' })).send(WHATSAPP_PATH, body)).status).toBe(401);
  });

  it('hands on what is signed, unchanged', async () => {
    const { seen, send } = await knock(
      { demo: false, appSecret: 's' },
      { 'x-hub-signature-256': signatureOf(body, 's') },
    );
    expect((await send(WHATSAPP_PATH, body)).status).toBe(200);
    expect(seen).toEqual([{ object: 'বাংলা' }]);
  });

  it('leaves every other address alone', async () => {
    const { send } = await knock({ demo: false, appSecret: 's' });
    expect((await send('/other', body)).status).toBe(200);
  });
});
