import type { Fields } from '../sms/fields.js';

/** The caller's number, as any telephony provider names it; not checked. null: the call holds none. */
export function callerIn(fields: Fields): string | null {
  return (
    fields.text('CallFrom', 'From', 'caller', 'caller_id', 'callerid', 'caller_number', 'msisdn', 'mobile', 'cli') ??
    null
  );
}
