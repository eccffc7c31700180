import { setTimeout as sleep } from 'node:timers/promises';
import type { TimelineItem } from '#libs/contracts/api/views';
import { startStack, type Stack } from '#libs/testing/stack';
import { freePort } from '#libs/testing/temporal';

interface Look {
  revision: number;
  whatsapp: boolean;
  phones: { mobile: string; items: { id: string; channel: string; from: string; text: string; status?: string }[] }[];
}

const MOBILE = '+919830012345';
const PATH = `/simulator/api/phones/${encodeURIComponent(MOBILE)}`;

async function look(stack: Stack, after = 0, mobile = MOBILE): Promise<Look> {
  const query = `mobiles=${encodeURIComponent(mobile)}&looking=${encodeURIComponent(mobile)}&after=${after}`;
  return (await stack.get<Look>(`/simulator/api/phones?${query}`)).body;
}

async function until<T>(check: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await check();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error('It did not come about');
}

describe('in demo mode', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ PORT: String(await freePort()) });
    await look(stack);
  }, 120_000);
  afterAll(async () => stack?.stop());

  it('a chat goes all the way round, and stands in the outbox too', async () => {
    const { status } = await stack.post(`${PATH}/messages`, { channel: 'whatsapp', kind: 'text', text: 'hello' });
    expect(status).toBe(202);
    const answer = await until(async () =>
      (await look(stack)).phones[0]?.items.find((item) => item.from === 'city' && item.status === 'read'),
    );
    expect(answer.text).not.toBe('');
    expect(stack.outbox().filter((line) => line.channel === 'whatsapp' && line.to === MOBILE)).not.toEqual([]);
    const later = await look(stack, (await look(stack)).revision);
    expect(later.phones[0]?.items).toEqual([]);
  });

  it('only what is on the telephone can be tapped, and nonsense is refused', async () => {
    const refused = [
      { channel: 'whatsapp', kind: 'choice', of: 'wamid.none', id: 'x' },
      { channel: 'whatsapp', kind: 'place', lat: 200, lon: 0 },
      { channel: 'whatsapp', kind: 'dance' },
      { channel: 'sms', kind: 'text' },
      {},
    ];
    for (const body of refused) expect((await stack.post(`${PATH}/messages`, body)).status).toBe(422);
    expect((await stack.post('/simulator/api/phones/12/messages', refused[0])).status).toBe(422);
    expect((await stack.post('/simulator/api/weather', { fault: 7 })).status).toBe(422);
    expect((await stack.post(`${PATH}/media`, {})).status).toBe(422);
  });

  it('what is not a page of the simulator is not served by it', async () => {
    expect((await stack.get('/simulator/assets/..%2F..%2Fpackage.json')).status).toBe(404);
    expect((await stack.get('/simulator/nothing')).status).toBe(404);
  });

  it('an SMS that did not arrive says so in the timeline', async () => {
    const mobile = '+919830077001';
    const onPhone = async (status: string, words: string) =>
      (await look(stack, 0, mobile)).phones[0]?.items.find(
        (item) => item.status === status && item.text.includes(words),
      );
    const token = await stack.citizenToken(mobile);
    const complaint = { tenant: 'KMC', subCategory: 'LIGHT_OFF', ward: 91, description: 'Dark', locale: 'en' };
    const { body } = await stack.post<{ number: string }>('/api/v1/grievances', complaint, token);
    const view = await stack.until(body.number, token, 'assigned');
    await until(() => onPhone('delivered', 'is registered'));
    await stack.post('/simulator/api/weather', { smsFaults: 1 });
    const officer = await stack.login(view.owner?.position.toLowerCase() ?? '');
    await stack.post(`/api/v1/grievances/${body.number}/comment`, { text: 'Tomorrow', public: true }, officer);
    await until(() => onPhone('failed', 'Tomorrow'));
    const said = await until(async () => {
      const timeline = await stack.get<{ items: TimelineItem[] }>(`/api/v1/grievances/${body.number}/timeline`, token);
      return timeline.body.items
        .flatMap(({ notifications }) => notifications)
        .find(({ status }) => status === 'failed');
    });
    expect(said).toMatchObject({ channel: 'sms', template: 'comment_public' });
  });
});

describe('elsewhere', () => {
  it('there is no simulator', async () => {
    const stack = await startStack({ DEMO: 'off' });
    try {
      expect((await stack.get('/simulator')).status).toBe(404);
      expect((await stack.get('/simulator/api/phones')).status).toBe(404);
      expect((await stack.post('/simulator/graph/v26.0/simulator/messages', {})).status).toBe(404);
    } finally {
      await stack.stop();
    }
  }, 120_000);

  it('where another Graph API is set only SMS is simulated', async () => {
    const stack = await startStack({
      PORT: String(await freePort()),
      WHATSAPP_API_URL: 'http://127.0.0.1:9',
      WHATSAPP_PHONE_NUMBER_ID: '1',
      WHATSAPP_TOKEN: 't',
    });
    try {
      expect(await look(stack)).toMatchObject({ whatsapp: false });
      const chat = { channel: 'whatsapp', kind: 'text', text: 'x' };
      expect(await stack.post(`${PATH}/messages`, chat)).toMatchObject({
        status: 409,
        body: { code: 'other_graph_api' },
      });
      expect((await stack.post(`${PATH}/messages`, { channel: 'sms', kind: 'text', text: 'HELP' })).status).toBe(202);
      await until(async () =>
        (await look(stack)).phones[0]?.items.find((item) => item.from === 'city' && item.status === 'delivered'),
      );
    } finally {
      await stack.stop();
    }
  }, 120_000);
});
