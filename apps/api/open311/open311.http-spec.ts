import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TimelineItem } from '#libs/contracts/api/views';
import { startStack, type Answer, type Stack } from '#libs/testing/stack';

interface Entry {
  service_request_id: string;
  update_id: string;
  status: string;
  description: string | null;
  service_code: string;
  address: string;
  requested_datetime: string;
  updated_datetime: string;
}
type Refusals = { code: number; description: string }[];

const REPORTER = '+919830055501';

let stack: Stack;
let key: string;
let admin: string;

beforeAll(async () => {
  stack = await startStack();
  admin = await stack.login('it-admin');
  key = await issue(['open311.read', 'open311.write', 'updates.read', 'updates.write']);
}, 120_000);
afterAll(async () => stack?.stop());

async function issue(scopes: string[], token = admin): Promise<string> {
  const { body } = await stack.post<{ key: string }>('/api/v1/api-keys', { name: 'FixMyStreet', scopes }, token);
  return body.key;
}

function send<T = Entry[]>(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return stack.request<T>('POST', `/open311/v2/${path}`, {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
  });
}

const dark = (more: Record<string, string> = {}): Record<string, string> => ({
  api_key: key,
  jurisdiction_id: 'KMC',
  service_code: 'LIGHT_OFF',
  'attribute[WARD]': '91',
  address_string: 'Opposite the post office',
  description: 'রাস্তার আলো জ্বলছে না <since> Monday & nobody came',
  first_name: 'Ananya',
  last_name: 'Sen',
  phone: '9830055501',
  ...more,
});

async function reported(more: Record<string, string> = {}): Promise<string> {
  const { status, body } = await send('requests.json', dark(more));
  expect(status).toBe(201);
  return body[0]?.service_request_id ?? '';
}

const read = (path: string): Promise<Answer<Entry[]>> => stack.get<Entry[]>(`/open311/v2/${path}`);

async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(25);
  }
  throw new Error('It did not come about within five seconds');
}

async function resolved(number: string): Promise<void> {
  await stack.until(number, admin, 'assigned');
  const officer = await stack.login('light-lme-b10');
  await stack.post(`/api/v1/grievances/${number}/resolve`, { remarks: 'Lamp replaced' }, officer);
  await stack.until(number, admin, 'resolved');
}

describe('what a category asks besides', () => {
  const question = { sub_category: 'WATER_LEAK', code: 'SPEED', kind: 'choice', question: 'How fast does it run?' };
  const choices = 'DROPS: It drips | ফোঁটা ফোঁটা | बूँद-बूँद; RUNS: It runs';

  it('is an attribute of the service, and the answer stands with the case for whoever works on it', async () => {
    const rows = [
      { ...question, question_bn: 'কত জোরে পড়ছে?', choices },
      { sub_category: 'WATER_LEAK', code: 'HOUSES', kind: 'number', question: 'How many houses?' },
    ];
    expect((await stack.post('/api/v1/import/questions?apply=true', { rows }, admin)).status).toBe(200);
    const definition = await eventually(async () => {
      const answer = await stack.get<string>('/open311/v2/services/WATER_LEAK.xml?jurisdiction_id=KMC');
      return answer.body.includes('SPEED') ? answer.body : undefined;
    });
    expect(definition).toMatch(/<code>SPEED<\/code>\s*<datatype>singlevaluelist<\/datatype>\s*<required>false/);
    expect(definition).toContain('<key>DROPS</key>');
    const other = await stack.get<string>('/open311/v2/services/LIGHT_OFF.xml?jurisdiction_id=KMC');
    expect(other.body).not.toContain('SPEED');

    const leak = { service_code: 'WATER_LEAK', phone: '9830055509' };
    const refused = await send<Refusals>('requests.json', dark({ ...leak, 'attribute[SPEED]': 'FLOODS' }));
    expect(refused.body[0]?.description).toContain('attribute[SPEED]');
    expect((await send('requests.json', dark({ ...leak, 'attribute[HOUSES]': 'some' }))).status).toBe(400);
    const number = await reported({ ...leak, 'attribute[SPEED]': 'DROPS', 'attribute[HOUSES]': '4' });
    const view = await stack.until(number, admin, 'assigned');
    expect(view.answers).toEqual([
      {
        code: 'SPEED',
        question: { en: 'How fast does it run?', bn: 'কত জোরে পড়ছে?' },
        answer: { en: 'It drips', bn: 'ফোঁটা ফোঁটা', hi: 'बूँद-बूँद' },
      },
      { code: 'HOUSES', question: { en: 'How many houses?' }, answer: { en: '4' } },
    ]);
    // By REST alike; what is wrong names itself.
    const body = { tenant: 'KMC', subCategory: 'WATER_LEAK', ward: 91, description: 'leak', answers: { SPEED: 'x' } };
    const wrong = await stack.post('/api/v1/grievances', body, await stack.citizenToken('+919830055510'));
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'answers.SPEED' }] } });
  });
});

