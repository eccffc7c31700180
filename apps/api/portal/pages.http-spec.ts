import { IsNull } from 'typeorm';
import sharp from 'sharp';
import { AttachmentEntity } from '#libs/persistence/entities/index';
import { Casework } from '#libs/casework/casework';
import { MediaStore } from '#libs/casework/media-store';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { startStack, type Stack } from '#libs/testing/stack';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { DraftPhotos } from './draft-photos.js';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
}, 120_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

describe('the address of a page', () => {
  it.each(['/', '/lodge', '/track', '/status', '/pages/privacy', '/offline'])(
    '%s is a page of the portal',
    async (path) => {
      const { status, headers } = await stack.get(path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('text/html');
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
    },
  );

  it.each(['/api/v1/nothing', '/api', '/open311/nothing', '/webhooks/nothing'])(
    '%s belongs to the API, whose answer is a problem, not a page',
    async (path) => {
      const { status, headers } = await stack.get(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers.get('content-type') ?? '').not.toContain('text/html');
    },
  );

  it.each(['/nothing', '/pages/nothing', '/lodge/nothing', '/c/nothing'])(
    '%s is nowhere, and the page says so',
    async (path) => {
      const { status, headers } = await stack.get(path);
      expect(status).toBe(404);
      expect(headers.get('content-type')).toContain('text/html');
    },
  );

  it('below /staff is the desk, whatever the desk makes of it; its files are those that there are', async () => {
    for (const path of ['/staff/', '/staff/case/KMC-26-0000001-4', '/staff/inbox?state=open']) {
      const { status, headers, body } = await stack.get<string>(path);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-cache');
      expect(body).toContain('<div id="root">');
    }
    for (const path of ['/staff/assets/none.js', '/staff/..%2f..%2fpackage.json', '/staff/assets/..%2findex.html']) {
      expect(JSON.stringify((await stack.get(path)).body)).not.toContain('dependencies');
    }
    expect((await stack.get('/staff/assets/none.js')).status).toBe(404);
  });

  it('of a file of the portal leads to nothing outside its folder', async () => {
    for (const path of [
      '/assets/..%2fserver.js',
      '/assets/%2e%2e/server.js',
      '/assets/manifest.json',
      '/assets/.hidden',
    ]) {
      expect((await stack.get(path)).status).toBe(404);
    }
  });
});

describe('a form', () => {
  it('that is larger than any of ours is refused with a page that says what to do', async () => {
    const { status, headers, body } = await stack.request<string>('POST', '/lodge', {
      raw: new Uint8Array(53 * 1024 * 1024),
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'accept-language': 'en' },
    });
    expect(status).toBe(413);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('fewer or smaller photos');
  });

  it('from another site does nothing', async () => {
    const { status } = await stack.request('POST', '/lodge/submit', {
      raw: 'state=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    });
    expect(status).toBe(403);
  });
});

describe('photos of a complaint that was never sent', () => {
  it('are removed after a day, with their files; those of a sent one stay', async () => {
    const casework = stack.app.get(Casework, { strict: false });
    const media = stack.app.get(MediaStore, { strict: false });
    const photos = new DraftPhotos(
      stack.app.get(AttachmentsService, { strict: false }),
      stack.app.get(UnitOfWork, { strict: false }),
      casework,
      media,
    );
    const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#123' } })
      .jpeg()
      .toBuffer();
    const forgotten = await photos.port.add('forgotten', picture, '127.0.0.1');
    const sent = await photos.port.add('sent', picture, '127.0.0.1');
    await photos.port.claim('sent', '+919830033001');
    expect(await photos.port.add('none', Buffer.from('no picture at all'), '127.0.0.1')).toBe('not_a_picture');
    const rows = await stack.sources.read.manager.findBy(AttachmentEntity, { number: IsNull() });
    const path = rows.find((row) => typeof forgotten === 'object' && row.id === forgotten.id)?.path ?? '';
    expect(await media.get(path)).not.toBeNull();
    expect(await photos.sweep()).toBe(0);
    expect(await photos.sweep(Date.now() + 26 * 3_600_000)).toBe(1);
    expect(await media.get(path)).toBeNull();
    const left = await stack.sources.read.manager.findBy(AttachmentEntity, { number: IsNull() });
    expect(left.map(({ id }) => id)).toEqual([typeof sent === 'object' ? sent.id : '']);
  });
});
