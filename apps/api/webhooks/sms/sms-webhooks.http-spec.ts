import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseView, TimelineItem } from '#libs/contracts/api/views';
import { startStack, type OutboxLine, type Stack } from '#libs/testing/stack';

let stack: Stack;
let nextMobile = 9_830_066_000;

beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(async () => stack?.stop());

/** A citizen nobody has met, with a case of their own that an officer has. */
async function lodged(locale = 'en'): Promise<{ number: string; mobile: string; token: string }> {
  const mobile = `+91${(nextMobile += 1)}`;
  const token = await stack.citizenToken(mobile);
  const complaint = { tenant: 'KMC', subCategory: 'LIGHT_OFF', ward: 91, description: 'Lamp 14 is dark', locale };
  const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, token);
  await stack.until(body.number, token, 'assigned');
  return { number: body.number, mobile, token };
}

async function resolve({ number, token }: { number: string; token: string }): Promise<void> {
  const officer = await stack.login('light-lme-b10');
  const acting = await stack.get<CaseView>(`/api/v1/grievances/${number}`, officer);
  const by =
    acting.status === 200 && acting.body.allowed.includes('resolve') ? officer : await stack.login('light-ee-b10');
  await stack.post(`/api/v1/grievances/${number}/resolve`, { remarks: 'Lamp replaced' }, by);
  await stack.until(number, token, 'resolved');
}

let nextId = 0;
const sms = (from: string, text: string, more: Record<string, string> = {}) =>
  stack.request('POST', '/webhooks/sms/console', {
    raw: new URLSearchParams({ from, text, id: `in-${(nextId += 1)}`, ...more }).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });

const told = (mobile: string): OutboxLine[] =>
  stack.outbox().filter((line) => line.to === mobile && line.template.startsWith('sms_'));

async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(25);
  }
  throw new Error('It did not come about');
}

describe('a citizen with nothing but SMS', () => {
  it('asks for the status, also in Bengali and without the letters of the number', async () => {
    const { number, mobile } = await lodged();
    await sms(mobile, `Status ${number.toLowerCase().replaceAll('-', ' ')}`);
    await sms(mobile, `অবস্থা ${number}`);
    await sms(mobile, `STATUS ${number.slice(4).replaceAll('-', '')}`);
    const answers = told(mobile);
    expect(answers.map(({ template, locale }) => [template, locale])).toEqual([
      ['sms_status', 'en'],
      ['sms_status', 'bn'],
      ['sms_status', 'en'],
    ]);
    expect(answers[0]?.text).toMatch(/is with the Lighting Inspector.*The work is due/);
    expect(answers[0]?.case).toBe(number);
  });

  it('rates, and a bad rating with remarks reopens the case', async () => {
    const filed = await lodged();
    await resolve(filed);
    await sms(filed.mobile, `STATUS ${filed.number}`);
    expect(told(filed.mobile).at(-1)?.text).toMatch(/has been answered/);
    await sms(filed.mobile, `RATE ${filed.number} 2 still broken`);
    const view = await stack.until(filed.number, filed.token, 'reopened');
    expect(view).toMatchObject({ rating: 2, remarks: 'still broken', reopens: 1 });
    await eventually(() => stack.outbox().find((line) => line.case === filed.number && line.template === 'reopened'));
  });

  it('rates by the link in the message, once, without logging in', async () => {
    const filed = await lodged();
    await resolve(filed);
    const asked = await eventually(() =>
      stack.outbox().find((line) => line.case === filed.number && line.template === 'resolved'),
    );
    const address = /\/r\/[\w-]{22}\b/.exec(asked.text)?.[0] ?? 'no link';
    expect(asked.text).toContain(`${stack.settings.publicUrl}${address}`);
    const form = (rating: string, remarks = '') =>
      stack.request<string>('POST', address, {
        raw: new URLSearchParams({ rating, remarks }).toString(),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      });
    expect((await stack.get<string>(address)).body).toContain('Lamp replaced');
    expect((await stack.get(`${address.slice(0, -4)}AAAA`)).status).toBe(404);
    expect((await form('2', 'still dark')).body).toContain('open again');
    expect(await stack.until(filed.number, filed.token, 'reopened')).toMatchObject({
      rating: 2,
      remarks: 'still dark',
    });
    expect((await form('5')).body).toContain('can no longer be rated');
    // The next answer is asked about by a link of its own; the old one says that there is none.
    await resolve(filed);
    expect((await form('5')).status).toBe(404);
  });

  it('reopens with a reason, and a good rating closes', async () => {
    const filed = await lodged();
    await resolve(filed);
    await sms(filed.mobile, `REOPEN ${filed.number} It went dark again`);
    await stack.until(filed.number, filed.token, 'reopened');
    await resolve(filed);
    await sms(filed.mobile, `রেট ${filed.number} ৫ ধন্যবাদ`);
    expect(await stack.until(filed.number, filed.token, 'closed')).toMatchObject({ outcome: 'satisfied', rating: 5 });
    await sms(filed.mobile, `RATE ${filed.number} 1`);
    expect(told(filed.mobile).at(-1)).toMatchObject({
      template: 'sms_refused',
      text: expect.stringMatching(/is closed/) as string,
    });
  });

  it('is told why nothing can be rated or reopened yet', async () => {
    const { number, mobile } = await lodged();
    await sms(mobile, `RATE ${number} 4`);
    await sms(mobile, `REOPEN ${number} please`);
    expect(told(mobile).map(({ text }) => text)).toEqual([
      expect.stringMatching(/still being worked on/),
      expect.stringMatching(/still being worked on/),
    ]);
  });

  it('learns nothing of the cases of others, nor whether there are any', async () => {
    const { number } = await lodged();
    const stranger = '+919830067001';
    await sms(stranger, `STATUS ${number}`);
    await sms(stranger, `RATE ${number} 1`);
    await sms(stranger, 'STATUS KMC-26-0099999-0');
    const answers = told(stranger);
    expect(answers).toHaveLength(3);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).not.toContain(number);
  });

  it('is helped whenever they ask, and once when they write anything else', async () => {
    const mobile = '+919830067002';
    for (const text of ['hello', 'hello?', 'আমার জল নেই', 'your message was received']) await sms(mobile, text);
    expect(told(mobile)).toHaveLength(1);
    await sms(mobile, 'HELP');
    await sms(mobile, 'सहायता');
    expect(told(mobile).map(({ locale }) => locale)).toEqual(['en', 'en', 'hi']);
  });

  it('does nothing twice when the gateway calls twice', async () => {
    const { number, mobile } = await lodged();
    await sms(mobile, `STATUS ${number}`, { id: 'twice' });
    await sms(mobile, `STATUS ${number}`, { id: 'twice' });
    expect(told(mobile)).toHaveLength(1);
  });
});

