import { isSameOrigin } from './same-origin.js';

const request = (method: string, headers: Record<string, string>) => ({ method, headers, host: 'pratikar.example' });

describe('requests that carry our cookie', () => {
  it.each([
    ['a page being read', 'GET', {}, true],
    ['our page', 'POST', { 'sec-fetch-site': 'same-origin' }, true],
    ['a foreign page', 'POST', { 'sec-fetch-site': 'cross-site' }, false],
    ['a sister domain', 'POST', { 'sec-fetch-site': 'same-site' }, false],
    ['our page in an older browser', 'POST', { origin: 'https://pratikar.example' }, true],
    ['a foreign page in an older browser', 'POST', { origin: 'https://evil.example' }, false],
    ['a page without an origin', 'POST', { origin: 'null' }, false],
    ['a form of unknown origin', 'DELETE', {}, false],
    ['a script of ours', 'POST', { 'x-requested-with': 'pratikar' }, true],
  ] as const)('%s', (_what, method, headers, ours) => {
    expect(isSameOrigin(request(method, { ...headers }))).toBe(ours);
  });
});
