import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseView } from '#libs/contracts/api/views';
import { AuditEntity } from '#libs/persistence/entities/index';
import { startStack, type Stack } from '#libs/testing/stack';

interface Counted {
  count: number;
  query: Record<string, string>;
}
interface Item {
  item: string;
  registered: Counted;
  rating: Counted & { average: number | null; low: number; high: number; poor: boolean; distribution: Counted[] };
  reopened: Counted;
  dissatisfied: Counted;
}
interface Answer {
  items: Item[];
  total: Item[];
  poor: { item: string }[];
  remarks: { item: string; items: { number: string; text: string }[] }[];
  definitions: Record<string, Record<string, string>>;
  asOf: string;
  next: string | null;
}
interface Call {
  number: string;
  citizen: { name: string; mobile: string } | null;
  mayReveal: boolean;
  calls: { outcome: string; note: string; by: string }[];
}

const SUB_CATEGORY = 'WATER_NO_SUPPLY';
const MOBILE = '+919830055501';
let stack: Stack;
let citizen: string;
let admin: string;
let mayor: string;
let owner: string;
const numbers: string[] = [];

const insight = <T = Answer>(path: string, token: string) => stack.get<T>(`/api/v1/insight/${path}`, token);

async function usernameOf(position: string): Promise<string> {
  const rows: { username: string }[] = await stack.sources.read.query(
    "SELECT username FROM holding WHERE position = ? AND kind = 'holder' AND username IS NOT NULL",
    [position],
  );
  return rows[0]?.username ?? '';
}

/** A complaint answered and rated with one star. */
async function disappoint(words: string): Promise<string> {
  const body = { tenant: 'KMC', subCategory: SUB_CATEGORY, ward: '91', description: words };
  const { body: view } = await stack.post<CaseView>('/api/v1/grievances', body, citizen);
  const { owner: post } = await stack.until(view.number, citizen, 'assigned');
  owner = await stack.login(await usernameOf(post?.position ?? ''));
  const path = `/api/v1/grievances/${view.number}`;
  const answer = await stack.post<CaseView>(`${path}/resolve`, { remarks: 'Line cleared' }, owner);
  expect(answer.status).toBe(200);
  const rated = await stack.post<CaseView>(`${path}/rate`, { rating: 1, remarks: `=জল নেই ${words}` }, citizen);
  expect(rated.body).toMatchObject({ state: 'reopened', rating: 1 });
  await stack.get(`${path}?version=${rated.body.version}`, citizen);
  return view.number;
}

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken(MOBILE);
  admin = await stack.login('it-admin');
  mayor = await stack.login('mayor-osd');
  for (let index = 0; index < 6; index++) numbers.push(await disappoint(`tap ${index}`));
  // Figures are brought up to date every two seconds.
  await sleep(2_100);
}, 180_000);
afterAll(async () => stack?.stop());

