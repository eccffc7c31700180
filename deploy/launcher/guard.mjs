/**
 * Runs a program that does not know of the launcher (`guard.mjs PROGRAM ARGUMENT…`) and ends it when the launcher is
 * gone, however it went: the channel to a killed launcher closes.
 */
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  if (process.connected) process.send({ ended: signal ?? code }, () => process.exit(code ?? 1));
  else process.exit(code ?? 1);
});
if (child.pid) process.send?.({ pid: child.pid });

function end() {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
}
process.on('disconnect', end);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);
