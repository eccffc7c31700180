import { isAbsolute, resolve } from 'node:path';
import { loadSettings, type Settings } from '#libs/config/settings';
import { createDataSources, type DataSources } from '#libs/persistence/data-sources';
import type { TemporalConnection } from '#libs/temporal/connection';

/** Something the operator can put right; the message is what they read. */
export class OperatorError extends Error {}

/** Runs a command's work with the database open, and closes it whatever happens. */
export async function withDatabase<T>(
  work: (opened: { settings: Settings; sources: DataSources }) => Promise<T>,
): Promise<T> {
  const settings = loadSettings();
  const sources = await createDataSources(settings);
  try {
    return await work({ settings, sources });
  } finally {
    await sources.close();
  }
}

/** Runs a command's work with Temporal connected. */
export async function withTemporal<T>(
  settings: Settings,
  work: (temporal: TemporalConnection) => Promise<T>,
): Promise<T> {
  // Commands that need the database alone do not wait for the client to load.
  const { connectTemporal } = await import('#libs/temporal/connection');
  const temporal = await connectTemporal(settings).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const remedy = settings.temporal.embedded ? 'Is npm start running?' : 'Check TEMPORAL_ADDRESS.';
    throw new OperatorError(`Temporal does not answer at ${settings.temporal.address} (${reason}). ${remedy}`);
  });
  try {
    return await work(temporal);
  } finally {
    await temporal.close();
  }
}

/** File names on the command line are meant from where the operator stands; the launcher moved us to the checkout. */
export function fromCallersFolder(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env['PRATIKAR_CWD'] ?? process.cwd(), path);
}
