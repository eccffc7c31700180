import { Client, Connection } from '@temporalio/client';
import type { Keys } from '#libs/config/keys';
import { dataConverterFor } from '#libs/temporal/data-converter';
import { startDevServer, type DevServer } from './temporal.js';

/** A real Temporal cluster without a worker; the members may be used from `beforeAll` on. */
export interface Cluster {
  server: DevServer;
  client: Client;
}

/**
 * One cluster for all tests of a file. Those that run on each engine must not use a number or contact twice, so that
 * neither sees the other's workflows.
 */
export function useCluster(keys: Keys): Cluster {
  const cluster = {} as Cluster;
  let connection: Connection;
  beforeAll(async () => {
    cluster.server = await startDevServer();
    const { address, namespace } = cluster.server;
    connection = await Connection.connect({ address });
    cluster.client = new Client({ connection, namespace, dataConverter: dataConverterFor(keys) });
  }, 60_000);
  afterAll(async () => {
    await connection.close();
    await cluster.server.stop();
  });
  return cluster;
}
