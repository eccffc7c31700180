import type { CaseView, TimelineItem } from '#libs/contracts/api/views';
import { DATA_SOURCES } from '#apps/api/platform/tokens';
import type { DataSources } from '#libs/persistence/data-sources';
import { GrievanceEntity } from '#libs/persistence/entities/index';
import { startStack, type Stack } from '#libs/testing/stack';

const CITIZEN = '+919830012345';
let stack: Stack;
let citizen: string;
let admin: string;

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken(CITIZEN);
  admin = await stack.login('it-admin');
}, 120_000);
afterAll(async () => stack?.stop());

const complaint = { tenant: 'KMC', subCategory: 'WATER_NO_SUPPLY', ward: 92, description: 'No water' };

async function assigned(more: object = {}): Promise<CaseView> {
  const { status, body } = await stack.post<CaseView>('/api/v1/grievances', { ...complaint, ...more }, citizen);
  expect({ status, body }).toMatchObject({ status: 201 });
  return stack.until(body.number, citizen, 'assigned');
}
const give = <T = CaseView>(number: string, command: string, body: unknown, token: string) =>
  stack.post<T>(`/api/v1/grievances/${number}/${command}`, body, token);
const view = async (number: string, token: string) =>
  (await stack.get<CaseView>(`/api/v1/grievances/${number}`, token)).body;
const inbox = async (token: string) =>
  (await stack.get<{ items: CaseView[] }>('/api/v1/grievances?limit=100', token)).body.items.map(
    ({ number }) => number,
  );
const importRows = (master: string, rows: object[], query = '?apply=true') =>
  stack.post<{ applied: boolean; errorCount: number; errors: { row: number; column: string; problem: string }[] }>(
    `/api/v1/import/${master}${query}`,
    { rows },
    admin,
  );

describe('posts and the people who hold them', () => {
  it('gives the work of an officer on leave to the delegate, who acts in the post’s name', async () => {
    const { number, owner } = await assigned({ subCategory: 'LIGHT_OFF', ward: 22 });
    expect(owner?.position).toBe('LIGHT-LME-B4');
    const delegate = await stack.login('light-lme-b5');
    expect(await inbox(delegate)).toContain(number);
    expect((await view(number, delegate)).allowed).toContain('resolve');
    expect(await give(number, 'resolve', { remarks: 'Lamp replaced' }, delegate)).toMatchObject({
      status: 200,
      body: { state: 'resolved', owner: { position: 'LIGHT-LME-B4' } },
    });
    const colleague = await stack.login('light-lme-b6');
    expect((await view(number, colleague)).allowed).not.toContain('undo');
  });

  it('lets one person act in each of several posts, and in no other', async () => {
    const own = await assigned({ subCategory: 'LIGHT_OFF', ward: 40 });
    const delegated = await assigned({ subCategory: 'LIGHT_OFF', ward: 22 });
    const elsewhere = await assigned({ subCategory: 'LIGHT_OFF', ward: 92 });
    const holder = await stack.login('light-lme-b5');
    const me = await stack.get<{ posts: { position: string }[] }>('/api/v1/auth/me', holder);
    expect(me.body.posts.map(({ position }) => position).sort()).toEqual(['LIGHT-LME-B4', 'LIGHT-LME-B5']);
    for (const { number } of [own, delegated]) {
      expect((await give(number, 'resolve', { remarks: 'Lamp replaced' }, holder)).status).toBe(200);
    }
    expect((await give(elsewhere.number, 'resolve', { remarks: 'Lamp replaced' }, holder)).status).toBe(403);
  });

  it('has the GRO act for a vacant post until somebody is appointed', async () => {
    const { number, owner } = await assigned({ subCategory: 'MARKET_UPKEEP', ward: 57 });
    expect(owner).toMatchObject({ position: 'MARKET-LME-B7' });
    const gro = await stack.login('market-gro');
    expect(await inbox(gro)).toContain(number);
    expect(await give(number, 'ask-citizen', { question: 'Which stall?' }, gro)).toMatchObject({
      status: 200,
      body: { state: 'awaiting_citizen' },
    });
    await give(number, 'answer', { text: 'Stall 7' }, citizen);
    expect(await give(number, 'resolve', { remarks: 'Roof mended' }, gro)).toMatchObject({
      status: 200,
      body: { state: 'resolved', owner: { position: 'MARKET-LME-B7' } },
    });
  });
});

