import sharp from 'sharp';
import type { HistoryAnswer } from '#libs/contracts/api/operation';
import type { CaseView } from '#libs/contracts/api/views';
import { DocumentedAnswers } from '#libs/testing/documented-answers';
import { startStack, type Stack } from '#libs/testing/stack';
import { Readiness } from './platform/readiness.js';

let stack: Stack;
let citizen: string;
let lme: string;
let admin: string;

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken('+919830012345');
  lme = await stack.login('water-lme-b10');
  admin = await stack.login('it-admin');
}, 120_000);
afterAll(async () => stack?.stop());

async function assigned(more: object = {}): Promise<string> {
  const complaint = { tenant: 'KMC', subCategory: 'WATER_LEAK', ward: 92, description: 'A pipe has burst', ...more };
  const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, citizen);
  return (await stack.until(body.number, citizen, 'assigned')).number;
}

function picture(): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .withExif({
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '22/1 30/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '88/1 22/1 0/1',
      },
    })
    .jpeg()
    .toBuffer();
}

interface Uploaded {
  id: string;
  mime: string;
  bytes: number;
  lat?: number;
  lon?: number;
}

async function upload(bytes: Uint8Array, token: string, type = 'image/jpeg') {
  const form = new FormData();
  form.set('file', new Blob([bytes.slice().buffer], { type }), 'leak.jpg');
  return stack.request<Uploaded>('POST', '/api/v1/attachments', { raw: form, token });
}

describe('pictures of a complaint', () => {
  it('belong to the case that names them, are evidence where the rules ask for it, and are shown to who may see it', async () => {
    const complaint = await upload(await picture(), citizen);
    expect(complaint).toMatchObject({ status: 201, body: { mime: 'image/jpeg', lat: 22.5 } });
    const number = await assigned({ attachments: [complaint.body.id] });

    const bare = await stack.post(`/api/v1/grievances/${number}/resolve`, { remarks: 'Done' }, lme);
    expect(bare).toMatchObject({ status: 422, body: { errors: [{ field: 'attachments' }] } });
    const evidence = await upload(await picture(), lme);
    const body = { remarks: 'Pipe replaced', attachments: [evidence.body.id] };
    const resolved = await stack.post<CaseView>(`/api/v1/grievances/${number}/resolve`, body, lme);
    expect(resolved.status).toBe(200);
    expect(resolved.body.attachments.map(({ id, kind }) => [id, kind])).toEqual([
      [complaint.body.id, 'complaint'],
      [evidence.body.id, 'evidence'],
    ]);

    const view = await stack.get<CaseView>(`/api/v1/grievances/${number}?version=${resolved.body.version}`, citizen);
    const url = view.body.attachments.find(({ kind }) => kind === 'evidence')?.url ?? '';
    const shown = await stack.request('GET', url, { token: citizen });
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await stack.get(url, await stack.citizenToken('+919830099998'))).status).toBe(404);
    expect((await stack.get(url, await stack.login('ndp-water-gro'))).status).toBe(404);
  });

  it('are the uploader’s alone until a case has them, and never two cases’', async () => {
    const { body } = await upload(await picture(), citizen);
    const neighbour = await stack.citizenToken('+919830099998');
    expect((await stack.get(`/api/v1/attachments/${body.id}`, neighbour)).status).toBe(404);
    const complaint = { tenant: 'KMC', subCategory: 'WATER_LEAK', ward: 92, description: 'x', attachments: [body.id] };
    expect((await stack.post('/api/v1/grievances', complaint, neighbour)).status).toBe(422);
    await assigned({ attachments: [body.id] });
    expect((await stack.post('/api/v1/grievances', complaint, citizen)).status).toBe(422);
  });

  it('are refused when they are none, too large, or missing', async () => {
    expect((await upload(Buffer.from('%PDF-1.7 not a picture'), citizen)).status).toBe(415);
    expect((await upload(Buffer.alloc(11 * 1024 * 1024, 1), citizen)).status).toBe(413);
    const form = new FormData();
    form.set('note', 'no file');
    expect((await stack.request('POST', '/api/v1/attachments', { raw: form, token: citizen })).status).toBe(422);
    expect((await stack.post('/api/v1/attachments', {}, citizen)).status).toBe(415);
  });
});

