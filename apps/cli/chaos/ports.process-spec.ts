import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '#libs/testing/temporal';

describe('a port for the embedded Temporal', () => {
  const launchers: ChildProcess[] = [];

  /** Another launcher of this machine; answers the port it has taken. */
  async function claim(...wished: number[]): Promise<number> {
    const script = `const { claimPort } = await import('./deploy/launcher/ports.mjs');
      console.log((await claimPort(${wished.join(', ')})).port);
      setInterval(() => {}, 1_000);`;
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    launchers.push(launcher);
    const [line] = (await once(launcher.stdout, 'data')) as [Buffer];
    return Number(line.toString());
  }

  afterEach(async () => {
    for (const launcher of launchers.splice(0)) {
      if (launcher.kill('SIGKILL')) await once(launcher, 'exit');
    }
  });

  it('is given to one of those who ask at the same moment, before anybody listens there', async () => {
    const wished = await freePort();
    const ports = await Promise.all([claim(wished), claim(wished), claim(wished)]);
    expect(new Set(ports).size).toBe(3);
    expect(ports).toContain(wished);
  });

  it('is free again when the launcher that had it was killed', async () => {
    const wished = await freePort();
    expect(await claim(wished)).toBe(wished);
    const [first] = launchers;
    first?.kill('SIGKILL');
    if (first) await once(first, 'exit');
    expect(await claim(wished)).toBe(wished);
  });
});
