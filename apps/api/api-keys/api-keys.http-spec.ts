import type { CaseView } from '#libs/contracts/api/views';
import { ApiKeyEntity } from '#libs/persistence/entities/index';
import { startStack, type Stack } from '#libs/testing/stack';

let stack: Stack;
let citizen: string;
let admin: string;
let number: string;

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken('+919830012345');
  admin = await stack.login('it-admin');
  const complaint = { tenant: 'KMC', subCategory: 'WATER_NO_SUPPLY', ward: 92, description: 'No water' };
  const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, citizen);
  number = (await stack.until(body.number, citizen, 'assigned')).number;
}, 120_000);
afterAll(async () => stack?.stop());

interface Issued {
  id: string;
  key: string;
}

async function issue(scopes: string[], token = admin): Promise<Issued> {
  const { status, body } = await stack.post<Issued>('/api/v1/api-keys', { name: 'State portal', scopes }, token);
  expect(status).toBe(201);
  return body;
}

const viaHeader = (method: string, path: string, key: string, body?: unknown) =>
  stack.request<CaseView & { code?: string }>(method, path, {
    headers: { 'x-api-key': key },
    ...(body === undefined ? {} : { body }),
  });

describe('an API key', () => {
  it('lets another system read cases with the citizen masked, as a header of its own or as a bearer', async () => {
    const { key } = await issue(['grievances.read']);
    const path = `/api/v1/grievances/${number}`;
    const expected = { status: 200, body: { number, citizen: { mobile: '+91******2345' }, allowed: [] } };
    expect(await viaHeader('GET', path, key)).toMatchObject(expected);
    expect(await stack.get(path, key)).toMatchObject(expected);
  });

  it('opens nothing that is not in its scopes', async () => {
    const { key } = await issue(['grievances.read', 'masters.read']);
    const complaint = { tenant: 'KMC', subCategory: 'WATER_LEAK', ward: 92, description: 'A pipe has burst' };
    const refused = [
      await viaHeader('POST', '/api/v1/grievances', key, complaint),
      await viaHeader('POST', `/api/v1/grievances/${number}/comment`, key, { text: 'x' }),
      await viaHeader('POST', `/api/v1/grievances/${number}/reveal`, key, { reason: 'x' }),
      await viaHeader('GET', `/api/v1/grievances/${number}/history`, key),
      await viaHeader('GET', '/api/v1/users', key),
      await viaHeader('GET', '/api/v1/api-keys', key),
      await viaHeader('POST', '/api/v1/import/holidays', key, {}),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [403, 'scope_missing']));
  });

  it('lodges for citizens, and what it lodged says by whom', async () => {
    const { key, id } = await issue(['grievances.write']);
    const body = {
      tenant: 'KMC',
      subCategory: 'WATER_LEAK',
      ward: 92,
      description: 'A pipe has burst',
      source: 'state_portal',
      citizen: { mobile: '9830012399', name: 'Mitali Sen' },
    };
    const lodged = await viaHeader('POST', '/api/v1/grievances', key, body);
    expect(lodged).toMatchObject({ status: 201, body: { source: 'state_portal', citizen: { name: 'Mitali Sen' } } });
    await stack.until(lodged.body.number, admin, 'assigned');
    const [row] = await stack.sources.read.query('SELECT lodged_by FROM grievance WHERE number = ?', [
      lodged.body.number,
    ]);
    expect(row).toEqual({ lodged_by: `partner:${id}` });
  });

  it('stays in its city', async () => {
    const { key } = await issue(['grievances.read', 'grievances.write'], await stack.login('ndp-admin'));
    expect((await viaHeader('GET', `/api/v1/grievances/${number}`, key)).status).toBe(404);
    expect((await viaHeader('POST', `/api/v1/grievances/${number}/comment`, key, { text: 'x' })).status).toBe(404);
    const list = await stack.get<{ items: CaseView[] }>('/api/v1/grievances', key);
    expect(list).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('is worth nothing once it was ended, nor when it is made up', async () => {
    const { id, key } = await issue(['grievances.read']);
    const path = `/api/v1/grievances/${number}`;
    expect((await viaHeader('GET', path, key)).status).toBe(200);
    await stack.request('DELETE', `/api/v1/api-keys/${id}`, { token: admin });
    expect((await viaHeader('GET', path, key)).status).toBe(401);
    expect((await viaHeader('GET', path, `${key.slice(0, -2)}xx`)).status).toBe(401);
    expect((await viaHeader('GET', path, 'no key at all')).status).toBe(401);
  });

  it('is stored as its hash alone', async () => {
    const { id, key } = await issue(['grievances.read']);
    const row = await stack.sources.read.manager.findOneByOrFail(ApiKeyEntity, { id });
    expect(row.keyHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(key);
  });
});
