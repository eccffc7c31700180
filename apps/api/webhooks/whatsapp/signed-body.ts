import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CaseworkProblem } from '#libs/casework/problem';
import type { OwnChannels, WhatsAppChannel } from '#libs/casework/tenant-channels';
import { isTooDeep } from '#libs/channels/whatsapp/inbound';
import { isSigned } from '#libs/channels/whatsapp/signature';
import type { Settings } from '#libs/config/settings';
import { unsupported } from '../../http/content-types.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body is signed by the app of this number alone; absent: by the usual app. */
    whatsappNumber?: string;
  }
}

export const WHATSAPP_PATH = '/webhooks/whatsapp';
/** The provider sends at most 3 MB. */
const MOST_BYTES = 3 * 1024 * 1024;

/**
 * Lets nothing through to the webhook that the provider has not signed. Before anything is parsed: the signature is one
 * of the raw bytes, and what is not signed must cost nothing.
 */
export function guardWhatsAppWebhook(
  server: FastifyInstance,
  { whatsapp, demo }: Pick<Settings, 'whatsapp' | 'demo'>,
  owned: () => Promise<ReadonlyMap<string, OwnChannels>>,
): void {
  server.addHook('onRoute', (route) => {
    if (route.url === WHATSAPP_PATH) route.bodyLimit = MOST_BYTES;
  });
  server.addHook('preParsing', async (request, _reply, payload) => {
    if (request.method !== 'POST' || request.routeOptions.url !== WHATSAPP_PATH) return payload;
    const raw = await readWhole(request, payload as AsyncIterable<Uint8Array>);
    const signature = signatureIn(request);
    const { appSecret } = whatsapp;
    if (appSecret === undefined || !isSigned(raw, signature, appSecret)) {
      const signer = signerOf(raw, signature, await owned());
      if (signer) request.whatsappNumber = signer.phoneNumberId;
      else if (appSecret !== undefined || !demo) throw unsigned();
    }
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      throw unsupported('Send this as application/json.');
    if (isTooDeep(raw.toString())) throw malformed();
    return Object.assign(Readable.from(raw.length > 0 ? [raw] : []), { receivedEncodedLength: raw.length });
  });
}

/** The city's own number whose app has signed. Its secret speaks for that number alone. */
function signerOf(
  raw: Buffer,
  signature: string | undefined,
  owned: ReadonlyMap<string, OwnChannels>,
): WhatsAppChannel | null {
  for (const { whatsapp } of owned.values())
    if (whatsapp?.appSecret !== undefined && isSigned(raw, signature, whatsapp.appSecret)) return whatsapp;
  return null;
}

async function readWhole(request: FastifyRequest, payload: AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (Number(request.headers['content-length']) > MOST_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of payload) {
    length += chunk.length;
    if (length > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function signatureIn(request: FastifyRequest): string | undefined {
  const header = request.headers['x-hub-signature-256'];
  return typeof header === 'string' ? header : undefined;
}

function unsigned(): CaseworkProblem {
  return new CaseworkProblem({ status: 401, code: 'unsigned', detail: 'This call is not signed by the provider.' });
}

function malformed(): CaseworkProblem {
  return new CaseworkProblem({ status: 400, code: 'malformed', detail: 'The body is nested too deeply.' });
}

function tooLarge(): CaseworkProblem {
  return new CaseworkProblem({ status: 413, code: 'too_large', detail: 'The body is larger than allowed here.' });
}
