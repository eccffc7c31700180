import { createHmac, randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { empty } from './bare.workflow.js';
import { mapValues } from './map-values.js';
import { JsonPoster, measure, percentile, sum, type Measured } from './load.js';
import { ratio, type Result } from './reach.js';
import { startBareWorker, startStack } from './stack.js';
import { print } from '../output.js';

const CONNECTIONS = 32;
const QUEUE = 'bench-bare';
const SECRET = 'the secret of the app that the measurement signs with';
const WARM_UP_SECONDS = 3;
/** What may pass between a message and its 200 so that the provider does not think us slow. */
const MEDIAN_MS = 250;
/** At full load the time to an answer is only the load divided by the rate; a busy hour of a city is far below that. */
const CONNECTIONS_IN_A_BUSY_HOUR = 4;

export interface WebhookOptions {
  /** Of each phase. */
  seconds: number;
  rounds: number;
}

/**
 * How fast messages are taken: signed bodies of one message each over HTTP, each from a person of their own, beside
 * bare signal-with-start of a workflow that does nothing; both alternate on the same server in the same run.
 */
export async function benchWebhook({ seconds, rounds }: WebhookOptions): Promise<Result[]> {
  print('Starting a Pratikar for the measurement');
  const stack = await startStack({ WHATSAPP_APP_SECRET: SECRET });
  const bareWorker = await startBareWorker(stack.temporalAddress, QUEUE);
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const poster = new JsonPoster(stack.url, CONNECTIONS);
  try {
    const client = new Client({ connection });
    const phases = {
      bare: () => signalBare(client),
      webhook: () => post(poster),
    };
    const measured: Record<'bare' | 'webhook' | 'busyHour', Measured[]> = { bare: [], webhook: [], busyHour: [] };
    const phase = async (
      name: keyof typeof phases,
      length: number,
      connections: number = CONNECTIONS,
    ): Promise<Measured> => {
      const result = await measure(connections, length, phases[name]);
      await stack.settled();
      return result;
    };
    await phase('bare', WARM_UP_SECONDS);
    await phase('webhook', WARM_UP_SECONDS);
    for (let round = 1; round <= rounds; round++) {
      print(`Round ${round} of ${rounds}`);
      measured.bare.push(await phase('bare', seconds));
      measured.webhook.push(await phase('webhook', seconds));
      measured.busyHour.push(await phase('webhook', seconds, CONNECTIONS_IN_A_BUSY_HOUR));
    }
    const { bare, webhook, busyHour } = mapValues(measured, sum);
    const median = percentile(busyHour.latencies, 0.5);
    return [
      ratio('messages taken', 'a second', webhook.count / webhook.seconds, bare.count / bare.seconds, { atLeast: 0.9 }),
      ratio(`median until the answer 200, ${CONNECTIONS_IN_A_BUSY_HOUR} at once`, 'ms', median, MEDIAN_MS, {
        atMost: 1,
      }),
    ];
  } finally {
    poster.close();
    await bareWorker.stop();
    await connection.close();
    await stack.stop();
  }
}

async function signalBare(client: Client): Promise<void> {
  await client.workflow.signalWithStart(empty, {
    taskQueue: QUEUE,
    workflowId: `bench/${randomUUID()}`,
    signal: 'inbound',
    signalArgs: [{ from: '+919100000000', text: 'hi' }],
  });
}

let people = 0;

async function post(poster: JsonPoster): Promise<void> {
  const from = String(919_100_000_000 + people++);
  const message = {
    from,
    id: `wamid.${randomUUID()}`,
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'text',
    text: { body: 'hi' },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '913340000001', phone_number_id: '100000000000001' },
    contacts: [{ profile: { name: 'Citizen' }, wa_id: from }],
    messages: [message],
  };
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  await poster.send('/webhooks/whatsapp', body, { 'x-hub-signature-256': `sha256=${signature}` });
}
