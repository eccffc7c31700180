import type { Settings } from './settings.js';

/** Seven digits and more in a row may be a telephone number: the last four are enough to find it again. */
const LONG_DIGITS = /(?<![\w-]|(?<!\\)":)\+?\d{3,}(\d{4})(?![\w-])/g;
/** A member of an object that is a number: what stands for it must be JSON still. */
const LONG_NUMBER = /(?<=(?<!\\)":)\d{6,}(\d{4})(?![\w.])/g;
/** The same as people write it, in groups. */
const GROUPED_DIGITS = /(?<![\w-])(?:\+|00)?(?:91[ -]?|0[ -]?)?[6-9](?:[ -]?\d){5}(?:[ -]?\d){4}(?![\w-])/g;
/** What admits whoever has it: sessions, keys of partners, links to rate by. */
const CREDENTIALS = /\beyJ[\w-]+\.[\w-]+\.[\w-]+|\bprk_[\w-]{16,}|(?<=\bBearer )[\w.~+/-]{8,}=*|(?<=\/r\/)[\w.~-]{8,}/g;
/** Shorter ones are words that stand in a log for other reasons. */
const SHORTEST_SECRET = 6;
const HIDDEN = '***';

/** Text of a database or a provider, which may quote what it was given, without telephone numbers. */
export function maskDigits(text: string): string {
  return text
    .replace(LONG_DIGITS, `${HIDDEN}$1`)
    .replace(LONG_NUMBER, `"${HIDDEN}$1"`)
    .replace(GROUPED_DIGITS, (digits) => `${HIDDEN}${digits.replace(/\D/g, '').slice(-4)}`);
}

/** What makes a line of a log fit to be read by others: without telephone numbers, credentials and these secrets. */
export function lineMask(secrets: readonly string[]): (line: string) => string {
  const own = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .flatMap((secret) => [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .map((secret) => secret.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  const known = own.length > 0 ? new RegExp(own.join('|'), 'g') : null;
  return (line) => {
    const bare = line.replace(CREDENTIALS, HIDDEN);
    return maskDigits(known ? bare.replace(known, HIDDEN) : bare);
  };
}

/** Every value of the settings that nobody else may know. */
export function secretsOf(settings: Settings): string[] {
  const { whatsapp, sms, database, media, temporal } = settings;
  const own = Object.entries(sms.options).filter(([name]) => /KEY|TOKEN|PASSWORD|SECRET|HEADERS/.test(name));
  const mail = settings.smtpUrl === undefined ? '' : decodeURIComponent(new URL(settings.smtpUrl).password);
  return [
    settings.secretKey,
    ...settings.previousSecretKeys,
    settings.demoPassword,
    // The stand-in's is no secret, and a word that lines are full of.
    ...(whatsapp.standIn ? [] : [whatsapp.token]),
    whatsapp.appSecret,
    whatsapp.verifyToken,
    ...own.map(([, value]) => value),
    settings.missedCallToken,
    mail,
    database.engine === 'sqlite' ? undefined : database.password,
    ...(media.kind === 's3' ? [media.secretAccessKey, media.sessionToken] : []),
    temporal.apiKey,
  ].filter((secret): secret is string => secret !== undefined && secret !== '');
}
