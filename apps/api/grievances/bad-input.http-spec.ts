import type { CaseworkProblem } from '#libs/casework/problem';
import type { Senders } from '#libs/channels/senders';
import type { CaseView } from '#libs/contracts/api/views';
import { startStack, type Answer, type Stack } from '#libs/testing/stack';
import { OtpService } from '../auth/otp.service.js';
import { SENDERS } from '../platform/tokens.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { field: string; problem: string; expected: string }[];
  state?: string;
  allowed?: string[];
}

const complaint = { tenant: 'KMC', subCategory: 'WATER_NO_SUPPLY', ward: '92', description: 'No water' };
let stack: Stack;
let citizen: string;
let lme: string;
let gro: string;

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken('+919830012345');
  lme = await stack.login('water-lme-b10');
  gro = await stack.login('water-gro');
}, 120_000);
afterAll(async () => stack?.stop());

const lodge = (more: object, token = citizen) =>
  stack.post<Problem>('/api/v1/grievances', { ...complaint, ...more }, token);
const give = (number: string, command: string, body: unknown, token: string) =>
  stack.post<Problem>(`/api/v1/grievances/${number}/${command}`, body, token);

async function assigned(): Promise<string> {
  const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, citizen);
  return (await stack.until(body.number, citizen, 'assigned')).number;
}

function expectProblem(answer: Answer<Problem>, status: number, code: string): void {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status, body: { status, code } });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body.detail).not.toBe('');
}

describe('what cannot be lodged', () => {
  it.each([
    ['an unknown sub-category', { subCategory: 'FLYING_CARS' }, 'subCategory', 'unknown', /FLYING_CARS/],
    ['no sub-category', { subCategory: undefined }, 'subCategory', 'required', /code/],
    ['an unknown ward', { ward: 999 }, 'ward', 'unknown', /999/],
    ['neither ward nor place', { ward: undefined }, 'ward', 'ward_needed', /lat and lon/],
    ['a place outside the city', { ward: undefined, lat: 28.6, lon: 77.2 }, 'ward', 'ward_needed', /ward/],
    ['half a place', { lat: 22.5 }, 'lon', 'required', /both/],
    ['an impossible latitude', { lat: 222.5, lon: 88 }, 'lat', 'out_of_range', /-90 to 90/],
    ['an empty description', { description: ' \n ' }, 'description', 'required', /1 to 4000/],
    ['no description', { description: undefined }, 'description', 'required', /1 to 4000/],
    ['a description of 5,000 characters', { description: 'ক'.repeat(5000) }, 'description', 'too_long', /4000/],
    ['a description that is a number', { description: 7 }, 'description', 'wrong_type', /text/],
    ['an unknown language', { locale: 'fr' }, 'locale', 'unknown', /bn, hi, en/],
    ['a source that is not the caller’s', { source: 'mayors_office' }, 'source', 'not_allowed', /portal/],
    ['an unknown source', { source: 'pigeon' }, 'source', 'unknown', /portal/],
    ['an unknown city', { tenant: 'PARIS' }, 'tenant', 'unknown', /city/],
    ['no city where there are several', { tenant: undefined }, 'tenant', 'required', /city/],
    ['somebody else’s attachment', { attachments: ['nobodys'] }, 'attachments', 'unknown', /nobodys/],
  ])('%s is named as what it is', async (_what, more, field, problem, expected) => {
    const answer = await lodge(more);
    expectProblem(answer, 422, 'validation');
    expect(answer.body.errors).toEqual([{ field, problem, expected: expect.stringMatching(expected) }]);
  });

  it('tells every field that is wrong at once', async () => {
    const { body } = await lodge({ subCategory: 'NONE', ward: 999, description: '' });
    expect(body.errors?.map(({ field }) => field)).toEqual(['subCategory', 'description', 'ward']);
  });

  it('keeps 4,000 characters of emoji and Bengali as they were written', async () => {
    const description = `${'💧জল '.repeat(999)}নেই!`;
    expect([...description].length).toBeLessThanOrEqual(4000);
    const { body } = await stack.post<CaseView>('/api/v1/grievances', { ...complaint, description }, citizen);
    const view = await stack.until(body.number, citizen, 'assigned');
    expect(view.description).toBe(description);
  });

  it('takes a ward as a number, as text and with leading zeros', async () => {
    for (const ward of [92, '92', '092']) {
      const { status, body } = await stack.post<CaseView>('/api/v1/grievances', { ...complaint, ward }, citizen);
      expect([status, body.ward]).toEqual([201, '92']);
    }
  });

  it('finds the ward of a place', async () => {
    const place = { ...complaint, ward: undefined, lat: 22.5065, lon: 88.3732 };
    const { status, body } = await stack.post<CaseView>('/api/v1/grievances', place, citizen);
    expect(status).toBe(201);
    expect(body.location).toEqual({ lat: 22.5065, lon: 88.3732 });
    expect(Number(body.ward)).toBeGreaterThan(0);
  });

  it('stores what looks like code as the text it is', async () => {
    const description = `'); DROP TABLE grievance; -- {{7*7}} <script>alert(1)</script> =cmd|'/c calc'!A1`;
    const { body } = await stack.post<CaseView>('/api/v1/grievances', { ...complaint, description }, citizen);
    expect((await stack.until(body.number, citizen, 'assigned')).description).toBe(description);
  });
});

