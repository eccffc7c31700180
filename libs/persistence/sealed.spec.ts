import { randomBytes } from 'node:crypto';
import { seal, unseal } from './sealed.js';

const key = randomBytes(32);

describe('sealed text', () => {
  it('opens under its key and name, and shows nothing meanwhile', () => {
    const sealed = seal(key, 'row-1', 'গোপন password');
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('password');
    expect(unseal(key, 'row-1', sealed)).toBe('গোপন password');
  });

  it('opens under no other key, for no other row, and not when damaged', () => {
    const sealed = seal(key, 'row-1', 'secret');
    expect(unseal(randomBytes(32), 'row-1', sealed)).toBeNull();
    expect(unseal(key, 'row-2', sealed)).toBeNull();
    expect(unseal(key, 'row-1', `${sealed.slice(0, -6)}AAAA==`)).toBeNull();
    expect(unseal(key, 'row-1', 'short')).toBeNull();
  });
});
