/** What a refusal of the Graph API asks of us. */
export type WhatsAppFault =
  /** Nothing goes through until the operator has seen to it. */
  | 'stop'
  | 'back_off'
  /** Only this citizen gets too much at the moment. */
  | 'pair_limit'
  /** The 24 hours are over: only an approved template may go. */
  | 'window'
  /** This person or this text cannot be reached by WhatsApp. */
  | 'other_channel'
  /** We asked for nonsense; asking again will not help. */
  | 'our_bug'
  | 'retry';

const EXACT: Readonly<Record<number, WhatsAppFault>> = {
  0: 'stop',
  3: 'stop',
  10: 'stop',
  190: 'stop',
  368: 'stop',
  131031: 'stop',
  4: 'back_off',
  80007: 'back_off',
  130429: 'back_off',
  131048: 'back_off',
  131056: 'pair_limit',
  131047: 'window',
  131026: 'other_channel',
  130472: 'other_channel',
  131049: 'other_channel',
  131050: 'other_channel',
  100: 'our_bug',
  131008: 'our_bug',
  131009: 'our_bug',
  131051: 'our_bug',
  131000: 'retry',
  131016: 'retry',
  131057: 'retry',
};

/** Judges an error by its code; one that is not listed by the HTTP status that came with it. */
export function faultOf(code: number, httpStatus = 400): WhatsAppFault {
  const known = EXACT[code];
  if (known) return known;
  if (code >= 200 && code <= 299) return 'stop';
  // Paused, rejected, unknown or ill-fitting templates.
  if (code >= 132000 && code <= 132999) return 'other_channel';
  if (httpStatus === 401 || httpStatus === 403) return 'stop';
  if (httpStatus === 429) return 'back_off';
  return httpStatus >= 500 ? 'retry' : 'our_bug';
}

/** Milliseconds after which it may be tried again. */
export const PAUSE_MS: Readonly<Record<'stop' | 'back_off' | 'pair_limit' | 'retry', number>> = {
  stop: 10 * 60_000,
  back_off: 30_000,
  pair_limit: 6_000,
  retry: 5_000,
};
