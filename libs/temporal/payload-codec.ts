import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const ENCODING = 'binary/encrypted';
const CIPHER = 'aes-256-gcm';
const KEY_ID = 'encryption-key-id';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A codec key; its id stands in clear beside each payload, so that old histories stay readable after a rotation. */
export interface CodecKey {
  id: string;
  key: Uint8Array;
}

/** A payload that was encrypted under a key this process does not have. */
export class UnknownCodecKeyError extends Error {
  constructor(readonly keyId: string) {
    super(`No codec key "${keyId}": the payload was written under a SECRET_KEY that is not among those configured.`);
    this.name = 'UnknownCodecKeyError';
  }
}

/**
 * Encrypts what workflows exchange with the Temporal cluster (AES-256-GCM), so that its operator reads ids and names
 * only. The first key encrypts; all of them decrypt. Payloads that were never encrypted pass through unchanged.
 */
export class EncryptionCodec implements PayloadCodec {
  private readonly current: CodecKey;
  private readonly known: ReadonlyMap<string, Uint8Array>;

  /** @throws RangeError without keys, or for one that is not 32 bytes long. */
  constructor(keys: readonly CodecKey[]) {
    const [current] = keys;
    if (!current) throw new RangeError('At least one codec key is needed.');
    const wrong = keys.find(({ key }) => key.length !== KEY_BYTES);
    if (wrong) throw new RangeError(`Codec key "${wrong.id}" has ${wrong.key.length} bytes; ${KEY_BYTES} are needed.`);
    this.current = current;
    this.known = new Map(keys.map(({ id, key }) => [id, key]));
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.encrypt(payload));
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => (isEncrypted(payload) ? this.decrypt(payload) : payload));
  }

  private encrypt(payload: Payload): Payload {
    const { id, key } = this.current;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(id));
    const clear = proto.temporal.api.common.v1.Payload.encode(payload).finish();
    const data = Buffer.concat([iv, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
    return { metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(id) }, data };
  }

  private decrypt(payload: Payload): Payload {
    const id = text(payload.metadata?.[KEY_ID]);
    const key = this.known.get(id);
    if (!key) throw new UnknownCodecKeyError(id);
    const data = Buffer.from(payload.data ?? []);
    const end = data.length - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, key, data.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(id))
      .setAuthTag(data.subarray(end));
    const clear = Buffer.concat([decipher.update(data.subarray(IV_BYTES, end)), decipher.final()]);
    const { metadata, data: inner } = proto.temporal.api.common.v1.Payload.decode(clear);
    return { metadata, data: inner };
  }
}

function isEncrypted(payload: Payload): boolean {
  return text(payload.metadata?.[METADATA_ENCODING_KEY]) === ENCODING;
}

function text(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}