describe('figures over HTTP', () => {
  it('name a service with six bad ratings, with interval, remarks and definitions in three languages', async () => {
    const { status, body } = await insight('services', admin);
    expect(status).toBe(200);
    const [worst] = body.items;
    expect(worst).toMatchObject({ item: SUB_CATEGORY, rating: { count: 6, average: 1, low: 1, poor: true } });
    expect(worst?.rating.high).toBeLessThan(3);
    expect(body.poor).toEqual([expect.objectContaining({ item: SUB_CATEGORY })]);
    expect(body.remarks[0]?.items).toHaveLength(5);
    expect(body.remarks[0]?.items[0]?.text).toContain('জল নেই');
    expect(Object.keys(body.definitions)).toEqual(['bn', 'hi', 'en']);
    expect(Date.parse(body.asOf)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('open exactly their cases, through the query each of them carries', async () => {
    for (const by of ['department', 'ward', 'borough', 'officer', 'source', 'month', 'service', 'category', 'total']) {
      const { body } = await insight(`performance?by=${by}`, admin);
      for (const { registered, rating, reopened, dissatisfied } of body.items) {
        for (const { count, query } of [registered, rating, reopened, dissatisfied, ...rating.distribution]) {
          const parameters = new URLSearchParams(query).toString();
          const answer = await stack.get(`/api/v1/grievances/count?${parameters}`, admin);
          expect({ by, query, ...answer.body }).toEqual({ by, query, total: count });
        }
      }
      expect(body.items.reduce((sum, each) => sum + each.registered.count, 0)).toBe(6);
    }
    const wards = await insight('ward-map', admin);
    expect(wards.body.items).toEqual([expect.objectContaining({ item: '91' })]);
  });

  it('come as CSV and as XLSX, by format or by Accept, without formulas', async () => {
    const csv = await stack.request<string>('GET', '/api/v1/insight/services', {
      token: admin,
      headers: { Accept: 'text/csv' },
    });
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(csv.headers.get('content-disposition')).toContain('services-by-service.csv');
    expect(csv.body).toContain(`KMC,${SUB_CATEGORY},`);
    const calls = await stack.get<string>('/api/v1/insight/call-list?all=true&format=csv', admin);
    expect(calls.body).toContain(`'=জল নেই`);
    expect(calls.body).not.toContain(MOBILE.slice(3));
    const response = await fetch(`${stack.baseUrl}/api/v1/insight/performance?by=ward&format=xlsx`, {
      headers: { Authorization: `Bearer ${admin}` },
    });
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect((await insight('services?format=pdf', admin)).status).toBe(422);
  });

  it('refuse nonsense by field', async () => {
    for (const path of [
      'performance?by=moon',
      'services?from=2026-13',
      'services?from=2026-05&to=2026-01',
      'register?limit=0',
      'services?tenant=DELHI',
    ])
      expect({ path, ...(await insight(path, admin)) }).toMatchObject({ path, status: 422 });
  });
});

describe('who may see figures', () => {
  it('is told by role: city, department, nobody else', async () => {
    const water = await stack.login('water-gro');
    expect((await insight('services', water)).body.items).toHaveLength(1);
    expect((await insight('services?department=LIGHT', water)).body.items).toEqual([]);
    expect((await insight('services', mayor)).body.items).toHaveLength(1);
    for (const token of [owner, citizen]) {
      for (const path of ['services', 'performance', 'register', 'ward-map', 'call-list'])
        expect((await insight(path, token)).status).toBe(403);
    }
    expect((await stack.get('/api/v1/insight/services')).status).toBe(401);
  });

  it('shows a department nothing of the others', async () => {
    const rows: { username: string }[] = await stack.sources.read.query(
      `SELECT h.username AS username FROM holding h JOIN post p ON p.tenant = h.tenant AND p.position = h.position
       WHERE p.role = 'gro' AND p.tenant = 'KMC' AND p.department NOT IN ('WATER') AND h.username IS NOT NULL AND h.kind = 'holder'`,
    );
    const other = await stack.login(rows[0]?.username ?? '');
    expect((await insight('services', other)).body.items).toEqual([]);
    expect((await insight<{ items: Call[] }>('call-list?all=true', other)).body.items).toEqual([]);
  });
});

describe('the call list', () => {
  it('holds the complainants of poorly rated services, masked, and reveals for a reason that is kept', async () => {
    const { body } = await insight<{ items: Call[] }>('call-list', admin);
    expect(body.items.map(({ number }) => number).sort()).toEqual([...numbers].sort());
    const [first] = body.items;
    expect(first?.citizen?.mobile).toMatch(/^\+91\*+5501$/);
    expect(first?.mayReveal).toBe(true);
    const path = `/api/v1/grievances/${first?.number}/reveal`;
    const revealed = await stack.post<{ mobile: string }>(path, { reason: 'Call about a bad rating' }, admin);
    expect(revealed.body.mobile).toBe(MOBILE);
    const trail = await stack.sources.read.manager.findBy(AuditEntity, { action: 'citizen_revealed' });
    expect(trail).toHaveLength(1);
  });

  it('keeps what came of a call and leaves out whoever was reached', async () => {
    const [number = '', other = ''] = numbers;
    const path = (each: string) => `/api/v1/insight/call-list/${each}/outcomes`;
    expect((await stack.post(path(number), { outcome: 'reached', note: 'Water came back' }, admin)).status).toBe(201);
    expect((await stack.post(path(other), { outcome: 'no_answer' }, mayor)).status).toBe(201);
    const { body } = await insight<{ items: Call[] }>('call-list?pending=true', admin);
    expect(body.items).toHaveLength(5);
    expect(body.items.find((each) => each.number === other)?.calls).toEqual([
      expect.objectContaining({ outcome: 'no_answer' }),
    ]);
    expect((await stack.post(path(number), { outcome: 'shouted' }, admin)).status).toBe(422);
    expect((await stack.post(path(number), { outcome: 'reached' }, owner)).status).toBe(403);
    expect((await stack.post(path('KMC-26-9999999-0'), { outcome: 'reached' }, admin)).status).toBeGreaterThanOrEqual(
      404,
    );
  });

  it('comes page by page', async () => {
    const first = await insight<{ items: Call[]; next: string }>('call-list?limit=4', admin);
    const second = await insight<{ items: Call[]; next: null }>(`call-list?limit=4&cursor=${first.body.next}`, admin);
    expect(second.body.next).toBeNull();
    expect([...first.body.items, ...second.body.items].map(({ number }) => number).sort()).toEqual([...numbers].sort());
  });
});
