import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Drain } from './drain.js';

async function get(port: number, agent: Agent, accept = '*/*'): Promise<IncomingMessage> {
  const asked = request({ port, host: '127.0.0.1', agent, headers: { accept } }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

async function textOf(answer: IncomingMessage): Promise<string> {
  return Buffer.concat(await answer.toArray()).toString();
}

describe('a server that is to end', () => {
  let server: Server;
  let port: number;
  let drain: Drain;
  let agent: Agent;
  let waiting: ServerResponse[];

  beforeEach(async () => {
    waiting = [];
    server = createServer((incoming, response) => {
      if (incoming.headers.accept === 'later') waiting.push(response);
      else if (incoming.headers.accept === 'text/event-stream') response.write('data: first\n\n');
      else response.end('at once');
    });
    drain = new Drain(server);
    agent = new Agent({ keepAlive: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => {
    agent.destroy();
    server.closeAllConnections();
  });

  it('waits for an answer that takes longer than idle connections are kept, and ends its connection with it', async () => {
    const answer = get(port, agent, 'later');
    await once(server, 'request');
    const begun = Date.now();
    const drained = drain.run();
    setTimeout(() => waiting[0]?.end('at last'), 2_000);
    await drained;
    expect(Date.now() - begun).toBeGreaterThanOrEqual(1_900);
    const { headers } = await answer;
    expect([headers.connection, await textOf(await answer)]).toEqual(['close', 'at last']);
  });

  it('takes no new connection, and tells an open one to end with the answer it gets next', async () => {
    await textOf(await get(port, agent));
    const drained = drain.run();
    while (server.listening) await nextTurn();
    const [refused] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(refused.code).toBe('ECONNREFUSED');
    const answer = await get(port, agent);
    expect([answer.headers.connection, await textOf(answer)]).toEqual(['close', 'at once']);
    await drained;
  });

  it('takes connections while it says that it goes, and tells each to end with its answer', async () => {
    const noticed = new Drain(server, 500).run();
    const [early, later] = [await get(port, agent), await get(port, new Agent())];
    for (const answer of [early, later]) {
      expect([answer.headers.connection, await textOf(answer)]).toEqual(['close', 'at once']);
    }
    expect(server.listening).toBe(true);
    await noticed;
    expect(server.listening).toBe(false);
  });

  it('does not wait for streams that never end', async () => {
    await get(port, agent, 'text/event-stream');
    const begun = Date.now();
    await drain.run();
    expect(Date.now() - begun).toBeLessThan(12_000);
  });
});
