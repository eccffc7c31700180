import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const STORE_KEYS = { accessKeyId: 'AKIATESTS', secretAccessKey: 'a secret/that+only tests know' };
export const STORE_REGION = 'ap-south-1';

export interface ObjectStore {
  /** For AWS_ENDPOINT_URL_S3. */
  endpoint: string;
  /** `/bucket/key` → bytes. */
  objects: Map<string, Buffer>;
  /** Every answer is this status from now on; null: as it should be. */
  fail(status: number | null): void;
  close(): Promise<void>;
}

/**
 * Stands in for an S3-compatible store: one bucket, private, which takes only what is signed by Signature Version 4 as
 * Amazon describes it, with the hash of the body. Written from that description, not from the client it tests.
 */
export async function startObjectStore(bucket: string): Promise<ObjectStore> {
  const objects = new Map<string, Buffer>();
  let failing: number | null = null;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const { status, bytes } = failing === null ? answer(request, body) : { status: failing, bytes: null };
      response.writeHead(status, { 'content-type': 'application/octet-stream' }).end(bytes ?? undefined);
    })();
  });
  const answer = (request: IncomingMessage, body: Buffer): { status: number; bytes: Buffer | null } => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
    if (!isSigned(request, body)) return { status: 403, bytes: Buffer.from('<Code>SignatureDoesNotMatch</Code>') };
    if (!path.startsWith(`/${bucket}/`)) return { status: 404, bytes: Buffer.from('<Code>NoSuchBucket</Code>') };
    if (request.method === 'PUT') objects.set(path, body);
    if (request.method === 'DELETE') objects.delete(path);
    if (request.method !== 'GET') return { status: request.method === 'PUT' ? 200 : 204, bytes: null };
    const found = objects.get(path);
    return found ? { status: 200, bytes: found } : { status: 404, bytes: Buffer.from('<Code>NoSuchKey</Code>') };
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    fail: (status) => void (failing = status),
    close: () => closed(server),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function isSigned({ method = '', url = '', headers }: IncomingMessage, body: Buffer): boolean {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, id, day = '', region = '', names = '', signature] = form.exec(headers.authorization ?? '') ?? [];
  const given = String(headers['x-amz-content-sha256']);
  const at = String(headers['x-amz-date']);
  if (id !== STORE_KEYS.accessKeyId || region !== STORE_REGION || !at.startsWith(day)) return false;
  if (given !== 'UNSIGNED-PAYLOAD' && given !== sha256(body)) return false;
  if (method === 'PUT' && given === 'UNSIGNED-PAYLOAD') return false;
  const { pathname } = new URL(url, 'http://x');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, pathname, '', lines.join(''), names, given].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${STORE_KEYS.secretAccessKey}`, day));
  return hmac(key, toSign).toString('hex') === signature;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
