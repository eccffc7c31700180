import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { databaseSettings, type DatabaseSettings } from './database-url.js';
import { readEnvFile } from './env-file.js';
import { mediaSettings, type MediaSettings } from './media-url.js';
import { address, existingFile, list, onOff, oneOf, optional, url, wholeNumber, type Environment } from './readers.js';
import { previousSecretKeys, secretKey } from './secret-key.js';
import { SettingsError } from './settings-error.js';
import { misspelled } from './variables.js';

export { SettingsError } from './settings-error.js';
export type { DatabaseSettings } from './database-url.js';

export interface TemporalSettings {
  /** The launcher runs a development server on a file in the data folder. */
  embedded: boolean;
  address: string;
  namespace: string;
  apiKey?: string;
  /** Paths of PEM files; absent: no TLS, or the system's authorities with an API key. */
  tls?: { ca?: string; cert?: string; key?: string; serverName?: string };
  /** Address of Temporal's own UI; absent beside an embedded server: wherever it is on this machine. */
  uiUrl?: string;
  /** Temporal's binary, when the operator says where it is. */
  cliPath?: string;
}

export interface WhatsAppSettings {
  /** Without a version. */
  apiUrl: string;
  /** `WHATSAPP_API_URL` was given: the built-in stand-in stays off. */
  apiUrlGiven: boolean;
  version: string;
  phoneNumberId?: string;
  token?: string;
  appSecret?: string;
  verifyToken?: string;
  mediaHosts: string[];
  /** Between two pieces of news to one citizen, ms: what the provider allows without calling it too many. */
  paceMs: number;
  /** The API itself stands in for Meta, so that the demo can be tried on simulated telephones. */
  standIn?: true;
}

export interface SmsSettings {
  gateway: (typeof SMS_GATEWAYS)[number];
  /** Every other `SMS_…` variable, by its full name; the gateway's adapter judges them. */
  options: Record<string, string>;
}

/** All settings, checked. The names of the variables are in the contracts. */
export interface Settings {
  host: string;
  port: number;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Addresses or networks of trusted proxies; empty: none. */
  trustProxy: string[];
  /** How long a stopping API goes on taking connections while `/readyz` already says that it goes, ms. */
  stopNoticeMs: number;
  /** Absolute. */
  dataDir: string;
  database: DatabaseSettings;
  media: MediaSettings;
  temporal: TemporalSettings;
  /** Demo accounts, simulator, clock scale and the other allowances of a machine that serves only itself. */
  demo: boolean;
  demoPassword?: string;
  secretKey: string;
  previousSecretKeys: string[];
  whatsapp: WhatsAppSettings;
  sms: SmsSettings;
  /** Secret in the path of the missed-call webhook; absent: it answers only in demo. */
  missedCallToken?: string;
  smtpUrl?: string;
  /** Address in the From line of e-mails. */
  smtpFrom: string;
  logLevel: (typeof LOG_LEVELS)[number];
  /** One line each, to be logged at start. */
  warnings: string[];
}

export const SMS_GATEWAYS = ['console', 'http', 'gupshup', 'msg91', 'exotel', 'fast2sms', 'twilio'] as const;
const LOG_LEVELS = ['info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent'] as const;
const META_MEDIA_HOSTS = ['lookaside.fbsbx.com', 'scontent.whatsapp.net', 'mmg.whatsapp.net'];
/** Number and token of the line that the demo speaks by. */
const STAND_IN = 'simulator';
const GRAPH_URL = 'https://graph.facebook.com';

