import { createHmac } from 'node:crypto';

const DEEP = 10_000;
const HUGE = 2_000_000;
const ROUTES = ['webhooks/whatsapp', 'webhooks/sms/console', 'webhooks/sms/twilio', 'webhooks/missed-call'];
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
        const response = await fetch(`${url}/${route}`, { method: 'POST', headers, body });
        await response.text();
        sent += 1;
        if (response.status >= 500) faults.push(`${route} ${type} ${response.status}: ${body.slice(0, 80)}`);
      }
    }
  }
  return { sent, faults };
}
