import fc from 'fast-check';
import { formatNumber } from '../domain/numbers/index.js';
import { ratingToken, readRatingToken, type RatingInvite } from './rating-link.js';

const key = Buffer.alloc(32, 7);
const DAY = 86_400_000;
const invite: RatingInvite = {
  number: formatNumber('KMC', 26, 1234),
  person: 'abcd2345',
  answer: 12,
  until: Date.UTC(2026, 11, 9, 6, 30),
};

describe('a link that asks for a rating', () => {
  it('is short and says again what was put into it, until the end of its day', () => {
    const token = ratingToken(key, invite);
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(readRatingToken(key, token, ['HMC', 'KMC'])).toEqual({ ...invite, until: Date.UTC(2026, 11, 10) - 1 });
  });

  it('keeps every number, person, answer and day apart', () => {
    fc.assert(
      fc.property(
        fc.record({
          year: fc.integer({ min: 0, max: 99 }),
          sequence: fc.integer({ min: 1, max: 9_999_999 }),
          person: fc.stringMatching(/^[a-z2-7]{8}$/),
          answer: fc.integer({ min: 0, max: 255 }),
          day: fc.integer({ min: 20_000, max: 60_000 }),
        }),
        ({ year, sequence, person, answer, day }) => {
          const one = { number: formatNumber('KMC', year, sequence), person, answer, until: day * DAY };
          expect(readRatingToken(key, ratingToken(key, one), ['KMC'])).toEqual({ ...one, until: (day + 1) * DAY - 1 });
        },
      ),
    );
  });

  it('reveals neither number nor person, also where two differ in one digit only', () => {
    const other = { ...invite, number: formatNumber('KMC', 26, 1235) };
    const [a, b] = [ratingToken(key, invite), ratingToken(key, other)].map((token) => Buffer.from(token, 'base64url'));
    const same = [...(a ?? [])].filter((byte, index) => byte === b?.[index]).length;
    expect(same).toBeLessThan(5);
  });

  it('is none when it was made up, changed, cut, signed with another key, or is of no city here', () => {
    const token = ratingToken(key, invite);
    for (let at = 0; at < token.length; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      const read = readRatingToken(key, changed, ['KMC']);
      // The last character carries two bits that belong to nothing.
      if (at < token.length - 1) expect(read).toBeNull();
      else expect(read === null || read.number === invite.number).toBe(true);
    }
    expect(readRatingToken(key, token.slice(1), ['KMC'])).toBeNull();
    expect(readRatingToken(key, `${token}A`, ['KMC'])).toBeNull();
    expect(readRatingToken(key, '', ['KMC'])).toBeNull();
    expect(readRatingToken(Buffer.alloc(32, 8), token, ['KMC'])).toBeNull();
    expect(readRatingToken(key, token, ['HMC'])).toBeNull();
  });
});
