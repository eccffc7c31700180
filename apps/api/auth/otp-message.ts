import type { OutboundMessage } from '#libs/channels/channel';
import type { Locale } from '#libs/domain/case/names';
import { render, type RegistrationOptions } from '#libs/templates/registry';

interface OtpWords {
  id: string;
  mobile: string;
  code: string;
  locale: Locale;
  minutes: number;
  /** Under whose registrations and by whose gateway it goes. */
  tenant: string;
}

/** The SMS that carries a one-time code. */
export function otpMessage(
  { id, mobile, code, locale, minutes, tenant }: OtpWords,
  registrations: RegistrationOptions = {},
): OutboundMessage {
  // The text holds no time of day, so the zone does not matter.
  const rendered = render('otp', locale, { code, minutes }, { zone: 'UTC', now: Date.now(), ...registrations });
  return {
    id,
    tenant,
    channel: 'sms',
    to: mobile,
    template: 'otp',
    locale,
    text: rendered.text,
    case: null,
    dlt: { templateId: rendered.dltTemplateId, header: rendered.header },
  };
}
