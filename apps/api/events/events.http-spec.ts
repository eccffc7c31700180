import type { CaseView } from '#libs/contracts/api/views';
import { startStack, type Stack } from '#libs/testing/stack';

let stack: Stack;
let citizen: string;
let admin: string;
let gro: string;

interface Told {
  event: string;
  id?: string;
  data: { number?: string; version?: number; state?: string; owner?: string | null; gone?: boolean };
}

/** Somebody who listens as a browser does. */
class Ear {
  readonly heard: Told[] = [];
  ended = false;
  private readonly stop = new AbortController();

  static async listen(token: string, headers: Record<string, string> = {}): Promise<Ear> {
    const ear = new Ear();
    const response = await fetch(`${stack.baseUrl}/api/v1/events`, {
      headers: { Authorization: `Bearer ${token}`, Accept: 'text/event-stream', ...headers },
      signal: ear.stop.signal,
    });
    if (response.status !== 200) throw new Error(String(response.status));
    const type = response.headers.get('content-type') ?? '';
    if (!type.includes('text/event-stream')) throw new Error(type);
    void ear.read(response).catch(() => undefined);
    await ear.until(({ event }) => event === 'ready');
    return ear;
  }

  private async read(response: Response): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
    this.ended = true;
  }

  private take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
    const data = field('data');
    const id = field('id');
    if (data === undefined) return;
    this.heard.push({
      event: field('event') ?? 'message',
      ...(id ? { id } : {}),
      data: JSON.parse(data) as Told['data'],
    });
  }

  async until(wanted: (told: Told) => boolean): Promise<Told> {
    const giveUp = Date.now() + 25_000;
    for (;;) {
      const found = this.heard.find(wanted);
      if (found) return found;
      if (Date.now() > giveUp) throw new Error(`Not heard: ${JSON.stringify(this.heard)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async hasEnded(): Promise<boolean> {
    const giveUp = Date.now() + 25_000;
    while (!this.ended && Date.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 50));
    return this.ended;
  }

  close(): void {
    this.stop.abort();
  }
}

async function lodge(subCategory: string): Promise<string> {
  const body = { tenant: 'KMC', subCategory, ward: '91', description: 'Heard at once' };
  const { body: view } = await stack.post<CaseView>('/api/v1/grievances', body, citizen);
  await stack.until(view.number, citizen, 'assigned');
  return view.number;
}

beforeAll(async () => {
  stack = await startStack();
  citizen = await stack.citizenToken('+919830066601');
  admin = await stack.login('it-admin');
  gro = await stack.login('water-gro');
}, 120_000);
afterAll(async () => stack?.stop());

describe('live changes', () => {
  it('reach whoever has the case in their lists, and nobody else', async () => {
    const city = await Ear.listen(admin);
    const department = await Ear.listen(gro);
    const water = await lodge('WATER_NO_SUPPLY');
    const light = await lodge('LIGHT_OFF');
    const told = await department.until(({ data }) => data.number === water && data.state === 'assigned');
    expect(told).toMatchObject({
      event: 'case',
      id: expect.stringMatching(/^\d{13}$/),
      data: { owner: expect.stringContaining('WATER-') },
    });
    await city.until(({ data }) => data.number === light);
    await city.until(({ data }) => data.number === water);
    expect(department.heard.filter(({ data }) => data.number === light)).toEqual([]);
    for (const ear of [city, department]) ear.close();
  });

  it('tell a department that a case has left it, without saying where to', async () => {
    const ear = await Ear.listen(gro);
    const number = await lodge('WATER_NO_SUPPLY');
    await ear.until(({ data }) => data.number === number);
    const transfer = await stack.post(
      `/api/v1/grievances/${number}/transfer`,
      { subCategory: 'LIGHT_OFF', reason: 'A lamp, not a pipe' },
      gro,
    );
    expect(transfer.status).toBe(200);
    const told = await ear.until(({ data }) => data.number === number && data.gone === true);
    expect(Object.keys(told.data).sort()).toEqual(['gone', 'number', 'version']);
    ear.close();
  });

  it('are told again from where the listener was cut off', async () => {
    const before = String(Date.now());
    const number = await lodge('WATER_NO_SUPPLY');
    const ear = await Ear.listen(gro, { 'Last-Event-ID': before });
    expect((await ear.until(({ data }) => data.number === number)).data.state).toBe('assigned');
    ear.close();
  });

  it('end with the session', async () => {
    const login = await stack.post<{ token: string }>('/api/v1/auth/login', {
      username: 'water-gro',
      password: 'monsoon-tram-42',
    });
    const ear = await Ear.listen(login.body.token);
    await stack.post('/api/v1/auth/logout', {}, login.body.token);
    expect(await ear.hasEnded()).toBe(true);
  });

  it('are for staff, and for five pages of one person at a time', async () => {
    await expect(Ear.listen(citizen)).rejects.toThrow('403');
    expect((await fetch(`${stack.baseUrl}/api/v1/events`)).status).toBe(401);
    const auditor = await stack.login('mayor-osd');
    const ears = [];
    for (let page = 0; page < 5; page++) ears.push(await Ear.listen(auditor));
    await expect(Ear.listen(auditor)).rejects.toThrow('429');
    ears[0]?.close();
    // The server hears of the end of a connection a moment after it.
    const giveUp = Date.now() + 25_000;
    for (let more: Ear | undefined; !more && Date.now() < giveUp;) {
      more = await Ear.listen(auditor).catch(() => undefined);
      if (more) ears.push(more);
    }
    expect(ears).toHaveLength(6);
    for (const ear of ears) ear.close();
  });
});
