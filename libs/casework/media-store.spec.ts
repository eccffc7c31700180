import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '#libs/config/settings';
import { startObjectStore, STORE_KEYS, STORE_REGION, type ObjectStore } from '#libs/testing/object-store';
import { MediaUnavailableError } from './media-bucket.js';
import { MediaStore } from './media-store.js';

const PICTURE = Buffer.from(Array.from({ length: 70_000 }, (_, n) => n % 251));
const PATH = '3f/3f2a-ছবি 1.jpg';

describe('pictures in a folder', () => {
  it('that takes no more leave nothing behind and say so, and are kept once there is room again', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'pratikar-media-'));
    const folder = join(dataDir, 'media');
    const store = new MediaStore(loadSettings({ DATA_DIR: dataDir }, join(dataDir, 'no.env')));
    // Where the picture is to go stands something that it cannot replace: as final as a full disk, for any user.
    mkdirSync(join(folder, PATH, 'in the way'), { recursive: true });
    await expect(store.put(PATH, PICTURE)).rejects.toThrow(MediaUnavailableError);
    expect(readdirSync(join(folder, '3f'))).toEqual(['3f2a-ছবি 1.jpg']);
    rmSync(join(folder, PATH), { recursive: true });
    await store.put(PATH, PICTURE);
    expect(await store.get(PATH)).toEqual(PICTURE);
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('pictures in a bucket', () => {
  let bucket: ObjectStore;
  let dataDir: string;
  const storeWith = (env: Record<string, string> = {}): MediaStore =>
    new MediaStore(
      loadSettings(
        {
          DATA_DIR: dataDir,
          MEDIA_URL: 's3://city-media/kmc',
          AWS_ENDPOINT_URL_S3: bucket.endpoint,
          AWS_REGION: STORE_REGION,
          AWS_ACCESS_KEY_ID: STORE_KEYS.accessKeyId,
          AWS_SECRET_ACCESS_KEY: STORE_KEYS.secretAccessKey,
          ...env,
        },
        join(dataDir, 'no.env'),
      ),
    );

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'pratikar-media-'));
    bucket = await startObjectStore('city-media');
  });
  afterEach(async () => {
    await bucket.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are kept below the prefix, read again byte for byte, and removed', async () => {
    const store = storeWith();
    await store.put(PATH, PICTURE);
    expect([...bucket.objects.keys()]).toEqual([`/city-media/kmc/${PATH}`]);
    expect(await store.get(PATH)).toEqual(PICTURE);
    await store.remove(PATH);
    await store.remove(PATH);
    expect(await store.get(PATH)).toBeNull();
    expect(readdirSync(dataDir)).not.toContain('media');
  });

  it('never leave the prefix', () => {
    expect(() => storeWith().get('../other/secret.jpg')).toThrow(/leaves its folder/);
  });

  it.each([
    ['a wrong key', { AWS_SECRET_ACCESS_KEY: 'not it' }],
    ['a missing bucket', { MEDIA_URL: 's3://elsewhere' }],
  ])('are said to be unavailable, not missing, with %s', async (_name, env) => {
    const store = storeWith(env);
    await expect(store.put(PATH, PICTURE)).rejects.toThrow(MediaUnavailableError);
    await expect(store.get(PATH)).rejects.toThrow(MediaUnavailableError);
    expect(bucket.objects.size).toBe(0);
  });

  it('survive a store that fails for a moment, and say so when it goes on failing', async () => {
    const store = storeWith();
    bucket.fail(503);
    setTimeout(() => bucket.fail(null), 30);
    await store.put(PATH, PICTURE);
    bucket.fail(500);
    await expect(store.get(PATH)).rejects.toThrow('The media store answers 500');
    await expect(store.remove(PATH)).rejects.toThrow(MediaUnavailableError);
    bucket.fail(null);
    expect(await store.get(PATH)).toEqual(PICTURE);
  });

  it('leave nothing half-done when the store is gone', async () => {
    const store = storeWith();
    await bucket.close();
    await expect(store.put(PATH, PICTURE)).rejects.toThrow('The media store does not answer');
    await expect(store.get(PATH)).rejects.toThrow('The media store does not answer');
    expect(bucket.objects.size).toBe(0);
  });
});
