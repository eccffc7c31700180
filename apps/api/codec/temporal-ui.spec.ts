import { isTemporalUi } from './temporal-ui.js';

describe('pages that may ask for payloads', () => {
  it.each([
    ['http://127.0.0.1:8233', { embedded: true }, true],
    ['http://localhost:9080', { embedded: true }, true],
    ['https://evil.example', { embedded: true }, false],
    ['http://127.0.0.1.evil.example', { embedded: true }, false],
    ['null', { embedded: true }, false],
    ['http://127.0.0.1:8233', { embedded: false }, false],
    ['https://temporal.city.example', { embedded: false, uiUrl: 'https://temporal.city.example' }, true],
    ['http://127.0.0.1:8233', { embedded: true, uiUrl: 'https://temporal.city.example' }, false],
  ])('%s beside %j: %s', (origin, settings, expected) => {
    expect(isTemporalUi(origin, settings)).toBe(expected);
  });
});
