import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../context.js';

export interface BenchMariaDb {
  socketPath: string;
  /** For the DATABASE_URL of a process that is measured. */
  url(database: string): string;
  stop(): Promise<void>;
}

const START_MS = 60_000;

/** A MariaDB of the measurement's own in this folder; what the folder holds from an earlier run is used again. */
export async function startMariaDb(folder: string): Promise<BenchMariaDb> {
  const data = join(folder, 'mariadb');
  const socketPath = join(folder, 'mariadb.sock');
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  if (!existsSync(data)) {
    mkdirSync(data, { recursive: true });
    const options = [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ];
    const { status, stderr } = spawnSync(program('mariadb-install-db'), [...options, ...asRoot], { encoding: 'utf8' });
    if (status !== 0) throw new OperatorError(`mariadb-install-db failed: ${stderr}`);
  }
  const server = spawn(
    program('mariadbd'),
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socketPath}`,
      `--pid-file=${join(folder, 'mariadb.pid')}`,
      `--log-error=${join(folder, 'mariadb.log')}`,
      '--skip-networking',
      '--skip-log-bin',
      '--local-infile=1',
      '--innodb-buffer-pool-size=2G',
      '--innodb-log-file-size=512M',
      '--innodb-flush-log-at-trx-commit=2',
      ...asRoot,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  process.once('exit', () => server.kill('SIGTERM'));
  for (const giveUp = Date.now() + START_MS; !(await answers(socketPath)); await sleep(100))
    if (Date.now() > giveUp || server.exitCode !== null)
      throw new OperatorError(`MariaDB did not start; see ${join(folder, 'mariadb.log')}`);
  return {
    socketPath,
    url: (database) => `mariadb://root@localhost/${database}?socket=${encodeURIComponent(socketPath)}`,
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
    },
  };
}

function program(name: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/libexec'];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new OperatorError(`${name} is not installed: this measurement needs a MariaDB (mariadb-server)`);
  return found;
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(socketPath, () => {
      probe.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
