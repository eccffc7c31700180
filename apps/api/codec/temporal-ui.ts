import { isLoopback, type TemporalSettings } from '#libs/config/settings';

/** Whether a page's origin is that of Temporal's UI: the configured one, or one of this machine beside an embedded server. */
export function isTemporalUi(
  origin: string,
  { uiUrl, embedded }: Pick<TemporalSettings, 'uiUrl' | 'embedded'>,
): boolean {
  if (uiUrl !== undefined) return origin === uiUrl;
  if (!embedded || !URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && isLoopback(hostname);
}
