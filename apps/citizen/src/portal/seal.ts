import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/**
 * What a form has to carry from one page to the next, so that it works without script and without anything kept on the
 * server: encrypted, so that nobody alters it, and no page source shows a telephone number.
 */
export class Seal {
  constructor(private readonly secret: Uint8Array) {}

  close(value: unknown, livesMs = 24 * 3_600_000): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.secret, nonce);
    const text = JSON.stringify({ until: Date.now() + livesMs, value });
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** null: altered, or too old. */
  open<T>(sealed: string | undefined): T | null {
    if (!sealed) return null;
    try {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.secret, bytes.subarray(0, NONCE));
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
      const { until, value } = JSON.parse(text) as { until: number; value: T };
      return until > Date.now() ? value : null;
    } catch {
      return null;
    }
  }

  /** Proof that a form was made for the browser with that cookie; another one each time, as pages are compressed. */
  formToken(cookie: string, salt = randomBytes(9).toString('base64url')): string {
    return `${salt}.${createHmac('sha256', this.secret).update(`form/${salt}/${cookie}`).digest('base64url')}`;
  }

  isFormToken(cookie: string | undefined, token: string | undefined): boolean {
    if (!cookie || !token) return false;
    const expected = Buffer.from(this.formToken(cookie, token.split('.')[0]));
    const given = Buffer.from(token);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}
