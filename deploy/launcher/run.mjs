/** Runs a program of the build after bringing packages and build up to date: `run.mjs dist/apps/… ARGUMENT…`. */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { ensureBuild, ensurePackages, ROOT, Trouble } from './prepare.mjs';

try {
  await ensurePackages(console.log);
  await ensureBuild(console.log);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(error.message);
  process.exit(1);
}
const child = spawn(process.execPath, ['--enable-source-maps', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
