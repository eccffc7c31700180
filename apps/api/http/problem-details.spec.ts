import { BadRequestException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { MediaUnavailableError } from '#libs/casework/media-bucket';
import { CaseworkProblem } from '#libs/casework/problem';
import { MastersError } from '#libs/masters/index';
import { RecordUnavailableError } from '#libs/persistence/record-errors';
import { localeOf } from './locale.js';
import { problemBody, problemOf } from './problem-details.js';

const body = (error: unknown, locale: 'bn' | 'hi' | 'en' = 'en') => problemBody(problemOf(error), locale);

describe('problems', () => {
  it.each([
    [new NotFoundException('Cannot GET /x'), 404, 'not_found'],
    [new BadRequestException('Unexpected token'), 400, 'malformed'],
    [new PayloadTooLargeException(), 413, 'too_large'],
    [Object.assign(new Error('Unsupported Media Type'), { statusCode: 415 }), 415, 'unsupported_media_type'],
    [CaseworkProblem.forbidden(), 403, 'forbidden'],
    [CaseworkProblem.workerUnavailable(), 503, 'worker_unavailable'],
    [new RecordUnavailableError('gone'), 503, 'database_unavailable'],
    [new MediaUnavailableError('gone'), 503, 'media_unavailable'],
    [new MastersError('department', 'without_gro', 'nobody'), 422, 'validation'],
  ])('tells %p as %i %s', (error, status, code) => {
    expect(body(error)).toMatchObject({ status, code, type: expect.stringContaining(code) });
  });

  it('tells nothing of an error that nobody expected', () => {
    const told = JSON.stringify(body(new TypeError('secret of the house at /srv/app.ts:3')));
    expect(told).toMatch(/"status":500,"code":"internal"/);
    expect(told).not.toMatch(/secret|app\.ts/);
  });

  it('tells state and allowed commands with a conflict, and neither with a case that is hidden', () => {
    const refusal = { code: 'x', reason: 'No.', state: 'assigned' as const, allowed: ['comment' as const] };
    expect(body(CaseworkProblem.refused({ ...refusal, status: 409 }))).toMatchObject({
      state: 'assigned',
      allowed: ['comment'],
    });
    expect(body(CaseworkProblem.refused({ ...refusal, status: 404 }))).not.toHaveProperty('state');
  });

  it('speaks the language of the reader and leaves names of fields and codes as they are', () => {
    const error = CaseworkProblem.invalid([{ field: 'ward', problem: 'unknown', expected: 'the number of a ward' }]);
    const told = body(error, 'hi');
    expect(told.detail).toMatch(/^कुछ जानकारी सही नहीं है.*ward: सूची में से एक चुनें$/);
    expect(told).toMatchObject({ code: 'validation', errors: [{ field: 'ward', problem: 'unknown' }] });
  });
});

describe('languages', () => {
  it.each([
    ['bn-IN,bn;q=0.9,en;q=0.8', undefined, 'bn'],
    ['fr,en;q=0.3,hi;q=0.7', undefined, 'hi'],
    ['fr', 'bn', 'bn'],
    [undefined, 'hi', 'hi'],
    [undefined, undefined, 'en'],
    ['bn;q=0', undefined, 'en'],
    [';;;,', undefined, 'en'],
  ] as const)('%p, known %p: %s', (header, known, locale) => {
    expect(localeOf(header, known)).toBe(locale);
  });
});
