import { Casework } from '#libs/casework/casework';
import { createLog, endOnFault } from '#libs/config/log';
import { loadSettings, SettingsError, type Settings } from '#libs/config/settings';
import { createApi } from './app.js';
import { Drain } from './drain.js';
import { Readiness } from './platform/readiness.js';

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
const log = createLog('api', settings);
endOnFault(log);
for (const warning of settings.warnings) log.warn(warning);

try {
  const app = await createApi(settings);
  const drain = new Drain(app.getHttpServer(), settings.stopNoticeMs);
  await app.listen(settings.port, settings.host);
  log.info({ host: settings.host, port: settings.port }, 'API is listening');
  app
    .get(Casework)
    .prepare()
    .catch((error: unknown) =>
      log.warn({ err: error }, 'No numbers are reserved yet: the first registration tries again'),
    );
  const readiness = app.get(Readiness);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (readiness.isStopping) return;
      readiness.end();
      log.info({ signal }, 'API is stopping');
      // Accepts nothing new, answers what it has begun, then closes database and cluster.
      drain
        .run()
        .then(() => app.close())
        .then(
          () => process.exit(0),
          (error: unknown) => {
            log.error({ err: error }, 'API did not stop in order');
            process.exit(1);
          },
        );
    });
  }
} catch (error) {
  log.fatal({ err: error }, 'API failed to start');
  process.exit(1);
}
