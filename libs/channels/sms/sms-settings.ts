import { SettingsError } from '#libs/config/settings-error';
import type { SmsSettings } from '#libs/config/settings';
import type { SmsGateway } from './gateway.js';
import { fill, judgeBy, type HttpTemplate } from './http-template.js';
import { PRESETS, report, type Preset } from './presets.js';
import { twilioGateway } from './twilio.js';

/** What goes with every message, whichever gateway carries it. */
export interface SmsIdentity {
  /** Used where a tenant's registration names none. */
  header: string | undefined;
  entity: string;
}

/**
 * The gateway of the settings; null: the console.
 * @throws SettingsError naming the setting that is missing or wrong
 */
export function gatewayOf({ gateway, options }: SmsSettings): SmsGateway | null {
  switch (gateway) {
    case 'console':
      return null;
    case 'twilio':
      need(options, gateway, ['SMS_ACCOUNT_SID', 'SMS_API_TOKEN', 'SMS_FROM']);
      return twilioGateway(options);
    case 'http':
      return templated('http', customPreset(options), options, true);
    default: {
      const preset = PRESETS[gateway];
      need(options, gateway, [...preset.needs, 'SMS_ENTITY_ID']);
      return templated(gateway, preset, options, true);
    }
  }
}

export function identityOf({ options }: SmsSettings): SmsIdentity {
  const header = options['SMS_HEADER'];
  if (header !== undefined && !/^[A-Za-z0-9]{3,11}$/.test(header)) {
    throw new SettingsError('SMS_HEADER', `"${header}" is none`, 'the registered header, such as PRTKAR');
  }
  const entity = options['SMS_ENTITY_ID'] ?? '';
  if (entity !== '' && !/^\d{10,25}$/.test(entity)) {
    throw new SettingsError('SMS_ENTITY_ID', `"${entity}" is none`, 'the 19 digits of the principal entity');
  }
  return { header, entity };
}

function templated(
  name: string,
  preset: Preset,
  given: Readonly<Record<string, string>>,
  registeredOnly: boolean,
): SmsGateway {
  const options = { ...preset.usual, ...given };
  const basic = Buffer.from(`${options['SMS_API_KEY'] ?? ''}:${options['SMS_API_TOKEN'] ?? ''}`).toString('base64');
  const base = (options['SMS_URL'] ?? '').replace(/\/+$/, '');
  // An address stands in the template as it is; everything else is encoded for its place.
  const template = { ...preset.template, url: preset.template.url.replace('{SMS_URL}', base) };
  return {
    name,
    registeredOnly,
    request: (order) => fill(template, order, { ...options, basic }),
    judge: (answer) => judgeBy(template.answer, answer),
    reports: (fields) => preset.reports(fields),
  };
}

/** Any other gateway, described by settings alone. */
function customPreset(options: Readonly<Record<string, string>>): Preset {
  need(options, 'http', ['SMS_URL']);
  const url = options['SMS_URL'] ?? '';
  if (!/^https?:\/\//.test(url))
    throw new SettingsError('SMS_URL', 'it is not an address', 'https://… with {to} and {text}');
  const body = options['SMS_BODY'];
  const template: HttpTemplate = {
    method: body === undefined && options['SMS_METHOD']?.toUpperCase() !== 'POST' ? 'GET' : 'POST',
    url,
    headers: headersIn(options['SMS_HEADERS']),
    ...(body === undefined
      ? {}
      : { body: { type: /^\s*[{[]/.test(body) ? ('json' as const) : ('form' as const), text: body } }),
    answer: {
      ...patternIn(options, 'SMS_SUCCESS', 'success'),
      ...(options['SMS_ID_PATH'] === undefined ? {} : { id: options['SMS_ID_PATH'] }),
      ...(options['SMS_CODE_PATH'] === undefined ? {} : { code: options['SMS_CODE_PATH'] }),
    },
  };
  if (![template.url, template.body?.text ?? ''].some((part) => part.includes('{text}'))) {
    throw new SettingsError('SMS_BODY', 'neither it nor SMS_URL holds {text}', 'a template with {msisdn} and {text}');
  }
  return { needs: ['SMS_URL'], template, reports: commonReports };
}

/** Reports of a gateway without habits of its own, and of the console's stand-in. */
export function commonReports(fields: Parameters<Preset['reports']>[0]): ReturnType<Preset['reports']> {
  const id = fields.text('id', 'message_id', 'messageId', 'msgid', 'externalId', 'sid');
  const status = fields.text('status', 'state', 'eventType', 'dlr');
  if (id === undefined || status === undefined) return null;
  return [
    report(
      id,
      status.toUpperCase(),
      fields.text('cause', 'reason', 'error'),
      fields.text('code', 'errCode', 'error_code'),
    ),
  ];
}

function need(options: Readonly<Record<string, string>>, gateway: string, names: readonly string[]): void {
  const missing = names.find((name) => !options[name]);
  if (missing)
    throw new SettingsError(missing, `it is absent although SMS_GATEWAY is ${gateway}`, 'what the gateway gave you');
}

function headersIn(text: string | undefined): Record<string, string> {
  if (text === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      Object.values(parsed).every((value) => typeof value === 'string')
    ) {
      return parsed as Record<string, string>;
    }
  } catch {
    // Told below.
  }
  throw new SettingsError('SMS_HEADERS', 'it is no JSON object of texts', '{"Authorization":"Bearer …"}');
}

function patternIn(options: Readonly<Record<string, string>>, name: string, as: 'success'): { success?: RegExp } {
  const text = options[name];
  if (text === undefined) return {};
  try {
    return { [as]: new RegExp(text, 'i') };
  } catch {
    throw new SettingsError(name, 'it is no regular expression', 'a pattern that the body of an accepted message fits');
  }
}
