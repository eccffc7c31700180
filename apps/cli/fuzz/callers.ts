import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody with a credential, or without one. */
export interface FuzzCaller {
  name: string;
  headers: Readonly<Record<string, string>>;
}

const CITIZEN = '+919830012345';
const STAFF_ROLES = ['lme', 'gro', 'escalation_officer', 'call_centre', 'tenant_admin', 'auditor'] as const;
const SCOPES = [
  'grievances.read',
  'grievances.write',
  'masters.read',
  'insight.read',
  'open311.read',
  'open311.write',
  'updates.read',
  'updates.write',
];

/** Of a demo on this machine. */
export interface Demo {
  url: string;
  outbox: string;
  accounts: readonly Readonly<Record<string, string>>[];
}

/** Every kind of caller that the policy knows, with a credential that works. */
export async function callersOf(demo: Demo): Promise<FuzzCaller[]> {
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const staff: FuzzCaller[] = [];
  for (const role of STAFF_ROLES) {
    const account = demo.accounts.find((each) => each['role'] === role);
    if (account) staff.push({ name: role, headers: bearer(await login(demo, account)) });
  }
  const admin = staff.find(({ name }) => name === 'tenant_admin');
  if (!admin) throw new Error('The demo has no administrator');
  const { key } = await post<{ key: string }>(demo, 'api-keys', { name: 'fuzz', scopes: SCOPES }, admin.headers);
  return [
    { name: 'nobody', headers: {} },
    { name: 'citizen', headers: bearer(await citizenToken(demo)) },
    ...staff,
    { name: 'API key', headers: { 'x-api-key': key } },
  ];
}

async function login(demo: Demo, { username, password }: Readonly<Record<string, string>>): Promise<string> {
  return (await post<{ token: string }>(demo, 'auth/login', { username, password })).token;
}

async function citizenToken(demo: Demo): Promise<string> {
  await post(demo, 'auth/otp', { mobile: CITIZEN });
  for (const giveUp = Date.now() + 10_000; Date.now() < giveUp; await sleep(100)) {
    const line = readFileSync(demo.outbox, 'utf8')
      .split('\n')
      .findLast((each) => each.includes('"otp"') && each.includes(CITIZEN));
    const code = /\b\d{6}\b/.exec((JSON.parse(line ?? '{}') as { text?: string }).text ?? '')?.[0];
    if (code) return (await post<{ token: string }>(demo, 'auth/otp/verify', { mobile: CITIZEN, code })).token;
  }
  throw new Error('No one-time code came');
}

/** @throws Error for an answer that is none of success */
export async function post<T>(
  { url }: Pick<Demo, 'url'>,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const response = await fetch(`${url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}
