import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** Keys of one purpose each, derived from the secret key. */
export interface Keys {
  /** AES-256-GCM key of the payloads Temporal stores. */
  codec: Buffer;
  /** Names `codec` in each payload, so that a payload tells which key opens it. */
  codecKeyId: string;
  /** Signs the tokens of staff and citizens. */
  token: Buffer;
  /** Keyed hash of contacts. */
  contact: Buffer;
  /** Keyed hash of one-time passwords. */
  otp: Buffer;
  /** Signs links in messages. */
  link: Buffer;
  /** Encrypts secrets at rest in the masters. */
  vault: Buffer;
}

export function deriveKeys(secretKey: string): Keys {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secretKey, 'pratikar', purpose, 32));
  const codec = derive('codec');
  return {
    codec,
    codecKeyId: createHash('sha256').update(codec).digest('hex').slice(0, 12),
    token: derive('token'),
    contact: derive('contact'),
    otp: derive('otp'),
    link: derive('link'),
    vault: derive('vault'),
  };
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Buffer, length: number): string {
  let text = '';
  for (let position = 0; text.length < length; position += 5) {
    const word = ((bytes[position >> 3] ?? 0) << 8) | (bytes[(position >> 3) + 1] ?? 0);
    text += BASE32[(word >> (11 - (position & 7))) & 31];
  }
  return text;
}

/**
 * 26 lower-case letters and digits that stand for a contact in ids, which operators can read.
 * Takes the mobile number in E.164, or the channel's own id of someone without one.
 */
export function contactHash(keys: Pick<Keys, 'contact'>, mobileOrExternalId: string): string {
  return base32(createHmac('sha256', keys.contact).update(mobileOrExternalId.trim()).digest(), 26);
}
