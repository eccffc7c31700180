import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SEARCH_ATTRIBUTES } from '#libs/contracts/temporal/names';
import { ensureTemporalCli, ensureTestServer } from '../../deploy/launcher/binaries.mjs';

/** Path of the time-skipping test server, fetched when this machine has none. */
export function testServerPath(): Promise<string> {
  return ensureTestServer();
}

/** Path of the Temporal CLI, fetched when this machine has none. */
export function cliPath(): Promise<string> {
  return ensureTemporalCli();
}

/** A TCP port on the loopback interface that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export interface DevServer {
  /** `host:port` for `TEMPORAL_ADDRESS`. */
  address: string;
  namespace: string;
  pid: number;
  /** Ends the server and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A real Temporal development server on the loopback interface, with the project's namespace and search attributes. */
export async function startDevServer(options: { port?: number; namespace?: string } = {}): Promise<DevServer> {
  const port = options.port ?? (await freePort());
  const namespace = options.namespace ?? 'default';
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)];
  args.push('--namespace', namespace, '--log-level', 'error');
  for (const name of Object.values(SEARCH_ATTRIBUTES)) args.push('--search-attribute', `${name}=Keyword`);
  const child = spawn(await cliPath(), args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const killWithTheTest = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithTheTest);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    process.removeListener('exit', killWithTheTest);
    child.kill(signal);
    await ended;
  };
  const giveUp = Date.now() + 30_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > giveUp) {
      await stop('SIGKILL');
      throw new Error(`The Temporal development server did not start on port ${port}`);
    }
    await sleep(50);
  }
  return { address: `127.0.0.1:${port}`, namespace, pid: child.pid ?? 0, stop };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
