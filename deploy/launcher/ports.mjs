import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock } from './lock-file.mjs';
import { Trouble } from './prepare.mjs';

const CLAIM_ATTEMPTS = 20;

/** Rejects with one line when nobody could listen there. */
export function assertPortFree(host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(new Trouble(portTrouble(error.code, host, port))));
    server.listen({ port, host: host.replace(/^\[|\]$/g, ''), exclusive: true }, () => server.close(() => resolve()));
  });
}

function portTrouble(code, host, port) {
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use. Stop the program that has it, or choose another: PORT=${port + 1} npm start`;
  }
  if (code === 'EACCES') return `Port ${port} is reserved for the system. Choose one above 1023: PORT=8080 npm start`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST: this machine has no address ${host}.`;
  return `Nothing can listen on ${host}, port ${port} (${code}).`;
}

/** The first of the preferred ports that is free on the loopback interface, else any that is. */
export async function freePort(...preferred) {
  for (const port of [...preferred.filter(Boolean), 0]) {
    const found = await tryPort(port);
    if (found) return found;
  }
  throw new Trouble('This machine has no free port.');
}

/**
 * A free port as {@link freePort} finds it, that no other launcher of this machine takes as long as this one lives:
 * between finding a port and listening on it another one could find it too, and speak with the wrong server.
 */
export async function claimPort(...preferred) {
  for (const wished of [...preferred.filter(Boolean), ...Array(CLAIM_ATTEMPTS).fill(0)]) {
    const port = await tryPort(wished);
    if (!port) continue;
    const lock = join(tmpdir(), `pratikar-port-${port}.lock`);
    if (await isClaimed(lock)) continue;
    return { port, release: () => rmSync(lock, { force: true }) };
  }
  throw new Trouble('This machine has no free port.');
}

/** A lock of another user, or one that cannot be read, counts as somebody's. */
async function isClaimed(lock) {
  try {
    return (await takeLock(lock)) !== 0;
  } catch {
    return true;
  }
}

function tryPort(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const found = server.address().port;
      server.close(() => resolve(found));
    });
  });
}

/** Waits until somebody listens; false when `stop()` says so first. */
export async function listening(port, stop) {
  while (!stop()) {
    if (await connects(port)) return true;
    await sleep(50);
  }
  return false;
}

function connects(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
