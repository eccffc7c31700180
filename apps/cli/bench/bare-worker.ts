import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

/**
 * A process of its own, as the product's worker is: `bare-worker.js ADDRESS QUEUE`. Says `ready` when it works, and
 * answers whatever it is sent with the time, epoch ms, of its last activity.
 */
const [address = '', taskQueue = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('WARN') });
const connection = await NativeConnection.connect({ address });
let lastNotedAt = 0;
const worker = await Worker.create({
  connection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('bare.workflow.js', import.meta.url)),
  activities: {
    note: (): Promise<void> => {
      lastNotedAt = Date.now();
      return Promise.resolve();
    },
  },
});
process.on('message', () => process.send?.(lastNotedAt));
process.on('disconnect', () => process.exit(0));
process.once('SIGTERM', () => worker.shutdown());
const running = worker.run();
process.send?.('ready');
await running;
await connection.close();
process.exit(0);
