import { Seal } from './seal';

const seal = new Seal(new Uint8Array(32).fill(7));

describe('what forms carry', () => {
  it('comes back as it was', () => {
    expect(seal.open(seal.close({ text: 'নর্দমা', n: 1 }))).toEqual({ text: 'নর্দমা', n: 1 });
  });

  it('cannot be read by whoever sees the page', () => {
    const sealed = seal.close({ mobile: '9830012345' });
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('9830012345');
  });

  it('is refused when a single character was changed', () => {
    const sealed = seal.close({ n: 1 });
    for (const at of [0, 20, sealed.length - 2]) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      expect(seal.open(changed)).toBeNull();
    }
  });

  it('is refused when it is too old, empty or sealed by another city', () => {
    expect(seal.open(seal.close({ n: 1 }, -1))).toBeNull();
    expect(seal.open('')).toBeNull();
    expect(seal.open(undefined)).toBeNull();
    expect(new Seal(new Uint8Array(32).fill(8)).open(seal.close({ n: 1 }))).toBeNull();
  });
});

describe('the token of a form', () => {
  it('belongs to one cookie and is another one each time', () => {
    const token = seal.formToken('cookie-of-a-browser');
    expect(seal.isFormToken('cookie-of-a-browser', token)).toBe(true);
    expect(seal.isFormToken('cookie-of-another', token)).toBe(false);
    expect(seal.isFormToken(undefined, token)).toBe(false);
    expect(seal.isFormToken('cookie-of-a-browser', `${token}x`)).toBe(false);
    expect(seal.formToken('cookie-of-a-browser')).not.toBe(token);
  });
});