describe('evidence on resolving', () => {
  it('is asked to be taken near the complaint where the category says so', async () => {
    const row = {
      category: 'WATER',
      sub_category: 'WATER_DIRTY',
      name: 'Dirty or foul-smelling water',
      department: 'WATER',
      sla_hours: 9,
      calendar: 'office',
      evidence_photo: false,
      evidence_within_m: 100,
    };
    expect(await importRows('categories', [row])).toMatchObject({
      status: 200,
      body: { applied: true, errorCount: 0 },
    });
    const place = { lat: 22.561186, lon: 88.347567 };
    const { number, owner } = await assigned({ subCategory: 'WATER_DIRTY', ward: undefined, ...place });
    const officer = await stack.login((owner?.position ?? '').toLowerCase());
    const remarks = 'Line flushed';
    const bare = await give<{ errors: object[] }>(number, 'resolve', { remarks }, officer);
    expect(bare).toMatchObject({ status: 422, body: { errors: [{ field: 'lat', problem: 'required' }] } });
    const far = await give(number, 'resolve', { remarks, lat: 22.58, lon: 88.36 }, officer);
    expect(far).toMatchObject({ status: 422, body: { errors: [{ field: 'lat', problem: 'too_far' }] } });
    const near = await give(number, 'resolve', { remarks, lat: 22.5613, lon: 88.3476 }, officer);
    expect(near).toMatchObject({ status: 200, body: { state: 'resolved' } });
  });
});

