import { setTimeout as sleep } from 'node:timers/promises';
import { signatureOf } from '#libs/channels/whatsapp/signature';
import type { DataSources } from '#libs/persistence/data-sources';
import type { Providers } from './providers.js';

/** Of an installation that {@link makePrivateTraffic} is let loose upon. */
export const SECRETS = {
  SECRET_KEY: 'a secret key that only tests know, long enough',
  WHATSAPP_TOKEN: 'EAAGtestTokenOfTheNumberZCps',
  WHATSAPP_APP_SECRET: 'app-secret-of-tests-3f9a',
  WHATSAPP_VERIFY_TOKEN: 'verify-token-of-tests-77',
  SMS_API_KEY: 'sms-key-of-tests/with?signs',
  SMS_WEBHOOK_TOKEN: 'sms-webhook-of-tests-1234',
  MISSED_CALL_TOKEN: 'missed-call-of-tests-5678',
} as const;

export function secretEnvironment(providers: Providers): Record<string, string> {
  return {
    ...SECRETS,
    LOG_LEVEL: 'trace',
    WHATSAPP_API_URL: `${providers.url}/graph`,
    WHATSAPP_PHONE_NUMBER_ID: '100000000000001',
    SMS_GATEWAY: 'http',
    SMS_URL: `${providers.url}/sms?to={to}&text={text}&key={SMS_API_KEY}`,
    SMS_ID_PATH: 'id',
  };
}

interface Traffic {
  url: string;
  providers: Providers;
  sources: DataSources;
  /** Gives an administrator a new password. */
  newPassword: (username: string) => Promise<string>;
  administrator: string;
  /** What the worker has logged so far. */
  workerLog: () => string;
  apiLog: () => string;
}

/** What may stand in no log, by what it is. */
export interface Private {
  mobiles: string[];
  secrets: Record<string, string>;
}

const MOBILES = { asks: '9830045671', writes: '9830045672', sends: '9830045673', calls: '9830045674' };

