import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Balancer } from './balancer.js';

describe('one address for several processes', () => {
  const opened: (Server | Balancer)[] = [];
  afterEach(() => {
    for (const each of opened.splice(0)) {
      if (each instanceof Balancer) each.stop();
      else each.close().closeAllConnections();
    }
  });

  async function answering(name: string): Promise<{ url: string; server: Server }> {
    const server = createServer((_request, response) => response.end(name)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened.push(server);
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
  }

  async function ask(url: string): Promise<string> {
    const answer = await fetch(url, { headers: { Connection: 'close' } });
    return answer.text();
  }

  it('opens no new connection to one that says that it goes, unless all do', async () => {
    const going = new Set(['first']);
    const process = async (name: string): Promise<string> => {
      const server = createServer((request, response) =>
        response.end(
          request.url === '/readyz' ? JSON.stringify({ status: going.has(name) ? 'stopping' : 'ready' }) : name,
        ),
      ).listen(0, '127.0.0.1');
      await once(server, 'listening');
      opened.push(server);
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const balancer = await Balancer.start([await process('first'), await process('second')]);
    opened.push(balancer);
    while ((await ask(balancer.url)) === 'first') await nextTurn();
    for (let n = 0; n < 4; n++) expect(await ask(balancer.url)).toBe('second');
    going.add('second');
    const answers = new Set<string>();
    while (answers.size < 2) answers.add(await ask(balancer.url));
  });

  it('goes to each in turn, and to the others alone while one is away', async () => {
    const [first, second] = [await answering('first'), await answering('second')];
    const balancer = await Balancer.start([first.url, second.url]);
    opened.push(balancer);
    expect(new Set([await ask(balancer.url), await ask(balancer.url)])).toEqual(new Set(['first', 'second']));
    first.server.close();
    first.server.closeAllConnections();
    await once(first.server, 'close');
    for (let n = 0; n < 3; n++) expect(await ask(balancer.url)).toBe('second');
  });
});
