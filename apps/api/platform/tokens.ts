import type { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Keys } from '#libs/config/keys';
import type { Settings } from '#libs/config/settings';
import type { DataSources } from '#libs/persistence/data-sources';

/** Injection tokens of what has no class of its own. */
export const PLATFORM = Symbol('platform');
export const SETTINGS = Symbol('settings');
export const KEYS = Symbol('keys');
export const DATA_SOURCES = Symbol('data sources');
export const TEMPORAL = Symbol('temporal client');
export const CONNECTION = Symbol('temporal connection');
export const LOG = Symbol('log');
export const SENDERS = Symbol('senders');
/** Tells the operator what no citizen can mend. */
export const ALERT = Symbol('alert');

export interface Platform {
  settings: Settings;
  keys: Keys;
  dataSources: DataSources;
  temporal: Client;
  connection: Connection;
  log: Logger;
  /** Ends the connections; what was begun through them has to be finished before. */
  close(): Promise<void>;
}
