import { readFileSync } from 'node:fs';
import { Client, Connection, type TLSConfig } from '@temporalio/client';
import type { Settings, TemporalSettings } from '../config/settings.js';
import { dataConverterOf } from './data-converter.js';

type ConnectionSettings = Pick<Settings, 'temporal' | 'secretKey' | 'previousSecretKeys'>;

export interface TemporalConnection {
  connection: Connection;
  /** Speaks to the namespace of the settings and encrypts what it sends. */
  client: Client;
  close(): Promise<void>;
}

/** Where and how to connect; the same for clients and for the worker's native connection. */
export function connectionOptions({ address, apiKey, tls }: TemporalSettings): {
  address: string;
  apiKey?: string;
  tls?: TLSConfig | boolean;
} {
  return {
    address,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(tls ? { tls: tlsConfig(tls) } : apiKey === undefined ? {} : { tls: true }),
  };
}

/** Connects at once and fails if nobody answers. For processes that must be up first and connect when they can, `lazy`. */
export async function connectTemporal(
  settings: ConnectionSettings,
  { lazy = false }: { lazy?: boolean } = {},
): Promise<TemporalConnection> {
  const options = connectionOptions(settings.temporal);
  const connection = lazy ? Connection.lazy(options) : await Connection.connect(options);
  const client = new Client({
    connection,
    namespace: settings.temporal.namespace,
    dataConverter: dataConverterOf(settings),
  });
  return { connection, client, close: () => connection.close() };
}

function tlsConfig({ ca, cert, key, serverName }: NonNullable<TemporalSettings['tls']>): TLSConfig {
  return {
    ...(serverName === undefined ? {} : { serverNameOverride: serverName }),
    ...(ca === undefined ? {} : { serverRootCACertificate: readFileSync(ca) }),
    ...(cert === undefined || key === undefined
      ? {}
      : { clientCertPair: { crt: readFileSync(cert), key: readFileSync(key) } }),
  };
}
