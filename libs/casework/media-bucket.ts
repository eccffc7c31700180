import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { BucketSettings } from '../config/media-url.js';
import type { MediaPlace } from './media-store.js';

/** The bucket does not answer, or refuses us; nothing was kept. */
export class MediaUnavailableError extends Error {
  override readonly name = 'MediaUnavailableError';
}

/** Longer than any picture needs, shorter than a citizen waits. */
const PATIENCE_MS = 10_000;
/** After the first try, with pauses that double from 50 ms. */
const RETRIES = 2;

/** A bucket of any store that speaks Amazon's S3: objects are put whole or not at all, and signed for us alone. */
export class MediaBucket implements MediaPlace {
  private readonly client: AwsClient;

  constructor(private readonly settings: BucketSettings) {
    const { accessKeyId, secretAccessKey, sessionToken, region } = settings;
    this.client = new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      region,
      service: 's3',
      retries: RETRIES,
    });
  }

  async put(path: string, bytes: Buffer): Promise<void> {
    // Signed with the picture, so that no other bytes are kept in its place.
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const response = await this.ask('PUT', path, {
      body: new Uint8Array(bytes),
      headers: { 'x-amz-content-sha256': sha256 },
    });
    await done(response);
  }

  async get(path: string): Promise<Buffer | null> {
    const response = await this.ask('GET', path);
    if (response.status === 404) {
      // A missing bucket is a mistake of the settings, not a missing picture.
      if ((await response.text()).includes('NoSuchBucket')) throw refused(response);
      return null;
    }
    if (!response.ok) return done(response);
    try {
      return Buffer.from(await response.arrayBuffer());
    } catch (error) {
      throw new MediaUnavailableError('The media store ended in the middle of a picture', { cause: error });
    }
  }

  async remove(path: string): Promise<void> {
    const response = await this.ask('DELETE', path);
    if (response.status !== 404) await done(response);
  }

  private async ask(method: 'GET' | 'PUT' | 'DELETE', path: string, init: RequestInit = {}): Promise<Response> {
    const url = `${this.settings.url}/${path.split('/').map(encodeURIComponent).join('/')}`;
    try {
      return await this.client.fetch(url, { method, signal: AbortSignal.timeout(PATIENCE_MS), ...init });
    } catch (error) {
      throw new MediaUnavailableError('The media store does not answer', { cause: error });
    }
  }
}

async function done(response: Response): Promise<never | null> {
  await response.body?.cancel();
  if (!response.ok) throw refused(response);
  return null;
}

function refused({ status }: Response): MediaUnavailableError {
  return new MediaUnavailableError(`The media store answers ${status}`);
}