describe('a report by the open standard', () => {
  it('becomes a case like any other, of source open311, and its reporter is told by SMS', async () => {
    const number = await reported();
    const view = await stack.until(number, await stack.citizenToken(REPORTER), 'assigned');
    expect(view).toMatchObject({
      source: 'open311',
      locale: 'bn',
      ward: '91',
      location: { landmark: 'Opposite the post office' },
      citizen: { name: 'Ananya Sen', mobile: REPORTER },
    });
    const timeline = await stack.get<{ items: TimelineItem[] }>(`/api/v1/grievances/${number}/timeline`, admin);
    expect(timeline.body.items[0]?.actor).toMatchObject({ onBehalf: true, name: 'FixMyStreet' });
    await eventually(() => stack.outbox().find((line) => line.case === number && line.to === REPORTER));
  });

  it('finds its ward by the place, and is answered in XML as well', async () => {
    const { 'attribute[WARD]': _ward, address_string: _address, ...rest } = dark({ lat: '22.5184', long: '88.3832' });
    const answer = await send<string>('requests.xml', rest);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    const number = /<service_requests><request><service_request_id>(KMC-[\d-]+)</.exec(answer.body)?.[1];
    const { body } = await read(`requests/${number}.json`);
    expect(body).toEqual([expect.objectContaining({ service_request_id: number, lat: 22.5184, long: 88.3832 })]);
  });

  it('sent twice under one key is one case', async () => {
    const headers = { 'Idempotency-Key': 'fms-4711' };
    const [first, second] = [
      await send('requests.json', dark(), headers),
      await send('requests.json', dark(), headers),
    ];
    expect(second.body).toEqual(first.body);
  });

  it('by nobody in particular is taken as well', async () => {
    const { first_name: _first, last_name: _last, phone: _phone, ...anonymous } = dark();
    expect(await send('requests.json', anonymous)).toMatchObject({ status: 201 });
  });

  it('is open until it is resolved, then closed, and its updates tell both to the system that reported it', async () => {
    const number = await reported();
    expect((await read(`requests/${number}.json?jurisdiction_id=KMC`)).body[0]).toMatchObject({ status: 'open' });
    await resolved(number);
    const [entry] = (await read(`requests/${number}.json?jurisdiction_id=KMC`)).body;
    expect(entry).toMatchObject({ status: 'closed', status_notes: 'Resolved.' });
    expect(entry?.requested_datetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/);
    const updates = (await read(`servicerequestupdates.json?jurisdiction_id=KMC&api_key=${key}`)).body;
    const own = updates.filter((update) => update.service_request_id === number);
    expect(own.map(({ status }) => status)).toEqual(['open', 'closed']);
    expect(own[1]?.description).toBe('Lamp replaced');
    const xml = await stack.get<string>(`/open311/v2/servicerequestupdates.xml?jurisdiction_id=KMC&api_key=${key}`);
    expect(xml.body).toContain(`<update_id>${own[1]?.update_id}</update_id><service_request_id>${number}<`);
  });

  it('takes a comment of its reporter, once however often it is sent', async () => {
    const number = await reported();
    await stack.until(number, admin, 'assigned');
    const update = {
      api_key: key,
      jurisdiction_id: 'KMC',
      service_request_id: number,
      update_id: '77',
      status: 'OPEN',
    };
    const first = await send('servicerequestupdates.json', { ...update, description: 'Still dark' });
    expect(first).toMatchObject({ status: 200, body: [{ update_id: expect.stringContaining(number) as string }] });
    const again = await send('servicerequestupdates.json', { ...update, description: 'Still dark' });
    expect(again.body).toEqual(first.body);
    const { body } = await stack.get<{ items: TimelineItem[] }>(`/api/v1/grievances/${number}/timeline`, admin);
    expect(body.items.filter(({ event }) => event === 'commented')).toMatchObject([
      { text: 'Still dark', public: true },
    ]);
  });
});

