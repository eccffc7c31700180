import { readMobile } from './mobile.js';

describe('telephone numbers', () => {
  it.each([
    ['9830012345', '+919830012345'],
    ['+91 98300 12345', '+919830012345'],
    ['09830012345', '+919830012345'],
    ['৯৮৩০০১২৩৪৫', '+919830012345'],
    ['९८३००१२३४५', '+919830012345'],
    ['+8801712345678', '+8801712345678'],
  ])('reads %s', (text, number) => {
    expect(readMobile(text)).toBe(number);
  });

  it.each(['12', 'not a number', '', '98300-1234', 9830012345])('refuses %p', (text) => {
    expect(readMobile(text)).toBeNull();
  });
});
