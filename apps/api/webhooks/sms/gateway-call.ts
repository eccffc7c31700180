import { timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { Fields } from '#libs/channels/sms/fields';

/** What a provider sent, wherever it put it: query, form or JSON. */
export function fieldsOf(request: FastifyRequest): Fields {
  const query = Object.entries((request.query ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const { body } = request;
  if (body instanceof URLSearchParams) return new Fields([...query, ...body.entries()]);
  return new Fields(query, body);
}

/** The form as it was sent, for signatures. */
export function formOf(request: FastifyRequest): [string, string][] {
  return request.body instanceof URLSearchParams ? [...request.body.entries()] : [];
}

export function isSameSecret(given: string | undefined, secret: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Addresses and networks separated by commas; an empty list lets everybody through. */
export function isFrom(list: string | undefined, address: string): boolean {
  const entries = (list ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 0) return true;
  const allowed = new BlockList();
  for (const entry of entries) {
    const [base = '', bits] = entry.split('/');
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(base) === 0) continue;
    if (bits === undefined) allowed.addAddress(base, family);
    else allowed.addSubnet(base, Number(bits), family);
  }
  const plain = address.replace(/^::ffff:/, '');
  return allowed.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
