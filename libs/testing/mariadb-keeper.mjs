/**
 * Keeps one private MariaDB for all test processes of this machine's user: starts it on a folder of its own, and stops
 * it and removes the folder once no test process is left. Runs detached, because no single test process outlives all.
 *
 * node mariadb-keeper.mjs FOLDER MARIADBD MARIADB_INSTALL_DB
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder, mariadbd, installDb] = process.argv.slice(2);
const socket = join(folder, 's.sock');
const data = join(folder, 'data');
const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];

function fail(message) {
  writeFileSync(join(folder, 'failed'), message);
  process.exit(1);
}

const installed = spawnSync(
  installDb,
  ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asRoot],
  { encoding: 'utf8' },
);
if (installed.status !== 0) fail(`mariadb-install-db failed: ${installed.stderr || installed.error}`);

const server = spawn(
  mariadbd,
  [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${join(folder, 'error.txt')}`,
    '--skip-networking',
    '--skip-log-bin',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-doublewrite=0',
    '--innodb-buffer-pool-size=128M',
    '--innodb-log-file-size=32M',
    '--max-connections=400',
    '--character-set-server=latin1',
    ...asRoot,
  ],
  { stdio: 'ignore' },
);
server.on('exit', (code) => {
  if (!stopping) fail(`mariadbd ended with ${code}; see ${join(folder, 'error.txt')}`);
});
let stopping = false;

const answers = () =>
  new Promise((resolve) => {
    const probe = createConnection(socket, () => resolve(true)).on('error', () => resolve(false));
    probe.on('data', () => probe.destroy());
  });
for (let waited = 0; !(await answers()); waited += 100) {
  if (waited > 60_000) fail('mariadbd did not answer within a minute');
  await sleep(100);
}
writeFileSync(join(folder, 'ready'), String(server.pid));

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const users = join(folder, 'users');
for (let idle = 0; idle < 10;) {
  await sleep(500);
  const left = existsSync(users) ? readdirSync(users).filter((pid) => alive(Number(pid))) : [];
  idle = left.length > 0 ? 0 : idle + 1;
}
stopping = true;
rmSync(join(folder, 'ready'), { force: true });
server.kill('SIGTERM');
await new Promise((resolve) => server.on('exit', resolve));
rmSync(folder, { recursive: true, force: true });