describe('the list of requests', () => {
  it('holds no word and no name of a citizen but for the system that reported it', async () => {
    const number = await reported();
    await stack.until(number, admin, 'assigned');
    const anybody = await stack.get<Entry[]>('/open311/v2/requests.json?jurisdiction_id=KMC');
    expect(JSON.stringify(anybody.body)).not.toMatch(/Ananya|98300|nobody came|post office/);
    expect(anybody.body.find((entry) => entry.service_request_id === number)).toMatchObject({ description: null });
    const xml = await stack.get<string>(`/open311/v2/requests.xml?jurisdiction_id=KMC&api_key=${key}`);
    expect(xml.body).toContain('জ্বলছে না &lt;since&gt; Monday &amp; nobody came');
  });

  it('leaves out categories that hide their complainants, whoever lodged the case', async () => {
    const citizen = await stack.citizenToken('+919830055502');
    const complaint = { tenant: 'KMC', subCategory: 'ILLEGAL_CONSTRUCTION', ward: 91, description: 'A fifth floor' };
    const { body } = await stack.post<{ number: string }>('/api/v1/grievances', complaint, citizen);
    await stack.until(body.number, citizen, 'assigned');
    const list = await read('requests.json?jurisdiction_id=KMC');
    expect(list.body.map((entry) => entry.service_code)).not.toContain('ILLEGAL_CONSTRUCTION');
    for (const path of [`requests/${body.number}`, `tokens/${body.number}`, 'services/ILLEGAL_CONSTRUCTION']) {
      expect(await read(`${path}.json?jurisdiction_id=KMC`)).toMatchObject({ status: 404 });
    }
    const report = await send<Refusals>('requests.json', dark({ service_code: 'ILLEGAL_CONSTRUCTION' }));
    expect(report).toMatchObject({ status: 404, body: [{ code: 404 }] });
    const byCode = await read('requests.json?jurisdiction_id=KMC&service_code=ILLEGAL_CONSTRUCTION');
    expect(byCode.body).toEqual([]);
    const updates = await read(`servicerequestupdates.json?jurisdiction_id=KMC&api_key=${key}`);
    expect(JSON.stringify(updates.body)).not.toContain(body.number);
  });

  it('is narrowed by ids, kind, status, time and page', async () => {
    const [one, two] = [await reported(), await reported({ service_code: 'WATER_LEAK' })];
    await resolved(one);
    const ids = async (query: string) =>
      (await read(`requests.json?jurisdiction_id=KMC&${query}`)).body.map((entry) => entry.service_request_id);
    expect(await ids(`service_request_id=${one},${two}`)).toEqual([one, two]);
    expect(await ids('service_code=water_leak')).toContain(two);
    expect(await ids('service_code=water_leak')).not.toContain(one);
    expect(await ids('status=closed')).toContain(one);
    expect(await ids('status=open')).not.toContain(one);
    expect(await ids('page=1&page_size=1')).toEqual([two]);
    expect(await ids('start_date=2020-01-01T00:00:00Z&end_date=2020-02-01T00:00:00Z')).toEqual([]);
  });
});

describe('services', () => {
  it('are those of the city, with a definition each, in JSON and XML', async () => {
    const list = await stack.get<{ service_code: string }[]>('/open311/v2/services.json?jurisdiction_id=kmc');
    expect(list.body).toContainEqual(
      expect.objectContaining({
        service_code: 'LIGHT_OFF',
        metadata: true,
        type: 'realtime',
        group: expect.anything() as string,
      }),
    );
    const definition = await stack.get<{ attributes: { code: string; values: unknown[] }[] }>(
      '/open311/v2/services/LIGHT_OFF.json?jurisdiction_id=KMC',
    );
    expect(definition.body.attributes.map(({ code }) => code)).toEqual(['WARD', 'LANGUAGE']);
    const xml = await stack.get<string>('/open311/v2/services/LIGHT_OFF.xml?jurisdiction_id=KMC');
    expect(xml.body).toContain('<service_definition><service_code>LIGHT_OFF</service_code><attributes><attribute>');
    expect(xml.body).toContain('<value><key>91</key>');
  });

  it('are found by discovery', async () => {
    const { body } = await stack.get('/open311/v2/discovery.json');
    expect(body).toMatchObject({
      endpoints: [{ url: `${stack.settings.publicUrl}/open311/v2`, formats: ['text/xml', 'application/json'] }],
    });
    const xml = await stack.get<string>('/open311/v2/discovery.xml');
    expect(xml.body).toContain('<formats><format>text/xml</format>');
  });

  it('tell the id that a token stands for', async () => {
    const number = await reported();
    const answer = await read(`tokens/${number}.json?jurisdiction_id=KMC`);
    expect(answer.body).toEqual([{ service_request_id: number, token: number }]);
  });
});

