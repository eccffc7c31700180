import { contactHash, deriveKeys } from './keys.js';

const keys = deriveKeys('0123456789abcdef0123456789abcdef');

describe('keys', () => {
  test('of every purpose differ, and are the same at the next start', () => {
    const all = [keys.codec, keys.token, keys.contact, keys.otp, keys.link, keys.vault].map((key) =>
      key.toString('hex'),
    );
    expect(new Set(all).size).toBe(6);
    expect(keys.codec).toHaveLength(32);
    expect(deriveKeys('0123456789abcdef0123456789abcdef')).toEqual(keys);
    expect(deriveKeys('0123456789abcdef0123456789abcdeX').codecKeyId).not.toBe(keys.codecKeyId);
  });

  test('a contact stands in ids as 26 letters and digits that only this key makes', () => {
    const hash = contactHash(keys, '+919800000001');
    expect(hash).toMatch(/^[a-z2-7]{26}$/);
    expect(contactHash(keys, ' +919800000001 ')).toBe(hash);
    expect(contactHash(keys, '+919800000002')).not.toBe(hash);
    expect(contactHash(deriveKeys('another key of thirty-two letters'), '+919800000001')).not.toBe(hash);
  });

  test('two hundred thousand contacts have as many hashes', () => {
    const hashes = new Set(
      Array.from({ length: 200_000 }, (_, i) => contactHash(keys, `+9198${String(i).padStart(8, '0')}`)),
    );
    expect(hashes.size).toBe(200_000);
  });
});
