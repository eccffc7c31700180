import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether a body was signed with the app's secret. Takes the raw bytes: a parsed and printed body is another one. */
export function isSigned(body: Uint8Array, header: string | undefined, appSecret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', appSecret).update(body).digest());
}

/** The header that a sender of that body would set. */
export function signatureOf(body: string | Uint8Array, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/** Compares secrets of any length without telling by the time how much of them agrees. */
export function isSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** What the handshake of the webhook is answered with; null: refuse it. */
export function handshake(query: Readonly<Record<string, unknown>>, verifyToken: string): string | null {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
  const fits = mode === 'subscribe' && typeof token === 'string' && isSecret(token, verifyToken);
  return fits && typeof challenge === 'string' && challenge.length <= 1000 ? challenge : null;
}
