import type { OutboundMessage } from '#libs/channels/channel';
import type { Locale } from '#libs/domain/case/names';
import { render } from '#libs/templates/registry';

/** The SMS that carries a one-time code. */
export function otpMessage(id: string, mobile: string, code: string, locale: Locale, minutes: number): OutboundMessage {
  // The text holds no time of day, so the zone does not matter.
  const rendered = render('otp', locale, { code, minutes }, { zone: 'UTC', now: Date.now() });
  return {
    id,
    channel: 'sms',
    to: mobile,
    template: 'otp',
    locale,
    text: rendered.text,
    case: null,
    dlt: { templateId: rendered.dltTemplateId, header: rendered.header },
  };
}
