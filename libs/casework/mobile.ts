import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** E.164 of a mobile number as people write it; null when it is none. Numbers without a country are Indian. */
export function readMobile(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 40) return null;
  const digits = text
    .normalize('NFKC')
    .replace(/[\u09e6-\u09ef]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
  const number = parsePhoneNumberFromString(digits, 'IN');
  return number?.isValid() ? number.number : null;
}
