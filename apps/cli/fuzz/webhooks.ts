import { createHmac } from 'node:crypto';

const DEEP = 10_000;
const HUGE = 2_000_000;
const ROUTES = ['webhooks/whatsapp', 'webhooks/sms/console', 'webhooks/sms/twilio', 'webhooks/missed-call'];
/** What undici reports of a connection that the other side has closed. */
const CUT_OFF = ['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'];
const TYPES = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];

/** Bodies that no provider sends: broken, deep, huge, of other types, with signatures that are none. */
function* bodies(rounds: number): Generator<string> {
  yield '';
  yield 'null';
  yield '[]';
  yield '{"entry":';
  yield `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
  yield `${'{"entry":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;
  yield `{"entry":"${'x'.repeat(HUGE)}"}`;
  yield '{"__proto__":{"entry":1},"constructor":{"prototype":1}}';
  for (const entry of ['1', '{}', '[null]', '[{"changes":1}]', '[{"changes":[{"value":{"messages":[{}]}}]}]'])
    yield `{"object":"whatsapp_business_account","entry":${entry}}`;
  for (let round = 0; round < rounds; round++) {
    const noise = createHmac('sha512', String(round)).update('noise').digest();
    yield noise.toString('latin1');
    yield `{"entry":[{"changes":[{"value":{"messages":[{"from":${JSON.stringify(noise.toString('latin1'))},"type":"text"}]}}]}]}`;
    yield `From=${encodeURIComponent(noise.toString('base64'))}&Body=%00%ff&MessageSid=${round}`;
  }
}

/** @returns one line for each answer that says the fault was ours; none where there was none. */
export async function fuzzWebhooks(url: string, rounds: number): Promise<{ sent: number; faults: string[] }> {
  const faults: string[] = [];
  let sent = 0;
  for (const route of ROUTES) {
    for (const body of bodies(rounds)) {
      for (const type of TYPES) {
        const signature = `sha256=${createHmac('sha256', 'not the secret').update(body).digest('hex')}`;
        const headers = { 'Content-Type': type, ...(sent % 2 === 0 ? { 'X-Hub-Signature-256': signature } : {}) };
        const outcome = await post(`${url}/${route}`, headers, body);
        sent += 1;
        // Whoever still sends what is refused for its length may find the connection closed before the 413 is read.
        const refused = outcome === 'cut off' && body.length >= HUGE;
        if (!refused && (outcome === 'cut off' || outcome >= 500))
          faults.push(`${route} ${type} ${outcome}: ${body.slice(0, 80)}`);
      }
    }
  }
  return { sent, faults };
}

/** The status of the answer. */
async function post(url: string, headers: Record<string, string>, body: string): Promise<number | 'cut off'> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    return response.status;
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    if (code !== undefined && CUT_OFF.includes(code)) return 'cut off';
    throw error;
  }
}
