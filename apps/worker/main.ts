import { getPriority, setPriority } from 'node:os';
import { createLog, endOnFault } from '#libs/config/log';
import { loadSettings, SettingsError, type Settings } from '#libs/config/settings';
import { installRuntime } from './runtime-log.js';
import { runWorker } from './worker-process.js';

/** In steps of Unix niceness. */
const BEHIND_THE_API = 5;
const LOWEST_PRIORITY = 19;

function settingsOrEnd(): Settings {
  try {
    return loadSettings();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

const settings = settingsOrEnd();
const log = createLog('worker', settings);
endOnFault(log);
for (const warning of settings.warnings) log.warn(warning);
installRuntime(log);
// On a machine they share the API comes first: nobody waits for what is done here, but somebody for every request.
setPriority(Math.min(LOWEST_PRIORITY, getPriority() + BEHIND_THE_API));

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    log.info({ signal }, 'Worker is stopping');
    stop.abort();
  });
}

try {
  await runWorker(settings, log, stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    log.fatal({ err: error }, 'Worker failed');
    process.exitCode = 1;
  }
}
log.info('Worker has stopped');
// Whatever the libraries still hold open must not keep a stopped worker alive.
process.exit();
