/** Every variable the product reads. */
export const VARIABLES = [
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUST_PROXY',
  /** How long a stopping API says at /readyz that it goes before it takes no new connection, ms. */
  'STOP_NOTICE_MS',
  'DATA_DIR',
  'DATABASE_URL',
  'MEDIA_URL',
  'AWS_ENDPOINT_URL_S3',
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS_CA',
  'TEMPORAL_TLS_CERT',
  'TEMPORAL_TLS_KEY',
  'TEMPORAL_TLS_SERVER_NAME',
  /** Where people open Temporal's own UI: its pages may ask for payloads to be decoded. */
  'TEMPORAL_UI_URL',
  'TEMPORAL_CLI_PATH',
  /** Where the launcher's own Temporal server listens; it tells its children by this. */
  'TEMPORAL_EMBEDDED_ADDRESS',
  'DEMO',
  'DEMO_PASSWORD',
  'SECRET_KEY',
  /** Former keys, newest first, separated by commas: payloads written under them stay readable. */
  'SECRET_KEY_PREVIOUS',
  'WHATSAPP_API_URL',
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
  'WHATSAPP_API_VERSION',
  'WHATSAPP_MEDIA_HOSTS',
  'WHATSAPP_PACE_MS',
  'SMS_GATEWAY',
  /** Secret at the end of the address that a telephony provider calls. */
  'MISSED_CALL_TOKEN',
  'SMTP_URL',
  'SMTP_FROM',
  'LOG_LEVEL',
] as const;
export type Variable = (typeof VARIABLES)[number];

/** Number of single-letter changes (a swap counts as one) between two names. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  const first = rows[0] ?? [];
  for (let j = 1; j <= b.length; j++) first[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      (rows[i] as number[])[j] = best;
    }
  }
  return at(a.length, b.length);
}

/** One warning for each name that is not ours but looks like a misspelling of one that is. */
export function misspelled(names: Iterable<string>): string[] {
  const known = new Set<string>(VARIABLES);
  const warnings: string[] = [];
  for (const name of names) {
    if (known.has(name)) continue;
    // A gateway's own settings are not known here, and may look like one of ours.
    const candidates: readonly string[] = name.startsWith('SMS_') ? ['SMS_GATEWAY'] : VARIABLES;
    const near = candidates.find((ours) => distance(name.toUpperCase(), ours) <= (ours.length > 6 ? 2 : 1));
    if (near) warnings.push(`${name} is not a setting and was ignored; did you mean ${near}?`);
  }
  return warnings;
}