describe('delivery reports', () => {
  const statusOf = async (number: string, token: string, id: string) => {
    const { body } = await stack.get<{ items: TimelineItem[] }>(`/api/v1/grievances/${number}/timeline`, token);
    return body.items.flatMap((item) => item.notifications).find((each) => each.id === id);
  };

  it('stand under the message they are about', async () => {
    const { number, token, mobile } = await lodged();
    const line = await eventually(() => stack.outbox().find((each) => each.case === number && each.to === mobile));
    await stack.get(`/webhooks/sms/console?id=${encodeURIComponent(line.id)}&status=DELIVERED`);
    expect(
      await eventually(async () => {
        const found = await statusOf(number, token, line.id);
        return found?.status === 'delivered' ? found : undefined;
      }),
    ).toMatchObject({ status: 'delivered', channel: 'sms' });
  });

  it('on messages that are not stored are taken without harm', async () => {
    const early = await stack.get('/webhooks/sms/console?id=98765432109876543210&status=DELIVERED');
    expect(early.status).toBe(200);
    const [row] = await stack.sources.read.query('SELECT provider_id FROM early_report WHERE channel = ?', ['sms']);
    expect(row).toEqual({ provider_id: '98765432109876543210' });
  });

  it('that make no sense are passed over', async () => {
    for (const query of ['', 'id=1', 'status=DELIVERED', 'from=abc&text=STATUS', `id=${'9'.repeat(400)}&status=X`]) {
      expect((await stack.get(`/webhooks/sms/console?${query}`)).status).toBe(200);
    }
  });
});

describe('webhooks of gateways', () => {
  it('exist for the gateway of the settings alone', async () => {
    expect((await stack.get('/webhooks/sms/gupshup?externalId=1&eventType=DELIVERED')).status).toBe(404);
    expect((await stack.request('PUT', '/webhooks/sms/console')).status).toBe(404);
  });
});

describe('a missed call', () => {
  it('is answered by one SMS with a link, however often it rings within the hour', async () => {
    for (const from of ['9830068001', '+919830068001', '09830068001']) {
      expect((await stack.get(`/webhooks/missed-call?CallFrom=${encodeURIComponent(from)}`)).status).toBe(200);
    }
    const told = () => stack.outbox().filter((line) => line.to === '+919830068001');
    await eventually(() => told()[0]);
    await sleep(300);
    const answers = told();
    expect(answers).toMatchObject([{ template: 'missed_call', locale: 'bn', channel: 'sms' }]);
    expect(answers[0]?.text).toContain(stack.settings.publicUrl);
  });

  it('from a number that is none is passed over', async () => {
    expect((await stack.get('/webhooks/missed-call?from=anonymous')).status).toBe(200);
    expect((await stack.get('/webhooks/missed-call')).status).toBe(200);
  });
});