describe('operation', () => {
  it('is ready while database, Temporal and a worker are there', async () => {
    expect(await stack.get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await stack.get('/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ready', checks: { database: 'up', temporal: 'up', worker: 'up' } },
    });
  });

  it('says that it goes before it does, so that balancers send what is new elsewhere', async () => {
    const readiness = stack.app.get(Readiness);
    Object.defineProperty(readiness, 'isStopping', { value: true, configurable: true });
    expect(await stack.get('/readyz')).toMatchObject({ status: 503, body: { status: 'stopping' } });
    Reflect.deleteProperty(readiness, 'isStopping');
    expect((await stack.get('/readyz')).status).toBe(200);
  });

  it('counts what it does', async () => {
    await assigned();
    const { body } = await stack.get<string>('/metrics');
    expect(body).toMatch(/pratikar_registrations_total\{source="portal"\} [1-9]/);
    expect(body).toMatch(
      /pratikar_http_request_seconds_count\{method="POST",route="\/api\/v1\/grievances",status="201"\}/,
    );
  });

  it('describes every route, and shows the description without asking anybody outside', async () => {
    const { body } = await stack.get<{ paths: Record<string, unknown> }>('/openapi.json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/v1/grievances', '/api/v1/grievances/{number}/{command}', '/api/v1/auth/login']),
    );
    const page = await stack.request<string>('GET', '/docs');
    expect(page.body).not.toMatch(/https?:\/\//);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) expect((await stack.request('GET', asset)).status).toBe(200);
  });

  it('describes what every route answers, and these tests hold all they are answered against that', async () => {
    type Operation = { responses: Record<string, { content?: Record<string, unknown> }> };
    const { body } = await stack.get<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json');
    const told = Object.entries(body.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses)
          .filter(([status]) => /^2/.test(status) && status !== '204')
          .map(([status, { content }]) => ({
            what: `${method} ${path} ${status}`,
            json: content?.['application/json'],
          })),
      ),
    );
    // Files, streams, counters, and what is only said to have been taken.
    expect(told.flatMap(({ json, what }) => (json ? [] : [what]))).toEqual([
      'post /api/v1/auth/otp 202',
      'get /api/v1/attachments/{id} 200',
      'get /api/v1/attachments/{id} 206',
      'get /api/v1/export/{master} 200',
      'get /api/v1/events 200',
      'post /api/v1/workflows/wake 202',
      'post /api/v1/workflows/terminate 201',
      'get /metrics 200',
    ]);
    expect(told.length).toBeGreaterThan(40);

    const documented = await DocumentedAnswers.of(stack.baseUrl);
    const path = `/api/v1/grievances/${await assigned()}`;
    const view = (await stack.get<CaseView>(path, citizen)).body;
    const holding = (status: number, answer: object) => () =>
      documented.hold('GET', path, status, 'application/json', answer);
    const { dueAt: _due, ...withoutDue } = view;
    expect(holding(200, view)).not.toThrow();
    expect(holding(200, { ...view, reopens: null })).toThrow('/reopens');
    expect(holding(200, { ...view, state: 'lost' })).toThrow('/state');
    expect(holding(200, { ...view, mother: 'x' })).toThrow('mother');
    expect(holding(200, withoutDue)).toThrow('dueAt');
    expect(holding(201, view)).toThrow('does not know');
  });

  it('sends headers that keep foreign pages and scripts away', async () => {
    const { headers } = await stack.get('/healthz');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('for administrators', () => {
  it('the history of a case is Temporal’s own, without what was said in it', async () => {
    const number = await assigned({ description: 'Secret words' });
    const history = () => stack.get<HistoryAnswer>(`/api/v1/grievances/${number}/history`, admin);
    const waiting = ({ runs }: HistoryAnswer) => runs[0]?.events.find(({ type }) => type === 'timer_started');
    // The record may know of the assignment before Temporal has written down what was done in the same task.
    await eventually(async () => waiting((await history()).body) !== undefined);
    const { body } = await history();
    expect(body.runs[0]?.events[0]).toMatchObject({ type: 'workflow_execution_started', name: 'grievance' });
    expect(Date.parse(waiting(body)?.until ?? '')).toBeGreaterThan(Date.parse(waiting(body)?.at ?? ''));
    expect(JSON.stringify(body)).not.toContain('Secret words');
  });

  it('a published holiday moves the open cases by one recorded order, and its withdrawal moves them back', async () => {
    const number = await assigned();
    const due = async () => (await stack.get<CaseView>(`/api/v1/grievances/${number}`, citizen)).body.dueAt;
    const before = await due();
    const date = (before ?? '').slice(0, 10);
    const order = await stack.post<{ id: string }>('/api/v1/calendar/holidays', { date, name: 'Strike' }, admin);
    expect(order).toMatchObject({ status: 202, body: { kind: 'recompute' } });
    await eventually(async () => (await due()) !== before);
    await eventually(async () => {
      const { body } = await stack.get<{ state: string }>(`/api/v1/orders/${order.body.id}`, admin);
      return body.state === 'done';
    });
    const withdrawn = await stack.request('DELETE', `/api/v1/calendar/holidays/${date}`, { token: admin });
    expect(withdrawn.status).toBe(202);
    await eventually(async () => (await due()) === before);
  }, 60_000);

  it('masters come and go as CSV, checked first and then applied', async () => {
    const csv = {
      raw: 'date,name\n2026-12-24,Eve\nsoon,Nonsense\n',
      headers: { 'Content-Type': 'text/csv' },
      token: admin,
    };
    const dry = await stack.request('POST', '/api/v1/import/holidays', csv);
    expect(dry).toMatchObject({ status: 200, body: { applied: false, rows: 2, errorCount: 1, errors: [{ row: 3 }] } });
    const good = { ...csv, raw: 'date,name\n2026-12-24,Eve\n' };
    const applied = await stack.request('POST', '/api/v1/import/holidays?apply=true', good);
    expect(applied).toMatchObject({ status: 200, body: { applied: true, created: 1 } });
    const { body } = await stack.get<string>('/api/v1/export/holidays', admin);
    expect(body).toMatch(/2026-12-24,Eve/);
    expect((await stack.request('POST', '/api/v1/import/dragons', good)).status).toBe(404);
  });

  it('a key is shown once and can be ended', async () => {
    const wanted = { name: 'State portal', scopes: ['open311.read'] };
    const { status, body } = await stack.post<{ id: string; key: string }>('/api/v1/api-keys', wanted, admin);
    expect([status, body.key.startsWith('prk_')]).toEqual([201, true]);
    const list = await stack.get('/api/v1/api-keys', admin);
    expect(JSON.stringify(list.body)).toContain(body.id);
    expect(JSON.stringify(list.body)).not.toContain(body.key);
    expect((await stack.request('DELETE', `/api/v1/api-keys/${body.id}`, { token: admin })).status).toBe(204);
    expect((await stack.request('DELETE', `/api/v1/api-keys/${body.id}`, { token: admin })).status).toBe(404);
  });

  it('a reset password lets its owner in to do one thing: choose their own', async () => {
    const username = 'water-lme-b3';
    const old = await stack.login(username);
    const reset = await stack.post<{ password: string }>(`/api/v1/users/${username}/password`, undefined, admin);
    expect((await stack.get('/api/v1/auth/me', old)).status).toBe(401);
    const login = { username, password: reset.body.password };
    const { body } = await stack.post<{ token: string; mustChange: boolean }>('/api/v1/auth/login', login);
    expect(body.mustChange).toBe(true);
    const early = await stack.get<{ code: string }>('/api/v1/grievances', body.token);
    expect(early).toMatchObject({ status: 403, body: { code: 'password_change_required' } });
    const change = { current: reset.body.password, next: 'rain-on-the-river' };
    expect((await stack.post('/api/v1/auth/password', change, body.token)).status).toBe(204);
    expect((await stack.get('/api/v1/grievances', body.token)).status).toBe(200);
  });

  it('the simulator tells who would get it, when it is due and who is next', async () => {
    const { body } = await stack.post('/api/v1/simulate', { subCategory: 'WATER_LEAK', ward: 92 }, admin);
    expect(body).toMatchObject({
      owner: { position: 'WATER-LME-B10' },
      levels: [{ position: 'WATER-EE-B10' }, { position: 'WATER-DYCE' }, { position: 'COMMISSIONER-OSD' }],
    });
  });

  it('masters name every code in three languages, and posts to colleagues alone', async () => {
    const open = await stack.get<{ posts: unknown[]; subCategories: { code: string }[] }>('/api/v1/masters?tenant=KMC');
    expect(open.body.posts).toEqual([]);
    expect(open.body.subCategories.find(({ code }) => code === 'WATER_LEAK')).toMatchObject({
      names: { bn: expect.any(String), hi: expect.any(String) },
    });
    const inside = await stack.get<{ posts: unknown[] }>('/api/v1/masters', admin);
    expect(inside.body.posts.length).toBeGreaterThan(400);
  });
});

describe('lists', () => {
  it('page through everything once, in order, whatever the size of the page', async () => {
    const reader = await stack.citizenToken('+919830044444');
    const numbers: string[] = [];
    for (let n = 0; n < 5; n++) {
      const complaint = { tenant: 'KMC', subCategory: 'WATER_NO_SUPPLY', ward: 92, description: `Dry ${n}` };
      const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, reader);
      numbers.push((await stack.until(body.number, reader, 'assigned')).number);
    }
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/api/v1/grievances?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const { body } = await stack.get<{ items: CaseView[]; next: string | null }>(path, reader);
      seen.push(...body.items.map(({ number }) => number));
      cursor = body.next;
    }
    expect(seen).toEqual([...numbers].reverse());
    expect((await stack.get<{ total: number }>('/api/v1/grievances/count', reader)).body.total).toBe(5);
  });

  it('find a case by number, mobile number and words', async () => {
    const number = await assigned({ description: 'The fountain of Gariahat is broken', landmark: 'Gariahat' });
    const callCentre = await stack.login('call-centre-1');
    for (const q of [number, 'gariahat fountain', '9830012345']) {
      const { body } = await stack.get<{ items: CaseView[] }>(
        `/api/v1/grievances?q=${encodeURIComponent(q)}`,
        callCentre,
      );
      expect({ q, found: body.items.some((item) => item.number === number) }).toEqual({ q, found: true });
    }
  });

  it.each(['state=flying', 'sort=colour', 'limit=0', 'cursor=x', 'rating=9', 'overdue=perhaps', 'from=yesterday'])(
    'refuse %s',
    async (query) => {
      const { status, body } = await stack.get<{ code: string }>(`/api/v1/grievances?${query}`, admin);
      expect([status, body.code]).toEqual([422, 'validation']);
    },
  );
});

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 25_000;
  while (!(await condition())) {
    if (Date.now() > giveUp) throw new Error(`not in time: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
