import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const AT_ONCE = 200;
/** Longer than the server waits for the head of a request, and the interval at which it looks. */
const GIVE_UP_MS = 25_000;

export interface ConnectionFindings {
  idle: number;
  /** Slowest answer to somebody else meanwhile, in milliseconds. */
  slowestMs: number;
  /** Clients that sent their head drop by drop, and how many of them were cut off. */
  slow: number;
  cutOff: number;
}

/**
 * Holds so many connections open without a word, some that send a head drop by drop, some that end their half at once;
 * and asks like anybody else meanwhile.
 */
export async function holdConnections(url: string, idle: number, slow: number): Promise<ConnectionFindings> {
  const { hostname, port } = new URL(url);
  const open = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }, () => resolve(socket));
      socket.once('error', reject);
    });
  const sockets: Socket[] = [];
  try {
    while (sockets.length < idle) {
      const count = Math.min(AT_ONCE, idle - sockets.length);
      sockets.push(...(await Promise.all(Array.from({ length: count }, open))));
    }
    for (const socket of sockets) socket.on('error', () => undefined);
    // Every tenth has ended its own half, and never closes.
    for (const [place, socket] of sockets.entries()) if (place % 10 === 0) socket.end();
    let cutOff = 0;
    const dripping: Promise<void>[] = [];
    for (let n = 0; n < slow; n++) {
      const socket = await open();
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => (cutOff += 1));
      socket.once('end', () => socket.destroy());
      dripping.push(drip(socket));
    }
    let slowestMs = 0;
    const over = Promise.all(dripping).then(() => true);
    for (let done = false; !done; done = await Promise.race([over, sleep(500).then(() => false)])) {
      const begin = performance.now();
      const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) });
      await response.text();
      slowestMs = Math.max(slowestMs, performance.now() - begin);
    }
    return { idle, slowestMs, slow, cutOff };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function drip(socket: Socket): Promise<void> {
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n');
  for (const giveUp = Date.now() + GIVE_UP_MS; Date.now() < giveUp && !socket.destroyed; await sleep(500))
    socket.write('X-Slow: 1\r\n');
}