describe('a timeline', () => {
  it('tells moments as ISO 8601, and never who follows', async () => {
    const { number, dueAt } = await assigned();
    await stack.post(`/api/v1/grievances/${number}/follow`, {}, await stack.citizenToken('+919830099998'));
    await give(number, 'ask-citizen', { question: 'Since when?' }, await stack.login('water-lme-b10'));
    await stack.until(number, citizen, 'awaiting_citizen');
    const path = `/api/v1/grievances/${number}/timeline`;
    const { body } = await stack.get<{ items: TimelineItem[] }>(path, citizen);
    expect(body.items[0]?.data['dueAt']).toBe(dueAt);
    expect(body.items.at(-1)?.data['until']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(JSON.stringify(body)).not.toMatch(/\b1[6-9]\d{11}\b|citizen:/);
    const staff = await stack.get<{ items: TimelineItem[] }>(path, admin);
    expect(staff.body.items.find(({ event }) => event === 'followed')?.data).toMatchObject({ count: 1 });
    expect(JSON.stringify(staff.body)).not.toContain('citizen:');
  });
});

describe('masters as JSON', () => {
  it('go through the same importer, which tells every mistake with its row and column', async () => {
    const rows = [
      { code: 'OWN_REASON', name: 'A reason of our own' },
      { code: '9', name: '' },
    ];
    const dry = await importRows('reasons', rows, '');
    expect(dry.body).toMatchObject({ applied: false, errorCount: 2 });
    expect(dry.body.errors.map(({ row, column }) => [row, column])).toEqual([
      [3, 'code'],
      [3, 'name'],
    ]);
    expect(await importRows('reasons', rows.slice(0, 1))).toMatchObject({ body: { applied: true, created: 1 } });
    const { body } = await stack.get<{ rejectReasons: { code: string }[]; categories: object[] }>(
      '/api/v1/masters?tenant=KMC',
    );
    expect(body.rejectReasons).toContainEqual({ code: 'own_reason', names: { en: 'A reason of our own' } });
    expect(body.categories).toContainEqual({
      code: 'WATER',
      names: { en: 'Water supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
    });
  });

  it.each([[{}], [{ rows: [] }], [{ rows: ['text'] }], [{ rows: [{ code: { deep: 1 } }] }]])(
    'are refused as %j',
    async (body) => {
      expect((await stack.post('/api/v1/import/reasons', body, admin)).status).toBe(422);
    },
  );

  it('refuse a category that nobody could be given', async () => {
    await importRows('departments', [{ code: 'FERRY', name: 'Ferries' }]);
    const row = { category: 'FERRY', sub_category: 'FERRY_LATE', name: 'Late', department: 'FERRY' };
    const answer = await importRows('categories', [{ ...row, sla_hours: 24, calendar: 'office' }]);
    expect(answer.body).toMatchObject({ applied: false, errors: [{ row: 2, problem: 'points_nowhere' }] });
    const lodged = await stack.post('/api/v1/grievances', { ...complaint, subCategory: 'FERRY_LATE' }, citizen);
    expect(lodged.status).toBe(422);
  });
});

describe('cases of the old system', () => {
  it('come by import, with the address of the old page among the settings of the city', async () => {
    const rows = [
      { number: 'OD/2023/0017', mobile: CITIZEN, status: 'Pending', category: 'Water', registered: '2023-07-13' },
      { number: 'OD/2023/0018', status: 'Closed', category: 'Drains', registered: '2023-07-14', closed: '2023-07-20' },
    ];
    expect(await importRows('legacy', rows)).toMatchObject({ body: { applied: true, created: 2 } });
    const city = { code: 'KMC', parent: 'WB', kind: 'ulb', name: 'Kolkata Municipal Corporation', prefix: 'KMC' };
    const settings = JSON.stringify({ legacyUrl: 'https://old.example.org/status' });
    const stateAdmin = await stack.login('state-admin');
    const rowsOfCity = [{ ...city, zone: 'Asia/Kolkata', settings }];
    const told = await stack.post('/api/v1/import/tenants?apply=true', { rows: rowsOfCity }, stateAdmin);
    expect(told).toMatchObject({ status: 200, body: { errorCount: 0 } });
  });
  const status = (query: string, token?: string) =>
    stack.get<{ items: { number: string }[]; links: object[] }>(`/api/v1/status?${query}`, token);

  it('are found by number, without a name or a telephone number, beside the link to the old page', async () => {
    const { status: code, body } = await status('category=old&number=od/2023/0018');
    expect(code).toBe(200);
    expect(body.items).toEqual([
      {
        number: 'OD/2023/0018',
        tenant: 'KMC',
        category: 'Drains',
        status: 'Closed',
        registeredAt: '2023-07-13T18:30:00.000Z',
        closedAt: '2023-07-19T18:30:00.000Z',
      },
    ]);
    expect(body.links).toEqual([{ tenant: 'KMC', url: 'https://old.example.org/status' }]);
    expect((await status('category=old&number=OD/1999/1')).body.items).toEqual([]);
  });

  it('are found by their own mobile number once it is proved, as the new ones are', async () => {
    const query = `mobile=${encodeURIComponent(CITIZEN)}`;
    expect((await status(`category=old&${query}`)).status).toBe(401);
    expect((await status(`category=new&${query}`)).status).toBe(401);
    const stranger = await stack.citizenToken('+919830099998');
    expect((await status(`category=old&${query}`, stranger)).status).toBe(403);
    const old = await status(`category=old&${query}`, citizen);
    expect(old.body.items.map(({ number }) => number)).toEqual(['OD/2023/0017']);
    const { number } = await assigned();
    const fresh = await status(`category=new&${query}`, citizen);
    expect(fresh.body.items.map((item) => item.number)).toContain(number);
  });

  it('need a login by number in the new system, where numbers can be guessed', async () => {
    const { number } = await assigned();
    expect((await status(`category=new&number=${number}`)).status).toBe(401);
    const stranger = await stack.citizenToken('+919830099998');
    expect((await status(`category=new&number=${number}`, stranger)).status).toBe(404);
    expect((await status(`category=new&number=${number}`, citizen)).body.items).toMatchObject([{ number }]);
  });
});

/** What programs of other kinds would run, were it not for them text like any other. */
const HOSTILE = [
  `'; DROP TABLE grievance; --`,
  `" OR "1"="1`,
  `\\'); DELETE FROM audit; --`,
  '{{constructor.constructor("return process")()}}',
  '${7*7} #{7*7} <%= 7*7 %> {#var#} {number}',
  '=HYPERLINK("https://evil.example","x")',
  '+cmd|calc!A0',
  '@SUM(1+1)*cmd',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '%00 %0d%0aSet-Cookie: x=1',
];

describe('hostile text', () => {
  it.each(HOSTILE)(
    '%s comes back as it was from every field, and does nothing',
    async (text) => {
      const cases = () => stack.sources.read.manager.count(GrievanceEntity);
      const before = await cases();
      const { number } = await assigned({ description: text, landmark: text });
      const lme = await stack.login('water-lme-b10');
      await give(number, 'comment', { text, public: true }, lme);
      await give(number, 'ask-citizen', { question: text }, lme);
      await give(number, 'answer', { text }, citizen);
      const resolved = await give(number, 'resolve', { remarks: text }, lme);
      expect(resolved.status).toBe(200);
      const rated = await give(number, 'rate', { rating: 2, remarks: text }, citizen);
      expect(rated).toMatchObject({
        status: 200,
        body: { description: text, location: { landmark: text }, remarks: text },
      });
      await stack.until(number, citizen, 'reopened');
      const { body } = await stack.get<{ items: TimelineItem[] }>(`/api/v1/grievances/${number}/timeline`, citizen);
      const said = body.items.filter((item) => item.text !== null);
      const events = ['commented', 'citizen_asked', 'citizen_answered', 'resolved', 'rated'];
      expect(said.map(({ event }) => event)).toEqual(events);
      expect(said.map((item) => item.text)).toEqual(said.map(() => text));
      const found = await stack.get<{ items: CaseView[] }>(`/api/v1/grievances?q=${encodeURIComponent(text)}`, admin);
      expect([200, 422]).toContain(found.status);
      expect((await stack.get(`/api/v1/grievances?ward=${encodeURIComponent(text)}`, admin)).status).toBeLessThan(500);
      expect(await cases()).toBe(before + 1);
    },
    30_000,
  );

  it.each(HOSTILE.filter((text) => /^[=+@]/.test(text)))('%s is no name of anything in the masters', async (name) => {
    const { body } = await importRows('reasons', [{ code: 'hostile', name }]);
    expect(body).toMatchObject({ applied: false, errors: [{ column: 'name', problem: 'formula' }] });
  });
});

describe('statements', () => {
  /** Those that a request causes itself: sessions and versions of masters are read by the clock. */
  async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    const { read, write } = stack.app.get<DataSources>(DATA_SOURCES);
    const said: string[] = [];
    const sources = new Set([read, write]);
    const before = [...sources].map((source) => [source, source.logger] as const);
    const logger = { ...silent, logQuery: (query: string) => void said.push(query) };
    for (const source of sources) Object.assign(source, { logger });
    try {
      await work();
    } finally {
      for (const [source, own] of before) Object.assign(source, { logger: own });
    }
    return said.filter((query) => !/FROM "(session|tenant)"/.test(query));
  }
  const silent = {
    logQueryError: () => undefined,
    logQuerySlow: () => undefined,
    logSchemaBuild: () => undefined,
    logMigration: () => undefined,
    log: () => undefined,
  };

  it('are none for a registration without a key, as masters, citizen and numbers are at hand', async () => {
    await assigned();
    const said = await statementsOf(() => stack.post('/api/v1/grievances', complaint, citizen));
    expect(said).toEqual([]);
  });

  it('are one for a command: the row of the case with its pictures', async () => {
    const { number } = await assigned();
    const lme = await stack.login('water-lme-b10');
    await view(number, lme);
    const said = await statementsOf(() => give(number, 'resolve', { remarks: 'Pump repaired' }, lme));
    expect(said).toEqual([expect.stringMatching(/FROM "grievance" "g" LEFT JOIN "attachment"/)]);
  });
});
