import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { deriveKeys } from '#libs/config/keys';
import type { CaseView } from '#libs/contracts/api/views';
import { AuditEntity } from '#libs/persistence/entities/index';
import { codecFor } from '#libs/temporal/data-converter';
import { startStack, type Stack } from '#libs/testing/stack';

const OLD_SECRET = 'the secret key of last year and long enough';
const UI = 'http://127.0.0.1:8233';
let stack: Stack;
let admin: string;

beforeAll(async () => {
  stack = await startStack({ SECRET_KEY_PREVIOUS: OLD_SECRET });
  admin = await stack.login('it-admin');
}, 120_000);
afterAll(async () => stack?.stop());

interface Decoded {
  payloads: { metadata: Record<string, string>; data: string }[];
}

const asJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});
const decode = (payloads: unknown, token: string | undefined, headers: Record<string, string> = {}) =>
  stack.request<Decoded>('POST', '/codec/decode', {
    body: { payloads },
    headers: { Origin: UI, 'x-namespace': 'default', ...headers },
    ...(token === undefined ? {} : { token }),
  });
const textOf = (payload: Decoded['payloads'][number] | undefined) =>
  Buffer.from(payload?.data ?? '', 'base64').toString();

async function encryptedBy(secret: string, value: unknown) {
  const [payload] = await codecFor(deriveKeys(secret)).encode([defaultPayloadConverter.toPayload(value)]);
  return asJson(payload ?? {});
}

describe('the codec endpoint of Temporal’s UI', () => {
  it('opens what a running case was started with, as the UI asks for it', async () => {
    const citizen = await stack.citizenToken('+919830012345');
    const complaint = { tenant: 'KMC', subCategory: 'WATER_LEAK', ward: 92, description: 'রাস্তায় জল 🌧️' };
    const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, citizen);
    const history = await stack.temporal.client.workflow.getHandle(`grievance/KMC/${body.number}`).fetchHistory();
    const started = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    const closed = started.map((payload) => asJson(payload));
    expect(textOf(closed[0])).not.toContain('রাস্তায়');
    const opened = await decode(closed, admin);
    expect(opened.status).toBe(200);
    expect(textOf(opened.body.payloads[0])).toContain('রাস্তায় জল 🌧️');
    expect(Buffer.from(opened.body.payloads[0]?.metadata['encoding'] ?? '', 'base64').toString()).toBe('json/plain');
    const audit = await stack.sources.read.manager.findOneBy(AuditEntity, { action: 'payloads_decoded' });
    expect(audit).toMatchObject({ actor: 'user:it-admin', subject: 'default', detail: { payloads: 1 } });
  });

  it('opens what was written under the secret key before this one, and leaves what it cannot open as it is', async () => {
    const before = await encryptedBy(OLD_SECRET, 'from before the rotation');
    const foreign = await encryptedBy('a secret key of somebody else and long enough', 'foreign');
    const { body } = await decode([before, foreign], admin);
    expect(textOf(body.payloads[0])).toBe('"from before the rotation"');
    expect(body.payloads[1]).toEqual(foreign);
  });

  it.each([
    ['nobody', undefined, 401],
    ['an officer', 'water-lme-b10', 403],
    ['the call centre', 'call-centre-1', 403],
    ['an auditor', 'auditor', 200],
    ['the state’s administrator', 'state-admin', 200],
  ])('answers %s (%s) with %i', async (_who, username, status) => {
    const token = username === undefined ? undefined : await stack.login(username);
    expect((await decode([], token)).status).toBe(status);
  });

  it('speaks to the pages of Temporal’s UI, cookies included, and to no others', async () => {
    const ask = (origin: string) =>
      stack.request('OPTIONS', '/codec/decode', {
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      });
    const allowed = await ask(UI);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(UI);
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    expect(allowed.headers.get('access-control-allow-headers')).toMatch(/x-namespace/);
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();

    const byCookie = (origin: string) =>
      decode([], undefined, { Origin: origin, Cookie: `pratikar_session=${admin}`, 'Sec-Fetch-Site': 'same-site' });
    const answer = await byCookie(UI);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, UI]);
    expect((await byCookie('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('takes a whole page of history at once, and refuses what is no list of payloads', async () => {
    const large = await encryptedBy(OLD_SECRET, 'x'.repeat(1_000_000));
    expect((await decode([large], admin)).status).toBe(200);
    for (const payloads of [undefined, 'text', [1], [{ data: 5 }], [{ metadata: { encoding: 1 } }]]) {
      expect((await decode(payloads, admin)).status).toBe(422);
    }
    expect((await decode([], admin, { 'x-namespace': 'another' })).status).toBe(422);
  });
});