describe('refusals', () => {
  it.each<[string, number, Record<string, string>]>([
    ['no key', 403, { api_key: '' }],
    ['a wrong key', 403, { api_key: 'prk_no_such_key' }],
    ['an unknown jurisdiction', 404, { jurisdiction_id: 'nowhere' }],
    ['no service', 400, { service_code: '' }],
    ['an unknown service', 404, { service_code: 'NO_SUCH' }],
    ['no place', 400, { address_string: '', 'attribute[WARD]': '91' }],
    ['half a place', 400, { lat: '22.5' }],
    ['a place off the earth', 400, { lat: '122.5', long: '88' }],
    ['an unknown ward', 400, { 'attribute[WARD]': '999' }],
    ['an unknown attribute', 400, { 'attribute[COLOUR]': 'blue' }],
    ['a wrong telephone number', 400, { phone: '12345' }],
    ['a wrong address', 400, { email: 'nobody' }],
    ['a description without end', 400, { description: 'x'.repeat(4001) }],
    ['a picture inside our own network', 400, { media_url: 'http://169.254.169.254/latest/meta-data' }],
    ['a picture that is a file', 400, { media_url: 'file:///etc/passwd' }],
  ])('tell %s as the standard asks, in both formats', async (_what, status, fields) => {
    const json = await send<Refusals>('requests.json', dark(fields));
    expect(json).toMatchObject({ status, body: [{ code: status, description: expect.any(String) as string }] });
    const xml = await send<string>('requests.xml', dark(fields));
    expect(xml.status).toBe(status);
    expect(xml.body).toContain(`<errors><error><code>${status}</code><description>`);
  });

  it('meet keys without the scope, of another city, and those that were revoked', async () => {
    const reading = await issue(['open311.read']);
    const other = await issue(['open311.write'], await stack.login('ndp-admin'));
    expect(await send('requests.json', dark({ api_key: reading }))).toMatchObject({ status: 403 });
    expect(await send('requests.json', dark({ api_key: other }))).toMatchObject({ status: 403 });
    const { body } = await stack.post<{ id: string; key: string }>(
      '/api/v1/api-keys',
      { name: 'Gone', scopes: ['open311.write'] },
      admin,
    );
    await stack.request('DELETE', `/api/v1/api-keys/${body.id}`, { token: admin });
    expect(await send('requests.json', dark({ api_key: body.key }))).toMatchObject({ status: 403 });
    expect(await read('servicerequestupdates.json?jurisdiction_id=KMC')).toMatchObject({ status: 403 });
  });

  it('keep one system from speaking for the reporters of another', async () => {
    const number = await reported();
    await stack.until(number, admin, 'assigned');
    const other = await issue(['updates.write']);
    const update = { api_key: other, jurisdiction_id: 'KMC', service_request_id: number, description: 'Close it' };
    expect(await send('servicerequestupdates.json', update)).toMatchObject({ status: 403 });
  });

  it('name what is missing where several cities are served, and what is nowhere', async () => {
    const refused = async (path: string) => stack.get<Refusals>(`/open311/v2/${path}`);
    expect(await refused('services.json')).toMatchObject({ status: 400, body: [{ code: 400 }] });
    expect(await refused('requests.json?jurisdiction_id=KMC&status=lost')).toMatchObject({ status: 400 });
    expect(await refused('requests.json?jurisdiction_id=KMC&start_date=yesterday')).toMatchObject({ status: 400 });
    const long = 'start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z';
    expect(await refused(`requests.json?jurisdiction_id=KMC&${long}`)).toMatchObject({ status: 400 });
    expect(await refused('requests/KMC-26-9999999-0.json?jurisdiction_id=KMC')).toMatchObject({ status: 404 });
    expect(await refused('services.csv?jurisdiction_id=KMC')).toMatchObject({ status: 404 });
    expect(await stack.request('PUT', '/open311/v2/requests.json')).toMatchObject({
      status: 405,
      body: [{ code: 405 }],
    });
  });

  it('reach no server of our own by a name, a number or a way around', async () => {
    let asked = 0;
    const inside = createServer((_request, response) => {
      asked += 1;
      response.end('secret');
    });
    await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done));
    const { port } = inside.address() as AddressInfo;
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f000001', '0']) {
      const answer = await send<Refusals>('requests.json', dark({ media_url: `http://${host}:${port}/a.jpg` }));
      expect(answer).toMatchObject({
        status: 400,
        body: [{ description: expect.stringContaining('media_url') as string }],
      });
    }
    inside.close();
    expect(asked).toBe(0);
  });

  it('keep forms from every other address', async () => {
    const answer = await stack.request('POST', '/api/v1/auth/otp', {
      raw: 'mobile=9830055501',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(415);
  });
});