/** True for a host that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The host as it stands in an address. */
function reachable(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** Without undefined members, which exact comparisons and JSON would treat differently. */
function defined<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

function temporalSettings(env: Environment, dataDir: string): TemporalSettings {
  const foreign = address(env, 'TEMPORAL_ADDRESS');
  const tls = defined<NonNullable<TemporalSettings['tls']>>({
    ca: existingFile(env, 'TEMPORAL_TLS_CA'),
    cert: existingFile(env, 'TEMPORAL_TLS_CERT'),
    key: existingFile(env, 'TEMPORAL_TLS_KEY'),
    serverName: optional(env, 'TEMPORAL_TLS_SERVER_NAME'),
  });
  if ((tls.cert === undefined) !== (tls.key === undefined))
    throw new SettingsError(
      tls.cert === undefined ? 'TEMPORAL_TLS_CERT' : 'TEMPORAL_TLS_KEY',
      'it is absent',
      'both TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY, or neither',
    );
  const apiKey = optional(env, 'TEMPORAL_API_KEY');
  const needsAddress = apiKey !== undefined ? 'TEMPORAL_API_KEY' : 'TEMPORAL_TLS_*';
  if (foreign === undefined && (apiKey !== undefined || Object.keys(tls).length > 0))
    throw new SettingsError('TEMPORAL_ADDRESS', `it is absent although ${needsAddress} is set`, 'host:port');
  const addressFile = join(dataDir, 'temporal-address');
  const told = existsSync(addressFile) ? readFileSync(addressFile, 'utf8').trim() : undefined;
  return defined<TemporalSettings>({
    embedded: foreign === undefined,
    address: foreign ?? address(env, 'TEMPORAL_EMBEDDED_ADDRESS') ?? told ?? '127.0.0.1:7233',
    namespace: optional(env, 'TEMPORAL_NAMESPACE') ?? 'default',
    apiKey,
    tls: Object.keys(tls).length > 0 ? tls : undefined,
    uiUrl: url(env, 'TEMPORAL_UI_URL', ['http:', 'https:'], 'https://temporal.example.org')?.origin,
    cliPath: existingFile(env, 'TEMPORAL_CLI_PATH'),
  });
}

function demoMode(env: Environment, database: DatabaseSettings, temporal: TemporalSettings, host: string): boolean {
  const obstacle =
    database.engine !== 'sqlite'
      ? 'DATABASE_URL is set'
      : !temporal.embedded
        ? 'TEMPORAL_ADDRESS is set'
        : !isLoopback(host)
          ? `HOST is ${host}`
          : null;
  const wanted = onOff(env, 'DEMO');
  if (wanted && obstacle !== null)
    throw new SettingsError(
      'DEMO',
      `it is on although ${obstacle}`,
      'embedded database and Temporal and a loopback HOST, or DEMO=off',
    );
  return wanted ?? obstacle === null;
}

function trustedProxies(env: Environment): string[] {
  const proxies = list(env, 'TRUST_PROXY').filter((each) => each !== 'off');
  for (const proxy of proxies) {
    const [base = '', bits, ...rest] = proxy.split('/');
    const range = isIP(base) === 6 ? 128 : 32;
    const network =
      isIP(base) !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && +bits <= range));
    if (!network && !['loopback', 'linklocal', 'uniquelocal'].includes(proxy))
      throw new SettingsError(
        'TRUST_PROXY',
        `"${proxy}" is none`,
        'addresses or networks, such as 10.0.0.0/8, loopback',
      );
  }
  return proxies;
}

function whatsAppSettings(env: Environment, own: string | null): WhatsAppSettings {
  const given = url(env, 'WHATSAPP_API_URL', ['http:', 'https:'], GRAPH_URL);
  const version = optional(env, 'WHATSAPP_API_VERSION') ?? 'v26.0';
  if (!/^v\d+\.\d+$/.test(version)) throw new SettingsError('WHATSAPP_API_VERSION', `"${version}" is none`, 'v26.0');
  const hosts = list(env, 'WHATSAPP_MEDIA_HOSTS');
  const settings = defined<WhatsAppSettings>({
    apiUrl: (given?.href ?? GRAPH_URL).replace(/\/+$/, ''),
    apiUrlGiven: given !== undefined,
    version,
    phoneNumberId: optional(env, 'WHATSAPP_PHONE_NUMBER_ID'),
    token: optional(env, 'WHATSAPP_TOKEN'),
    appSecret: optional(env, 'WHATSAPP_APP_SECRET'),
    verifyToken: optional(env, 'WHATSAPP_VERIFY_TOKEN'),
    mediaHosts: [...(hosts.length > 0 ? hosts : META_MEDIA_HOSTS), ...(given ? [given.host] : [])],
    paceMs: wholeNumber(env, 'WHATSAPP_PACE_MS', 6_000, 0, 3_600_000),
  });
  if ((settings.phoneNumberId === undefined) !== (settings.token === undefined))
    throw new SettingsError(
      settings.token === undefined ? 'WHATSAPP_TOKEN' : 'WHATSAPP_PHONE_NUMBER_ID',
      'it is absent',
      'both WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_TOKEN, or neither',
    );
  if (own === null || given !== undefined || settings.token !== undefined) return settings;
  const { host } = new URL(own);
  const line = { phoneNumberId: STAND_IN, token: STAND_IN, mediaHosts: [host] };
  return { ...settings, ...line, apiUrl: `${own}/simulator/graph`, standIn: true };
}

