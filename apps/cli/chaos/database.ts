import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { OperatorError } from '../context.js';
import { Part } from './part.js';

const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];

/** A MariaDB of its own: data in this folder, on this port of the loopback interface, durable as it is delivered. */
export function mariaDb(folder: string, port: number): Part {
  const data = join(folder, 'mariadb');
  if (!existsSync(data)) {
    mkdirSync(data, { recursive: true });
    const options = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'];
    const { status, stderr } = spawnSync(program('mariadb-install-db'), [...options, '--skip-test-db', ...asRoot], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new OperatorError(`mariadb-install-db failed: ${stderr}`);
  }
  return new Part({
    name: 'mariadb',
    command: program('mariadbd'),
    args: [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(folder, 'm.sock')}`,
      `--pid-file=${join(folder, 'mariadb.pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--skip-log-bin',
      '--innodb-buffer-pool-size=128M',
      ...asRoot,
    ],
    env: { PATH: process.env['PATH'] },
    folder,
    answers: () => greets(port),
  });
}

/** MariaDB speaks first; a frozen one accepts and says nothing. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1');
    const end = (answer: boolean): void => {
      probe.destroy();
      resolve(answer);
    };
    probe.setTimeout(2_000, () => end(false));
    probe.once('data', () => end(true));
    probe.once('error', () => end(false));
  });
}

function program(name: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/libexec'];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new OperatorError(`${name} is not installed: install mariadb-server and run this again.`);
  return found;
}
