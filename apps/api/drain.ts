import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** For connections on which nothing is asked: their clients open others meanwhile. */
const IDLE_MS = 1_500;
/** For answers that were begun: longer than any call to the cluster may take. */
const ANSWER_MS = 13_000;
const POLL_MS = 50;
/** A turn of the process in which next to nothing was waiting for it. */
const QUIET_TURN_MS = 1;
const MOST_TURNS = 100;

/** Knows what a server still has to answer, so that it can end without a failed request. */
export class Drain {
  private readonly open = new Set<ServerResponse>();
  private begun = false;

  /**
   * Before the server listens.
   * @param noticeMs how long `/readyz` says that this process goes before it takes no new connection: a balancer that has
   * heard it opens none that could be cut off
   */
  constructor(
    private readonly server: Server,
    private readonly noticeMs = 0,
  ) {
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      if (this.begun) response.setHeader('Connection', 'close');
      // Such a stream is never answered to its end; its page opens another one by itself.
      if (request.headers.accept?.includes('text/event-stream')) return;
      this.open.add(response);
      response.once('close', () => this.open.delete(response));
    });
  }

  /**
   * Takes no new connection, lets those that are open end after the answer they get next, and waits for the answers that
   * were begun: a client is told to open another connection, which another process takes, instead of finding this one
   * closed under its request.
   */
  async run(): Promise<void> {
    this.begun = true;
    for (const response of this.open) if (!response.headersSent) response.setHeader('Connection', 'close');
    await sleep(this.noticeMs);
    await everyoneTaken();
    // Not the server's own way to close: it would end connections on which a request may be just coming.
    TcpServer.prototype.close.call(this.server);
    await until(IDLE_MS, async () => (await connectionsOf(this.server)) === 0);
    await until(ANSWER_MS, () => Promise.resolve(this.open.size === 0));
  }
}

/** Closing resets connections that are made and not taken yet: none are after a turn in which there was little to do. */
async function everyoneTaken(): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const begin = performance.now();
    await nextTurn();
    if (performance.now() - begin < QUIET_TURN_MS) return;
  }
}

async function until(ms: number, over: () => Promise<boolean>): Promise<void> {
  for (const giveUp = Date.now() + ms; !(await over()) && Date.now() < giveUp;) await sleep(POLL_MS);
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
}
