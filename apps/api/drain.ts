import type { Server } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 1_500;
const POLL_MS = 50;

/**
 * Takes no new connection, and lets those that are open end after the answer they get next: a client is told to open
 * another one, which another process takes, instead of finding this one closed under its request.
 */
export async function drain(server: Server): Promise<void> {
  server.prependListener('request', (_request, response) => void response.setHeader('Connection', 'close'));
  // Not the server's own way to close: it would end connections on which a request may be just coming.
  TcpServer.prototype.close.call(server);
  for (const giveUp = Date.now() + PATIENCE_MS; Date.now() < giveUp; await sleep(POLL_MS))
    if ((await connectionsOf(server)) === 0) return;
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
}
