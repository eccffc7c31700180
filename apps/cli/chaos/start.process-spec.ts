import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Installation, isAlive } from '#libs/testing/installation';
import { machinePace } from '#libs/testing/machine-pace';

const LAUNCHER = 'deploy/launcher';

function partsOf(installation: Installation): number[] {
  const running = installation.running();
  if (!running) throw new Error('Nothing runs');
  return Object.values(running.parts).filter((pid): pid is number => typeof pid === 'number');
}

async function allGone(pids: readonly number[], patience: number): Promise<boolean> {
  const giveUp = Date.now() + patience;
  while (pids.some(isAlive) && Date.now() < giveUp) await sleep(50);
  return !pids.some(isAlive);
}

describe('npm start', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await Installation.create({ DEMO_PASSWORD: 'kolkata-1690' });
    await installation.start();
  }, 200_000);

  afterAll(() => installation.remove(), 60_000);

  it('ends its first start with the ready line, the addresses and an account of each role', () => {
    expect(installation.output.trimEnd().split('\n').at(-1)).toBe(`Pratikar is ready on ${installation.url}`);
    expect(installation.output).toMatch(/Importing the masters of Kolkata/);
    for (const role of ['lme', 'gro', 'escalation_officer', 'call_centre', 'tenant_admin']) {
      expect(installation.output).toMatch(new RegExp(`^ +${role} +\\S+ +kolkata-1690$`, 'm'));
    }
    expect(installation.accounts().length).toBeGreaterThan(500);
  });

  it('is found in good order by the doctor', () => {
    const env = { ...process.env, NODE_OPTIONS: '', DATA_DIR: installation.dataDir, PORT: String(installation.port) };
    const report = execFileSync(process.execPath, [`${LAUNCHER}/pratikar.mjs`, 'doctor', '--json'], { env });
    const { ok, findings } = JSON.parse(report.toString()) as {
      ok: boolean;
      findings: { part: string; ok: boolean }[];
    };
    expect(findings.filter((finding) => !finding.ok)).toEqual([]);
    expect(ok).toBe(true);
  });

  it('has Temporal write its log ahead, so that a step waits for the disk once', () => {
    // Read and write version of the file format: https://www.sqlite.org/fileformat.html#file_format_version_numbers
    expect([...readFileSync(join(installation.dataDir, 'temporal.db')).subarray(18, 20)]).toEqual([2, 2]);
  });

  it('refuses to start twice in one data folder, in one line', async () => {
    const second = new Installation(installation.dataDir, installation.port + 1);
    expect(await second.startAndFail()).toBe(1);
    expect(second.output.trim()).toMatch(/^Pratikar runs already in .*Stop it with Ctrl-C there.*$/);
    expect(installation.running()?.url).toBe(installation.url);
  });

  it('takes all parts along when it is killed itself, and starts again on the same data', async () => {
    const pids = partsOf(installation);
    expect(pids).toHaveLength(3);
    await installation.stop('SIGKILL');
    expect(await allGone(pids, 20_000)).toBe(true);
    await installation.start();
    expect(installation.output).not.toMatch(/Importing|Making/);
  }, 120_000);

  it('stops all parts on Ctrl-C and leaves no process behind', async () => {
    const pids = partsOf(installation);
    await installation.stop('SIGINT');
    expect(installation.exitCode).toBe(0);
    expect(installation.output.trimEnd().split('\n').at(-1)).toBe('Stopped');
    expect(pids.filter(isAlive)).toEqual([]);
    expect(installation.running()).toBeNull();
  }, 120_000);

  it('is ready again within ten seconds, with the same accounts', async () => {
    const accounts = installation.accounts();
    const before = await machinePace();
    const begin = Date.now();
    await installation.start();
    const took = Date.now() - begin;
    // Other tests may run beside it: the limit is ten seconds of a machine that does nothing else.
    const pace = Math.max(before, await machinePace());
    const limit = 10_000 * pace;
    const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
    process.stderr.write(
      `Ready again after ${seconds(took)}; the limit is ${seconds(limit)}, for this machine is ${pace.toFixed(1)} times as slow as a quiet one\n`,
    );
    expect(took).toBeLessThan(limit);
    expect(installation.output).not.toMatch(/Installing|Building|Importing|Making/);
    expect(installation.accounts()).toEqual(accounts);
  }, 120_000);
});

describe('npm start, where something is wrong', () => {
  let installation: Installation | undefined;
  let other: Server | undefined;

  afterEach(async () => {
    other?.close();
    await installation?.remove();
    [installation, other] = [undefined, undefined];
  });

  it('names a port that is in use and how to choose another', async () => {
    const taken = await Installation.create();
    installation = taken;
    other = createServer().listen(taken.port, '127.0.0.1');
    expect(await taken.startAndFail()).toBe(1);
    expect(taken.output.trim()).toBe(
      `Port ${taken.port} on 127.0.0.1 is in use. Stop the program that has it, or choose another: PORT=${taken.port + 1} npm start`,
    );
  });

  it('names the setting that is wrong and what was expected', async () => {
    installation = await Installation.create({ DEMO_PASSWORD: 'short' });
    expect(await installation.startAndFail()).toBe(1);
    expect(installation.output.trim().split('\n').at(-1)).toBe(
      'DEMO_PASSWORD: it has 5 characters; expected at least 8',
    );
  }, 60_000);

  it('names the path at which there is no Temporal', async () => {
    installation = await Installation.create({ TEMPORAL_CLI_PATH: '/nowhere/temporal' });
    expect(await installation.startAndFail()).toBe(1);
    expect(installation.output.trim().split('\n').at(-1)).toMatch(/^TEMPORAL_CLI_PATH: .*\/nowhere\/temporal/);
  }, 60_000);

  it('names the line of .env that is no setting, before anything is installed', () => {
    const checkout = mkdtempSync(join(tmpdir(), 'pratikar-checkout-'));
    try {
      cpSync(LAUNCHER, join(checkout, LAUNCHER), { recursive: true });
      writeFileSync(join(checkout, '.env'), '# mine\nPORT=8080\nHOST 127.0.0.1\n');
      const { status, stderr } = spawnSync(process.execPath, [join(checkout, LAUNCHER, 'start.mjs')], { env: {} });
      expect([status, stderr.toString().trim()]).toEqual([1, '.env: line 3 is not a setting; expected NAME=value']);
    } finally {
      rmSync(checkout, { recursive: true });
    }
  });

  it('tells an old Node which one is needed', () => {
    const check = pathToFileURL(`${LAUNCHER}/node-version.mjs`).href;
    const code = `Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } }); await import('${check}');`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { env: {} });
    expect([status, stderr.toString().trim()]).toEqual([1, 'Pratikar needs Node 20.19 or newer; this is 18.20.4.']);
  });
});