/** Uses everything that carries a telephone number or a credential, rightly, wrongly and while parts fail. */
export async function makePrivateTraffic(traffic: Traffic): Promise<Private> {
  const { url, providers, sources } = traffic;
  const secrets: Record<string, string> = { ...SECRETS };
  const call = async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const init =
      body === undefined
        ? { headers }
        : {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', ...headers },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          };
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, string> };
  };
  const expecting = async (status: number, ...of: Parameters<typeof call>) => {
    const answer = await call(...of);
    if (answer.status !== status) throw new Error(`${of[0]}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const bearer = (token: string | undefined) => ({ Authorization: `Bearer ${token ?? ''}` });

  // A member of staff: a wrong password, the right one, a new one, and a key for a partner.
  const { administrator: username } = traffic;
  const first = (secrets['first password'] = await traffic.newPassword(username));
  const second = (secrets['second password'] = 'dhakuria-lake-1921');
  const wrong = (secrets['wrong password'] = `${first}x`);
  await expecting(401, '/api/v1/auth/login', { username, password: wrong });
  await expecting(422, '/api/v1/auth/login', { username: { password: second }, password: [first] });
  const staff = (secrets['session of staff'] =
    (await expecting(200, '/api/v1/auth/login', { username, password: first }))['token'] ?? '');
  await expecting(204, '/api/v1/auth/password', { current: first, next: second }, bearer(staff));
  const issued = await expecting(
    201,
    '/api/v1/api-keys',
    { name: 'Partner', scopes: ['open311.write'] },
    bearer(staff),
  );
  const key = (secrets['key of a partner'] = issued['key'] ?? '');

  // A citizen: a code, a wrong one, a complaint, the list by the number, bodies that are refused.
  const { asks: mobile } = MOBILES;
  const code = async () => {
    await expecting(202, '/api/v1/auth/otp', { mobile });
    return /\d{6}/.exec(providers.texts.findLast(({ to }) => to.endsWith(mobile))?.text ?? '')?.[0] ?? '';
  };
  secrets['code'] = await code();
  await expecting(401, '/api/v1/auth/otp/verify', { mobile, code: `00000${secrets['code'].startsWith('0') ? 1 : 0}` });
  await sources.write.query('RENAME TABLE citizen TO citizen_away');
  await expecting(500, '/api/v1/auth/otp/verify', { mobile: `+91 ${mobile}`, code: secrets['code'] });
  await sources.write.query('RENAME TABLE citizen_away TO citizen');
  secrets['second code'] = await code();
  const session = (await expecting(200, '/api/v1/auth/otp/verify', { mobile, code: secrets['second code'] }))['token'];
  secrets['session of a citizen'] = session ?? '';
  const complaint = { tenant: 'KMC', subCategory: 'LIGHT_OFF', ward: '91', description: `আলো নেই, ${mobile}` };
  await expecting(422, '/api/v1/grievances', { ...complaint, ward: `${mobile}` }, bearer(session));
  await expecting(400, '/api/v1/grievances', `{"mobile": "${mobile}", `, bearer(session));
  await expecting(401, `/api/v1/grievances?q=${mobile}`, undefined, bearer(`${session ?? ''}x`));
  await sources.write.query('RENAME TABLE notification TO notification_away');
  await expecting(201, '/api/v1/grievances', complaint, bearer(session));
  await until(() => traffic.workerLog().includes("notification' doesn't exist"));
  await sources.write.query('RENAME TABLE notification_away TO notification');
  await expecting(
    200,
    `/api/v1/status?category=new&mobile=${encodeURIComponent(`+91${mobile}`)}`,
    undefined,
    bearer(session),
  );
  const report = {
    service_code: 'LIGHT_OFF',
    address_string: 'Ward 91',
    description: 'Dark',
    phone: mobile,
    lat: '22.5',
    long: '88.36',
  };
  const form = new URLSearchParams({ ...report, api_key: key, jurisdiction_id: 'kmc' }).toString();
  await call('/open311/v2/requests.json', form, { 'Content-Type': 'application/x-www-form-urlencoded' });
  await call(`/open311/v2/requests.json?api_key=${key}`);

  // What providers call, with and without their secrets.
  const message = whatsAppText(MOBILES.writes);
  await expecting(401, '/webhooks/whatsapp', message, { 'X-Hub-Signature-256': 'sha256=00' });
  const signed = { 'X-Hub-Signature-256': signatureOf(message, SECRETS.WHATSAPP_APP_SECRET) };
  await expecting(200, '/webhooks/whatsapp', message, signed);
  await call(`/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${SECRETS.WHATSAPP_VERIFY_TOKEN}`);
  const sms = `from=${MOBILES.sends}&text=STATUS&id=1`;
  await expecting(200, `/webhooks/sms/http/${SECRETS.SMS_WEBHOOK_TOKEN}?${sms}`);
  await expecting(404, `/webhooks/sms/http/wrong?${sms}`);
  await expecting(200, `/webhooks/missed-call/${SECRETS.MISSED_CALL_TOKEN}?from=${MOBILES.calls}`);
  await until(() => traffic.workerLog().includes('channel needs its operator'));

  // Last, because nothing goes through this gateway any more.
  providers.refuseSms();
  await expecting(503, '/api/v1/auth/otp', { mobile });
  // A line takes its time from the process to the file.
  await until(() => traffic.apiLog().includes('channel needs its operator'));
  // Other messages may come after it; in those six digits stand in the number of a case alone.
  const refused = providers.texts.flatMap(({ text }) => /(?<![-\d])\d{6}(?![-\d])/.exec(text)?.[0] ?? []);
  secrets['code that was refused'] = refused.at(-1) ?? '';
  return { mobiles: Object.values(MOBILES), secrets };
}

function whatsAppText(from: string): string {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '913340000001', phone_number_id: '100000000000001' },
    contacts: [{ profile: { name: 'Mitali Sen' }, wa_id: `91${from}` }],
    messages: [
      {
        from: `91${from}`,
        id: 'wamid.private',
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: 'text',
        text: { body: 'Hello' },
      },
    ],
    errors: [{ code: 131000, title: `Something of +91${from}`, message: 'x', error_data: { details: `91${from}` } }],
  };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
}

/** Every way to write that number, in the digits of the three languages. */
export function anyFormOf(mobile: string): RegExp {
  const local = (zero: number, digit: string): string => String.fromCharCode(zero + Number(digit));
  const digits = [...mobile].map((digit) => `[${digit}${local(0x09e6, digit)}${local(0x0966, digit)}]`);
  return new RegExp(digits.join('[^0-9a-zA-Z]{0,2}'));
}

async function until(condition: () => boolean): Promise<void> {
  for (const giveUp = Date.now() + 60_000; !condition(); await sleep(50))
    if (Date.now() > giveUp) throw new Error(`Not within a minute: ${condition.toString()}`);
}