describe('bodies that are none', () => {
  const raw = (text: string | FormData, type?: string) =>
    stack.request<Problem>('POST', '/api/v1/grievances', {
      raw: text,
      token: citizen,
      ...(type === undefined ? {} : { headers: { 'Content-Type': type } }),
    });

  it('malformed JSON is 400', async () => expectProblem(await raw('{"ward": ', 'application/json'), 400, 'malformed'));
  it('a list instead of an object is 422', async () =>
    expectProblem(await raw('[]', 'application/json'), 422, 'validation'));
  it('an attempt at prototype pollution is 400', async () =>
    expectProblem(await raw('{"__proto__": {"admin": true}}', 'application/json'), 400, 'malformed'));
  it('50 MB are 413', async () =>
    expectProblem(await raw(`"${'x'.repeat(50_000_000)}"`, 'application/json'), 413, 'too_large'));
  it('plain text is 415', async () =>
    expectProblem(await raw('no water', 'text/plain'), 415, 'unsupported_media_type'));
  it('a form is 415', async () => {
    const form = new FormData();
    form.set('description', 'no water');
    expectProblem(await raw(form), 415, 'unsupported_media_type');
  });
  it.each([
    ['without a boundary', 'multipart/form-data', ''],
    ['cut off', 'multipart/form-data; boundary=b', '--b\r\n[]--b--\r\n'],
  ])('a picture in a form %s is 400', async (_name, type, body) => {
    const headers = { 'Content-Type': type };
    const answer = await stack.request<Problem>('POST', '/api/v1/attachments', { token: citizen, raw: body, headers });
    expectProblem(answer, 400, 'malformed');
  });
});

