import { spawn } from 'node:child_process';

/** Runs the story in its short form to its end. */
function play(...options: string[]): Promise<{ code: number | null; output: string }> {
  const script = ['deploy/launcher/run.mjs', 'dist/apps/cli/demo/main.js', ...options];
  const child = spawn(process.execPath, script, { env: { ...process.env, NODE_OPTIONS: '' } });
  let output = '';
  const hear = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

describe('the story of the play city', () => {
  it('is told to its end by twenty complaints, and all of it fits together', async () => {
    const { code, output } = await play('--count', '20', '--day', '1.2');
    expect(output).toMatch(/All 20 cases are as they should be/);
    expect(code).toBe(0);
    for (const outcome of ['satisfied', 'dissatisfied', 'rejected', 'unrated']) {
      expect(output).toMatch(new RegExp(`\\d+ {2}closed as ${outcome}`));
    }
    expect(output).toMatch(/\d+ {2}to level 1/);
    expect(output).toMatch(/409 limit_reached/);
    expect(output).toMatch(/“done and rated well”/);
    expect(output).toMatch(/Story [0-9a-f]{16}/);
  }, 300_000);

  it('says what is wrong with an option', async () => {
    const { code, output } = await play('--day', 'never');
    expect(output).toMatch(/a number above 0 is expected/);
    expect(code).toBe(1);
  }, 60_000);
});
