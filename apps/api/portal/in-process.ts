import { request, type IncomingMessage, type Server } from 'node:http';
import { duplexPair, type Duplex } from 'node:stream';
import type { ApiInit } from '#libs/contracts/api/portal';

/**
 * A request to our own HTTP server over a pair of streams: the API answers as it answers everybody, and neither a port
 * nor an address has to be known.
 * @param from address the API takes for that of the caller
 */
export async function inProcess(server: Server, path: string, init: ApiInit, from: string): Promise<Response> {
  const [ours, theirs] = duplexPair();
  server.emit('connection', Object.assign(theirs, { remoteAddress: from }));
  try {
    const answer = await send(ours, path, init);
    const body = await bytesOf(answer);
    return new Response(body.length === 0 ? null : body, {
      status: answer.statusCode ?? 502,
      headers: headersOf(answer),
    });
  } finally {
    ours.destroy();
  }
}

function send(
  connection: Duplex,
  path: string,
  { method = 'GET', headers = {}, body }: ApiInit,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request({
      createConnection: () => connection,
      method,
      path,
      headers: { host: 'localhost', ...headers, ...length },
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

async function bytesOf(answer: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

function headersOf(answer: IncomingMessage): [string, string][] {
  return Object.entries(answer.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
}