describe('what cannot be commanded', () => {
  it.each([
    ['0', 0, 'out_of_range'],
    ['6', 6, 'out_of_range'],
    ['"5"', '5', 'wrong_type'],
    ['2.5', 2.5, 'wrong_type'],
    ['none', undefined, 'required'],
  ])('a rating of %s is refused and leaves the case as it is', async (_what, rating, problem) => {
    const number = await assigned();
    await give(number, 'resolve', { remarks: 'Done' }, lme);
    const answer = await give(number, 'rate', { rating }, citizen);
    expectProblem(answer, 422, 'validation');
    expect(answer.body.errors).toEqual([{ field: 'rating', problem, expected: 'a whole number from 1 to 5' }]);
    const { body } = await stack.get<CaseView>(`/api/v1/grievances/${number}`, citizen);
    expect(body.state).toBe('resolved');
  });

  it('an answer is rated once per person', async () => {
    const number = await assigned();
    await give(number, 'follow', {}, await stack.citizenToken('+919830055555'));
    await give(number, 'resolve', { remarks: 'Done' }, lme);
    expect((await give(number, 'rate', { rating: 4 }, citizen)).status).toBe(200);
    expectProblem(await give(number, 'rate', { rating: 4 }, citizen), 409, 'already_rated');
  });

  it('an unknown post is named', async () => {
    const answer = await give(await assigned(), 'reassign', { position: 'WATER-LME-B99' }, gro);
    expectProblem(answer, 422, 'validation');
    expect(answer.body.errors).toMatchObject([{ field: 'position', problem: 'unknown' }]);
  });

  it('a post of another department is refused', async () => {
    const answer = await give(await assigned(), 'reassign', { position: 'DRAIN-LME-B1' }, gro);
    expectProblem(answer, 422, 'validation');
    expect(answer.body.errors).toMatchObject([{ field: 'position', problem: 'not_allowed' }]);
  });

  it('a transfer that contradicts itself or changes nothing is refused', async () => {
    const number = await assigned();
    const contradiction = { department: 'DRAIN', subCategory: 'WATER_LEAK', reason: 'Wrong' };
    expectProblem(await give(number, 'transfer', contradiction, gro), 422, 'validation');
    const nothing = await give(number, 'transfer', { ward: 92, reason: 'Same' }, gro);
    expectProblem(nothing, 422, 'validation');
    expect(nothing.body.errors).toMatchObject([{ problem: 'unchanged' }]);
  });

  it('the lineman of another department is told that there is no such case', async () => {
    const number = await assigned();
    expectProblem(await give(number, 'resolve', { remarks: 'x' }, await stack.login('drain-lme-b1')), 404, 'not_found');
  });

  it('a colleague of the department may look but not resolve', async () => {
    const number = await assigned();
    const colleague = await stack.login('water-lme-b1');
    expect((await stack.get(`/api/v1/grievances/${number}`, colleague)).status).toBe(200);
    expectProblem(await give(number, 'resolve', { remarks: 'x' }, colleague), 403, 'forbidden');
  });

  it('state goes before relation, and both before the body', async () => {
    const number = await assigned();
    const colleague = await stack.login('water-lme-b1');
    expectProblem(await give(number, 'recall', {}, colleague), 409, 'state_conflict');
    expectProblem(await give(number, 'resolve', {}, colleague), 403, 'forbidden');
    expectProblem(await give(number, 'resolve', {}, lme), 422, 'validation');
    expectProblem(await give(number, 'assign', { position: 'NONE' }, citizen), 403, 'forbidden');
  });

  it('a conflict tells the state and what is allowed instead', async () => {
    const { body } = await give(await assigned(), 'reopen', { reason: 'x' }, citizen);
    expect(body).toMatchObject({ status: 409, code: 'state_conflict', state: 'assigned' });
    expect(body.allowed).toContain('withdraw');
  });

  it('an unknown command is 404', async () => {
    expectProblem(await give(await assigned(), 'explode', {}, lme), 404, 'unknown_command');
  });
});

describe('numbers', () => {
  it('a wrong check digit is told apart from a case that does not exist', async () => {
    const number = await assigned();
    const wrong = number.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    const answer = await stack.get<Problem>(`/api/v1/grievances/${wrong}`, citizen);
    expectProblem(answer, 404, 'invalid_number');
    expect(answer.body.errors).toMatchObject([{ field: 'number', problem: 'check_digit' }]);
  });

  it('a number is understood as it is dictated', async () => {
    const number = await assigned();
    const spoken = encodeURIComponent(number.toLowerCase().replaceAll('-', ' '));
    expect((await stack.get<CaseView>(`/api/v1/grievances/${spoken}`, citizen)).body.number).toBe(number);
  });
});

