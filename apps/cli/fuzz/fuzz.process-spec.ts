import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The short form of `npm run fuzz`; it installs schemathesis from PyPI the first time and fails where it cannot. */
it('keeps to its document whatever nonsense is asked, by webhooks and by clients that never finish', async () => {
  const short = ['--seconds', '5', '--examples', '2', '--as', 'citizen', 'tenant_admin'];
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/apps/cli/fuzz/main.js', ...short], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  for (const caller of ['citizen', 'tenant_admin']) expect(stdout).toMatch(new RegExp(`^${caller} +yes`, 'm'));
  expect(stdout).toMatch(/Webhooks: \d{3} bodies .* 0 answered as a fault of ours/);
  expect(stdout).toMatch(/(\d+) of \1 that sent their head drop by drop were cut off/);
}, 300_000);
