import { lineMask, maskDigits } from './log-masking.js';

const SECRETS = ['EAAGm0PX4ZCps', 'p&ss "word"', 'abc'];
const mask = lineMask(SECRETS);

describe('a line of a log', () => {
  it.each([
    'Duplicate entry +919830012345 for key',
    'to 919830012345: not on WhatsApp',
    "near '+91 98300 12345'",
    '98300-12345 is none',
    'call 098300 12345 back',
    '(9830012345)',
    '{"to":"9830012345"}',
    '{"to":919830012345}',
    '{"said":"{\\"to\\":919830012345}"}',
  ])('keeps of the telephone number in %j four digits', (text) => {
    const said = mask(text);
    expect(said.replace(/\D/g, '')).not.toMatch(/98300/);
    expect(said).toContain('***2345');
  });

  it('keeps numbers of cases, times, addresses and counts', () => {
    const line =
      '{"level":30,"time":"2026-11-24T12:40:00.123Z","pid":1234567,"ms":84,"number":"KMC-26-0001234-5","msg":"4096 at 127.0.0.1:8080"}';
    expect(mask(line)).toBe(line);
  });

  it('holds no session, no key of a partner and no link to rate by', () => {
    const said = mask(
      'Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzdGFmZiJ9.Zm9v-x_1 prk_u4ZbX0l2bW9yZSBieXRlcw /r/AbCdEfGhIjKlMnOpQrStUv',
    );
    expect(said).toBe('Authorization: Bearer *** *** /r/***');
  });

  it('holds no secret of the settings, neither quoted nor in an address; words too short to be one stay', () => {
    const line = `{"error":"401 EAAGm0PX4ZCps","said":${JSON.stringify(SECRETS[1])},"url":"https://x/?p=p%26ss%20%22word%22","abc":1}`;
    expect(mask(line)).toBe('{"error":"401 ***","said":"***","url":"https://x/?p=***","abc":1}');
  });
});

it('text of a provider is shown to operators with four digits of a number', () => {
  expect(maskDigits('no session with 98300 12345, try 14567')).toBe('no session with ***2345, try 14567');
});