describe('credentials', () => {
  it('nobody gets in without one', async () => {
    expectProblem(await stack.get<Problem>('/api/v1/grievances'), 401, 'unauthenticated');
    expectProblem(await stack.get<Problem>('/api/v1/grievances', 'made.up.token'), 401, 'unauthenticated');
  });

  it('a wrong code, a wrong password and a wrong number are refused', async () => {
    await stack.post('/api/v1/auth/otp', { mobile: '+919830011111' });
    const wrong = await stack.post<Problem>('/api/v1/auth/otp/verify', { mobile: '+919830011111', code: '000000' });
    expectProblem(wrong, 401, 'wrong_code');
    expectProblem(await stack.post<Problem>('/api/v1/auth/otp', { mobile: '12' }), 422, 'validation');
    expectProblem(await stack.post<Problem>('/api/v1/auth/otp', {}), 422, 'validation');
    const login = { username: 'water-gro', password: 'guess' };
    expectProblem(await stack.post<Problem>('/api/v1/auth/login', login), 401, 'wrong_credentials');
  });

  it('a code is good for one login', async () => {
    const mobile = '+919830022222';
    await stack.post('/api/v1/auth/otp', { mobile });
    const code = /\d{6}/.exec(stack.outbox().findLast((line) => line.to === mobile)?.text ?? '')?.[0];
    expect((await stack.post('/api/v1/auth/otp/verify', { mobile, code })).status).toBe(200);
    expectProblem(await stack.post<Problem>('/api/v1/auth/otp/verify', { mobile, code }), 401, 'wrong_code');
  });

  it('codes that a gateway did not take leave those that may be asked for', async () => {
    const otp = stack.app.get(OtpService);
    const { sms } = stack.app.get<Senders>(SENDERS);
    const ask = () =>
      otp.send('+919830033333', 'en', true).then(
        () => 200,
        (error: CaseworkProblem) => error.details.status,
      );
    Object.defineProperty(sms, 'send', {
      value: () => Promise.resolve({ outcome: 'retry', afterMs: 1, error: 'it hangs' }),
      configurable: true,
    });
    for (let attempt = 0; attempt < 7; attempt++) expect(await ask()).toBe(503);
    Reflect.deleteProperty(sms, 'send');
    for (let attempt = 0; attempt < 5; attempt++) expect(await ask()).toBe(200);
    expect(await ask()).toBe(429);
  });

  it('five wrong passwords lock the account, also for the right one', async () => {
    const account = { username: 'drain-gro' };
    for (let attempt = 0; attempt < 5; attempt++) {
      await stack.post('/api/v1/auth/login', { ...account, password: 'guess' });
    }
    const answer = await stack.post<Problem>('/api/v1/auth/login', { ...account, password: 'guess' });
    expectProblem(answer, 429, 'account_locked');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('a session that was ended is worth nothing', async () => {
    const { body } = await stack.post<{ token: string }>('/api/v1/auth/login', {
      username: 'water-ee-b1',
      password: 'monsoon-tram-42',
    });
    expect((await stack.get('/api/v1/auth/me', body.token)).status).toBe(200);
    expect((await stack.post('/api/v1/auth/logout', undefined, body.token)).status).toBe(204);
    expectProblem(await stack.get<Problem>('/api/v1/auth/me', body.token), 401, 'unauthenticated');
  });

  it('a cookie alone does not make a foreign page’s request ours', async () => {
    const login = await stack.post('/api/v1/auth/login', { username: 'water-ee-b1', password: 'monsoon-tram-42' });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(login.headers.get('set-cookie')).toMatch(/HttpOnly/);
    const number = await assigned();
    const post = (headers: Record<string, string>) =>
      stack.request<Problem>('POST', `/api/v1/grievances/${number}/comment`, {
        body: { text: 'x' },
        headers: { Cookie: cookie, ...headers },
      });
    expectProblem(await post({ Origin: 'https://evil.example' }), 403, 'csrf');
    expectProblem(await post({}), 403, 'csrf');
    expectProblem(await post({ 'Sec-Fetch-Site': 'cross-site', Origin: stack.baseUrl }), 403, 'csrf');
    expect((await post({ Origin: stack.baseUrl })).body.code).not.toBe('csrf');
    expect((await stack.request('GET', '/api/v1/auth/me', { headers: { Cookie: cookie } })).status).toBe(200);
  });
});

describe('answers in the language of the reader', () => {
  it('tells a citizen in Bengali what is wrong', async () => {
    const answer = await stack.request<Problem>('POST', '/api/v1/grievances', {
      body: { ...complaint, description: '' },
      token: citizen,
      headers: { 'Accept-Language': 'bn-IN,bn;q=0.9,en;q=0.5' },
    });
    expect(answer.body.detail).toMatch(/তথ্য ঠিক নেই/);
    expect(answer.body).toMatchObject({ code: 'validation', errors: [{ field: 'description', problem: 'required' }] });
  });

  it('leaks nothing of the program at an address that does not exist', async () => {
    const answer = await stack.get<Problem>('/api/v1/nothing/here', citizen);
    expectProblem(answer, 404, 'not_found');
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts|\bat .*:\d+/);
  });
});
