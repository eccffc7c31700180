import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { formatNumber, parseNumber } from '../domain/numbers/index.js';

/** What a link in a message lets its reader do: rate one answer to one case as one person, for some days. */
export interface RatingInvite {
  number: string;
  /** First eight characters of the person's id. */
  person: string;
  /** Sequence number of the answer's event, modulo 256. */
  answer: number;
  /** Epoch ms; the link works until the end of this day (UTC). */
  until: number;
}

const CIPHER = 'aes-256-ecb';
const MAGIC = 0x52;
const DAY_MS = 86_400_000;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/**
 * The 22 characters of a link. One block under a key of its own says nothing to whoever reads it, and whoever makes one
 * up would have to hit marker, city, number and person at once. @param key 32 bytes
 */
export function ratingToken(key: Uint8Array, { number, person, answer, until }: RatingInvite): string {
  const parsed = parseNumber(number);
  if (!parsed.ok) throw new Error(`${number} is no number of a case`);
  const block = Buffer.alloc(16);
  block.writeUInt8(MAGIC, 0);
  prefixMark(parsed.prefix).copy(block, 1);
  block.writeUInt8(parsed.year, 4);
  block.writeUIntBE(parsed.sequence, 5, 3);
  personMark(person).copy(block, 8);
  block.writeUInt16BE(Math.floor(until / DAY_MS), 13);
  block.writeUInt8(answer & 0xff, 15);
  return one(createCipheriv(CIPHER, key, null), block).toString('base64url');
}

/** @param prefixes of the numbers that are given out here @returns null: made up, damaged, or for a city that is gone */
export function readRatingToken(key: Uint8Array, token: string, prefixes: Iterable<string>): RatingInvite | null {
  if (!TOKEN.test(token)) return null;
  const block = one(createDecipheriv(CIPHER, key, null), Buffer.from(token, 'base64url'));
  if (block.readUInt8(0) !== MAGIC) return null;
  const prefix = [...prefixes].find((each) => prefixMark(each).equals(block.subarray(1, 4)));
  const [year, sequence] = [block.readUInt8(4), block.readUIntBE(5, 3)];
  if (prefix === undefined || year > 99 || sequence < 1 || sequence > 9_999_999) return null;
  return {
    number: formatNumber(prefix, year, sequence),
    person: personText(block.subarray(8, 13)),
    answer: block.readUInt8(15),
    until: (block.readUInt16BE(13) + 1) * DAY_MS - 1,
  };
}

function one(cipher: ReturnType<typeof createCipheriv | typeof createDecipheriv>, block: Buffer): Buffer {
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function prefixMark(prefix: string): Buffer {
  return createHash('sha256').update(prefix).digest().subarray(0, 3);
}

/** Eight characters of base 32 are five bytes. */
function personMark(person: string): Buffer {
  const bits = [...person.slice(0, 8)].reduce((all, letter) => (all << 5n) | BigInt(BASE32.indexOf(letter) & 31), 0n);
  return Buffer.from(bits.toString(16).padStart(10, '0'), 'hex');
}

function personText(mark: Buffer): string {
  const bits = BigInt(`0x${mark.toString('hex')}`);
  return Array.from({ length: 8 }, (_, place) => BASE32[Number((bits >> BigInt(35 - 5 * place)) & 31n)]).join('');
}
