import { maskContact, maskName } from './masking.js';

describe('masking', () => {
  it.each([
    ['+919830012345', '+91******2345'],
    ['9830012345', '******2345'],
    ['123', '****'],
    ['mitali@example.org', 'm***@example.org'],
    ['IN.83b0c2f41d', '*********f41d'],
  ])('leaves of %s only %s', (contact, masked) => {
    expect(maskContact(contact)).toBe(masked);
  });

  it('keeps whole first letters of names in every script', () => {
    expect(maskName('Mitali  Sen')).toBe('M*** S***');
    expect(maskName('মিতালি')).toBe('ম***');
  });
});
