/**
 * Ends the launcher's parts when the launcher is gone, however it went. The launcher tells their pids over a channel;
 * the channel to a killed launcher closes. A process of its own, because a part may hang, or not know of any launcher.
 */
const GRACE_MS = 2_000;

let pids = [];
process.on('message', (message) => (pids = message));
process.on('disconnect', () => {
  if (pids.length === 0) process.exit();
  each('SIGTERM');
  setTimeout(() => {
    each('SIGKILL');
    process.exit();
  }, GRACE_MS);
});
// Only the end of the launcher ends it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

function each(signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It is gone already.
    }
  }
}