/** Part of an address that providers call: long enough that nobody guesses it. */
function secretToken(name: string, token: string | undefined): string | undefined {
  if (token === undefined || /^[A-Za-z0-9_-]{16,128}$/.test(token)) return token;
  throw new SettingsError(name, 'it is too short or holds other characters', '16 to 128 letters, digits, - or _');
}

function mailFrom(env: Environment, host: string): string {
  const from = optional(env, 'SMTP_FROM') ?? `Pratikar <no-reply@${host}>`;
  if (/^([^<>\r\n"]*<)?[^<>@\s]+@[^<>@\s]+>?$/.test(from)) return from;
  throw new SettingsError('SMTP_FROM', `"${from}" is none`, 'Grievances <no-reply@city.example.in>');
}

function smsSettings(env: Environment): SmsSettings {
  const gateway = oneOf(env, 'SMS_GATEWAY', SMS_GATEWAYS, 'console');
  const options: Record<string, string> = {};
  for (const [name, value] of Object.entries(env))
    if (name.startsWith('SMS_') && name !== 'SMS_GATEWAY' && value) options[name] = value;
  secretToken('SMS_WEBHOOK_TOKEN', options['SMS_WEBHOOK_TOKEN']);
  return { gateway, options };
}

/**
 * Reads and checks every setting, from the environment first and then from a `.env` file. Throws `SettingsError`, whose
 * message is one line. In demo mode it makes `DATA_DIR/secret-key` on first use.
 */
export function loadSettings(env: Environment = process.env, dotEnvPath = '.env'): Settings {
  const file = readEnvFile(dotEnvPath);
  const all: Environment = { ...file, ...env };
  const host = optional(all, 'HOST') ?? '127.0.0.1';
  if (!/^(\[?[0-9a-f:]+\]?|[a-z0-9.-]+)$/i.test(host))
    throw new SettingsError('HOST', `"${host}" is none`, 'an address or a name, such as 127.0.0.1 or 0.0.0.0');
  const port = wholeNumber(all, 'PORT', 8080, 0, 65_535);
  const dataDir = resolve(optional(all, 'DATA_DIR') ?? '.data');
  const database = databaseSettings(all, dataDir);
  const temporal = temporalSettings(all, dataDir);
  const demo = demoMode(all, database, temporal, host);
  const publicUrl = url(all, 'PUBLIC_URL', ['http:', 'https:'], 'https://grievance.example.org');
  const demoPassword = optional(all, 'DEMO_PASSWORD');
  if (demoPassword !== undefined && demoPassword.length < 8)
    throw new SettingsError('DEMO_PASSWORD', `it has ${demoPassword.length} characters`, 'at least 8');
  return defined<Settings>({
    host,
    port,
    publicUrl: (publicUrl?.href ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    trustProxy: trustedProxies(all),
    // No balancer stands before a demo: Ctrl-C need not wait for one.
    stopNoticeMs: wholeNumber(all, 'STOP_NOTICE_MS', demo ? 0 : 2_000, 0, 60_000),
    dataDir,
    database,
    media: mediaSettings(all, dataDir),
    temporal,
    demo,
    demoPassword,
    secretKey: secretKey(all, demo, dataDir),
    previousSecretKeys: previousSecretKeys(list(all, 'SECRET_KEY_PREVIOUS')),
    whatsapp: whatsAppSettings(all, demo && port !== 0 ? `http://${reachable(host)}:${port}` : null),
    sms: smsSettings(all),
    missedCallToken: secretToken('MISSED_CALL_TOKEN', optional(all, 'MISSED_CALL_TOKEN')),
    smtpFrom: mailFrom(all, publicUrl?.hostname ?? 'localhost'),
    smtpUrl: url(all, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtps://user:password@host:465')?.href,
    logLevel: oneOf(all, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    warnings: misspelled(new Set([...Object.keys(file), ...Object.keys(env)])),
  });
}
