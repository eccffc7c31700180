import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { IdempotencyEntity } from '#libs/persistence/entities/index';
import { startStack, type Stack } from '#libs/testing/stack';
import { IdempotencyService } from './idempotency.service.js';

let stack: Stack;
let citizen: string;
let admin: string;

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken('+919830012345');
  admin = await stack.login('it-admin');
}, 120_000);
afterAll(async () => stack?.stop());

interface Issued {
  id: string;
  key: string;
}
const KEYS = '/api/v1/api-keys';
const wanted = { name: 'State portal', scopes: ['open311.read'] };

async function issuedNames(): Promise<string[]> {
  const { body } = await stack.get<{ items: { name: string }[] }>(KEYS, admin);
  return body.items.map(({ name }) => name);
}

function upload(bytes: Uint8Array, key: string, token = citizen) {
  const form = new FormData();
  form.set('file', new Blob([bytes.slice().buffer], { type: 'image/png' }), 'leak.png');
  return stack.request<{ id: string; code?: string }>('POST', '/api/v1/attachments', { raw: form, token, key });
}

const picture = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer();

describe('an Idempotency-Key', () => {
  it('makes a repeat tell what the first request was told, what is shown once included', async () => {
    const key = randomUUID();
    const name = 'Repeated';
    const first = await stack.post<Issued>(KEYS, { ...wanted, name }, admin, key);
    const again = await stack.post<Issued>(KEYS, { ...wanted, name }, admin, key);
    expect(first).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^prk_/) } });
    expect({ status: again.status, body: again.body }).toEqual({ status: 201, body: first.body });
    expect((await issuedNames()).filter((each) => each === name)).toHaveLength(1);
    const rows = await stack.sources.read.manager.find(IdempotencyEntity);
    expect(JSON.stringify(rows)).not.toContain(first.body.key);
  });

  it('is refused with another body or on another route, and does nothing then', async () => {
    const key = randomUUID();
    await stack.post(KEYS, { ...wanted, name: 'Original' }, admin, key);
    const other = await stack.post(KEYS, { ...wanted, name: 'Changed' }, admin, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    const elsewhere = await stack.post('/api/v1/orders', { kind: 'recompute' }, admin, key);
    expect(elsewhere).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    expect(await issuedNames()).not.toContain('Changed');
  });

  it('gives a dozen requests at once one effect and one answer', async () => {
    const key = randomUUID();
    const name = 'At once';
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => stack.post<Issued>(KEYS, { ...wanted, name }, admin, key)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await issuedNames()).filter((each) => each === name)).toHaveLength(1);
  });

  it('is free again after a refusal, so that the mended request may use it', async () => {
    const key = randomUUID();
    expect((await stack.post(KEYS, { name: 'Mended' }, admin, key)).status).toBe(422);
    expect((await stack.post(KEYS, { ...wanted, name: 'Mended' }, admin, key)).status).toBe(201);
  });

  it('belongs to its sender: two people may choose the same', async () => {
    const key = randomUUID();
    const mine = await upload(await picture('teal'), key);
    const theirs = await upload(await picture('red'), key, await stack.citizenToken('+919830099998'));
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('keeps a picture sent twice once, and knows another picture from it', async () => {
    const key = randomUUID();
    const first = await upload(await picture('teal'), key);
    const again = await upload(await picture('teal'), key);
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    expect(await upload(await picture('red'), key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_mismatch' },
    });
  });

  it('is free for the next try when the sender of a picture was gone before it was read', async () => {
    const key = randomUUID();
    const bytes = await picture('olive');
    expect((await upload(bytes, key)).status).toBe(201);
    const [own] = await stack.sources.read.manager.find(IdempotencyEntity, { order: { createdAt: 'DESC' }, take: 1 });
    const claimed = { key: own?.key ?? '' };
    await stack.sources.write.manager.update(IdempotencyEntity, claimed, { answer: null, createdAt: Date.now() });
    const socket = connect(Number(new URL(stack.baseUrl).port), '127.0.0.1');
    socket.write(
      `POST /api/v1/attachments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${citizen}\r\nIdempotency-Key: ${key}\r\n` +
        'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\n',
    );
    // It waits for the one before; meanwhile its sender goes, and then the one before is over.
    await sleep(500);
    socket.destroy();
    await sleep(500);
    await stack.sources.write.manager.delete(IdempotencyEntity, claimed);
    await sleep(500);
    expect((await upload(bytes, key)).status).toBe(201);
  });

  it('imports a table once', async () => {
    const key = randomUUID();
    const send = (raw: string) =>
      stack.request('POST', '/api/v1/import/holidays?apply=true', {
        raw,
        headers: { 'Content-Type': 'text/csv' },
        token: admin,
        key,
      });
    const csv = 'date,name\n2027-03-04,Founders’ day\n';
    expect(await send(csv)).toMatchObject({ status: 200, body: { applied: true, created: 1 } });
    expect(await send(csv)).toMatchObject({ status: 200, body: { applied: true, created: 1 } });
    expect(await send(`${csv}2027-03-05,Another\n`)).toMatchObject({ status: 422 });
  });

  it('sends one code to somebody whose telephone repeats the request, and logs in with it twice', async () => {
    const mobile = '+919830055555';
    const key = randomUUID();
    const codes = () => stack.outbox().filter((line) => line.template === 'otp' && line.to === mobile);
    expect((await stack.post('/api/v1/auth/otp', { mobile }, undefined, key)).status).toBe(202);
    expect((await stack.post('/api/v1/auth/otp', { mobile }, undefined, key)).status).toBe(202);
    expect(codes()).toHaveLength(1);
    const code = /\d{6}/.exec(codes()[0]?.text ?? '')?.[0];
    const verify = randomUUID();
    const first = await stack.post('/api/v1/auth/otp/verify', { mobile, code }, undefined, verify);
    const again = await stack.post('/api/v1/auth/otp/verify', { mobile, code }, undefined, verify);
    expect(first.status).toBe(200);
    expect(again.body).toEqual(first.body);
  });

  it('left behind by a process that died is free again after a minute, and not before', async () => {
    const body = { ...wanted, name: 'After a crash' };
    const send = (key: string) => stack.post<Issued & { code?: string }>(KEYS, body, admin, key);
    const leftBehind = async (secondsAgo: number): Promise<string> => {
      const key = randomUUID();
      expect((await send(key)).status).toBe(201);
      const [newest] = await stack.sources.read.manager.find(IdempotencyEntity, {
        order: { createdAt: 'DESC' },
        take: 1,
      });
      const unanswered = { answer: null, createdAt: Date.now() - secondsAgo * 1_000 };
      await stack.sources.write.manager.update(IdempotencyEntity, { key: newest?.key ?? '' }, unanswered);
      return key;
    };
    expect((await send(await leftBehind(61))).status).toBe(201);
    expect(await send(await leftBehind(30))).toMatchObject({ status: 409, body: { code: 'in_progress' } });
  });

  it('is renewed while its request goes on', async () => {
    const service = stack.app.get(IdempotencyService);
    const request = { key: 'long-lasting', hashKnown: true, bodyHash: () => 'hash' };
    const claims = new Set<number>();
    const work = async (): Promise<string> => {
      for (const giveUp = Date.now() + 25_000; claims.size < 3 && Date.now() < giveUp; await sleep(20)) {
        const row = await stack.sources.read.manager.findOneByOrFail(IdempotencyEntity, { key: request.key });
        claims.add(row.createdAt);
      }
      return '"done"';
    };
    await expect(service.once(request, work, 50)).resolves.toBe('"done"');
    expect(claims.size).toBe(3);
    await expect(service.once(request, () => Promise.reject(new Error('twice')))).resolves.toBe('"done"');
  });

  it('that is too long is refused', async () => {
    expect((await stack.post(KEYS, wanted, admin, 'k'.repeat(256))).status).toBe(422);
  });
});
