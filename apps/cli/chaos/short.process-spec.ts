import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

interface Report {
  outage: { taken: number[]; wanted: number[]; doubled: number };
  faults: Record<string, number>;
  checks: { what: string; good: number; of: number; examples: string[] }[];
}

const CASES = 12;

describe('the short form of npm run chaos', () => {
  it('loses nothing while each part dies once, and takes registrations while there is no database', async () => {
    const args = ['--enable-source-maps', 'dist/apps/cli/chaos/main.js', '--short', '--json', '--cases', String(CASES)];
    const env = { ...process.env, NODE_OPTIONS: '' };
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 1 << 24 }).catch(
      (error: { stdout: string; stderr: string }) => {
        if (error.stdout) return error;
        throw new Error(error.stderr);
      },
    );
    const { checks, outage, faults } = JSON.parse(stdout) as Report;
    const [restarts, others] = [true, false].map((wanted) =>
      checks.filter(({ what }) => what.includes('while all restarts in turn') === wanted),
    );
    expect(others?.filter(({ good, of }) => good < of)).toEqual([]);
    // How near these come to all of them is a matter of the machine's speed: a connection that is just being made when its
    // server stops is reset, and a machine that cannot keep up answers "later".
    for (const { good, of } of restarts ?? []) expect(good / of).toBeGreaterThan(0.9);
    expect(restarts).toHaveLength(2);
    expect(outage).toEqual({ taken: outage.wanted, wanted: [100, 20], doubled: 0 });
    for (const part of ['a worker', 'an API', 'MariaDB', 'Temporal']) expect(faults[`kill -9 ${part}`]).toBe(1);
    expect(checks.find(({ what }) => what.startsWith('acknowledged'))?.of).toBeGreaterThanOrEqual(120 + CASES);
  }, 600_000);
});
