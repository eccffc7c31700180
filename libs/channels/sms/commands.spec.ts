import { formatNumber } from '#libs/domain/numbers/index';
import { localeIn, parseCommand } from './commands.js';

const NUMBER = formatNumber('KMC', 26, 1234);
const CHECK = NUMBER.slice(-1);
const number = { number: NUMBER };

describe('what citizens write by SMS', () => {
  it.each([
    [`STATUS ${NUMBER}`, { kind: 'status', number }],
    [`status  kmc 26 0001234 ${CHECK}`, { kind: 'status', number }],
    [`Status: KMC260001234${CHECK}.`, { kind: 'status', number }],
    [`STATUS${NUMBER}`, { kind: 'status', number }],
    [`অবস্থা KMC-২৬-০০০১২৩৪-${CHECK}`, { kind: 'status', number }],
    [`स्थिति kmc-26-1234-${CHECK}`, { kind: 'status', number }],
    [`STATUS 26-0001234-${CHECK}`, { kind: 'status', number: { digits: NUMBER.slice(4) } }],
    [`STATUS 260001234${CHECK}`, { kind: 'status', number: { digits: NUMBER.slice(4) } }],
    [`RATE ${NUMBER} 2 still broken`, { kind: 'rate', number, rating: 2, remarks: 'still broken' }],
    [`rate kmc 26 0001234 ${CHECK} 5`, { kind: 'rate', number, rating: 5 }],
    [`নম্বর ${NUMBER} ৪ ভালো হয়েছে 🙂`, { kind: 'rate', number, rating: 4, remarks: 'ভালো হয়েছে 🙂'.normalize('NFC') }],
    [`रेटिंग ${NUMBER} १, ख़राब`, { kind: 'rate', number, rating: 1, remarks: 'ख़राब'.normalize('NFC') }],
    [`REOPEN ${NUMBER} water is dirty again`, { kind: 'reopen', number, reason: 'water is dirty again' }],
    [`আবার খুলুন ${NUMBER} জল নেই`, { kind: 'reopen', number, reason: 'জল নেই' }],
    ['HELP', { kind: 'help' }],
    [' সাহায্য ', { kind: 'help' }],
    ['मदद', { kind: 'help' }],
  ])('%s', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it.each([
    [`STATUS KMC-26-0001234-${(Number(CHECK) + 1) % 10}`, { kind: 'unclear', of: 'number' }],
    ['STATUS', { kind: 'unclear', of: 'number' }],
    [`RATE ${NUMBER}`, { kind: 'unclear', of: 'rating' }],
    [`RATE ${NUMBER} 7`, { kind: 'unclear', of: 'rating' }],
    [`RATE ${NUMBER} 10`, { kind: 'unclear', of: 'rating' }],
    [`REOPEN ${NUMBER}`, { kind: 'unclear', of: 'reason' }],
    ['Thank you', { kind: 'other' }],
    ['Statusquo is bad', { kind: 'other' }],
    ['Your OTP is 123456', { kind: 'other' }],
    ['', { kind: 'other' }],
    ['🙏🙏🙏', { kind: 'other' }],
  ])('"%s" is not carried out', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it('show their language by their letters', () => {
    expect([localeIn('অবস্থা ২৬'), localeIn('स्थिति 26'), localeIn('STATUS 26')]).toEqual(['bn', 'hi', undefined]);
  });
});
