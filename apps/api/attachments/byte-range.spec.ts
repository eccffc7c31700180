import { byteRange } from './byte-range.js';

describe('the part of a voice note that a player asks for', () => {
  it.each([
    ['bytes=0-1', { first: 0, last: 1 }],
    ['bytes=0-', { first: 0, last: 99 }],
    ['bytes=90-500', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=100-', 'outside'],
    ['bytes=5-4', 'outside'],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['pages=1-2', null],
    [undefined, null],
  ] as const)('%s', (header, expected) => {
    expect(byteRange(header, 100)).toEqual(expected);
  });
});
