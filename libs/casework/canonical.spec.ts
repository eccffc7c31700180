import fc from 'fast-check';
import { bodyHash, canonicalJson, keyHash } from './canonical.js';

describe('hashes of requests', () => {
  it('does not depend on the order in which a client writes its fields', () => {
    expect(bodyHash('rate', { rating: 2, remarks: 'x' })).toBe(bodyHash('rate', { remarks: 'x', rating: 2 }));
  });

  it('tells values, commands and nesting apart', () => {
    const hashes = [
      bodyHash('rate', { rating: 2 }),
      bodyHash('rate', { rating: '2' }),
      bodyHash('reopen', { rating: 2 }),
      bodyHash('rate', { rating: [2] }),
      bodyHash('rate', {}),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('keeps the keys of two people apart, wherever the border between name and key is drawn', () => {
    expect(keyHash('user:ab', 'c')).not.toBe(keyHash('user:a', 'bc'));
  });

  it('means the same JSON as the value it was made from', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });
});
