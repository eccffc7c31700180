import { at, isRecord, parseJson, type Fields } from './fields.js';
import type { SmsReport } from './gateway.js';
import type { HttpTemplate } from './http-template.js';

/** A gateway that needs nothing but a template and the reading of its reports. */
export interface Preset {
  template: HttpTemplate;
  /** Settings it cannot do without. */
  needs: readonly string[];
  /** Settings that have a usual value. */
  usual?: Readonly<Record<string, string>>;
  reports(fields: Fields): SmsReport[] | null;
}

export const PRESETS: Readonly<Record<'gupshup' | 'msg91' | 'exotel' | 'fast2sms', Preset>> = {
  gupshup: {
    needs: ['SMS_USERNAME', 'SMS_PASSWORD'],
    usual: { SMS_URL: 'https://enterprise.smsgupshup.com/GatewayAPI/rest' },
    template: {
      method: 'POST',
      url: '{SMS_URL}',
      body: {
        type: 'form',
        text:
          'method=SendMessage&v=1.1&auth_scheme=plain&format=json&userid={SMS_USERNAME}&password={SMS_PASSWORD}' +
          '&send_to={msisdn}&msg={text}&msg_type={type}&mask={header}&principalEntityId={entity}&dltTemplateId={template}',
      },
      answer: {
        success: /"status"\s*:\s*"success"|^success\b/i,
        id: /"id"\s*:\s*"([^"]+)"|^success\s*\|\s*\d+\s*\|\s*(\S+)/i,
        code: /"id"\s*:\s*"?(\d+)|^error\s*\|\s*(\d+)/i,
        // Wrong credentials, a closed account, no credit.
        denied: /^(102|103|106|175)$/,
      },
    },
    reports: gupshupReports,
  },
  msg91: {
    needs: ['SMS_API_KEY'],
    usual: { SMS_URL: 'https://control.msg91.com/api/v2/sendsms' },
    template: {
      method: 'POST',
      url: '{SMS_URL}',
      headers: { authkey: '{SMS_API_KEY}' },
      body: {
        type: 'json',
        text:
          '{"sender":"{header}","route":"4","country":"91","unicode":"{unicode}","DLT_TE_ID":"{template}",' +
          '"PE_ID":"{entity}","sms":[{"message":"{text}","to":["{national}"]}]}',
      },
      answer: { success: /"type"\s*:\s*"success"/i, id: 'message', code: 'code', denied: /^(201|207|301|302|303)$/ },
    },
    reports: msg91Reports,
  },
  exotel: {
    needs: ['SMS_ACCOUNT_SID', 'SMS_API_KEY', 'SMS_API_TOKEN'],
    usual: { SMS_URL: 'https://api.in.exotel.com' },
    template: {
      method: 'POST',
      url: '{SMS_URL}/v1/Accounts/{SMS_ACCOUNT_SID}/Sms/send.json',
      headers: { Authorization: 'Basic {basic}' },
      body: {
        type: 'form',
        text:
          'From={header}&To={to}&Body={text}&EncodingType={encoding}&DltEntityId={entity}&DltTemplateId={template}' +
          '&StatusCallback={callback}&CustomField={id}',
      },
      answer: { success: /"SMSMessage"/, id: 'SMSMessage.Sid', code: 'RestException.Code' },
    },
    reports: exotelReports,
  },
  fast2sms: {
    needs: ['SMS_API_KEY'],
    usual: { SMS_URL: 'https://www.fast2sms.com/dev/bulkV2' },
    template: {
      method: 'POST',
      url: '{SMS_URL}',
      headers: { authorization: '{SMS_API_KEY}' },
      body: {
        type: 'form',
        text: 'route=dlt_manual&sender_id={header}&entity_id={entity}&template_id={template}&message={text}&numbers={national}',
      },
      answer: {
        success: /"return"\s*:\s*true/i,
        id: 'request_id',
        code: 'status_code',
        denied: /^(401|412|413|414|416|996|999)$/,
      },
    },
    reports: fast2smsReports,
  },
};

/** One report as query or form, or many as JSON in `response`. */
function gupshupReports(fields: Fields): SmsReport[] | null {
  const many = fields.text('response');
  const list = many === undefined ? undefined : parseJson(many);
  if (Array.isArray(list)) return list.flatMap((entry) => gupshupReport((name) => at(entry, name)));
  if (fields.text('externalId') === undefined || fields.text('eventType') === undefined) return null;
  return gupshupReport((name) => fields.text(name));
}

function gupshupReport(read: (name: string) => string | undefined): SmsReport[] {
  const id = read('externalId');
  const type = read('eventType')?.toUpperCase();
  if (id === undefined || type === undefined) return [];
  const when = Number(read('eventTs'));
  const code = read('errCode') ?? read('errorCode');
  return [
    report(
      id,
      type,
      read('cause'),
      code === '000' ? undefined : code,
      Number.isFinite(when) && when > 0 ? when : undefined,
    ),
  ];
}

/** Text in `data`: a list of requests, each with a report a recipient. */
function msg91Reports(fields: Fields): SmsReport[] | null {
  const data = fields.text('data');
  const list = data === undefined ? undefined : parseJson(data);
  if (!Array.isArray(list)) return null;
  return list.flatMap((request: unknown) => {
    const id = at(request, 'requestId');
    const reports = isRecord(request) && Array.isArray(request['report']) ? (request['report'] as unknown[]) : [];
    if (id === undefined) return [];
    return reports.map((entry) => {
      const code = at(entry, 'status');
      const status = code === '1' ? 'DELIVERED' : code === '8' || code === '0' ? 'SENT' : 'FAILED';
      return report(id, status, at(entry, 'desc'), at(entry, 'failedReason') ?? code);
    });
  });
}

function exotelReports(fields: Fields): SmsReport[] | null {
  const id = fields.text('SmsSid');
  const status = fields.text('Status');
  if (id === undefined || status === undefined) return null;
  // `sent` is Exotel's word for what reached the telephone.
  const said = status === 'sent' ? 'DELIVERED' : status.startsWith('failed') ? 'FAILED' : 'SENT';
  return [report(id, said, fields.text('DetailedStatus') ?? status, fields.text('DetailedStatusCode'))];
}

function fast2smsReports(fields: Fields): SmsReport[] | null {
  const list: unknown[] = Array.isArray(fields.json) ? fields.json : [fields.json];
  const found = list.flatMap((entry) => {
    const id = at(entry, 'request_id');
    const statuses =
      isRecord(entry) && Array.isArray(entry['delivery_status']) ? (entry['delivery_status'] as unknown[]) : [];
    if (id === undefined) return [];
    return statuses.map((each) =>
      report(id, at(each, 'status')?.toUpperCase() ?? '', at(each, 'status_description'), at(each, 'error_code')),
    );
  });
  return found.length > 0 ? found : null;
}

const DELIVERED = /^(DELIVERED|DELIVRD|READ|SUCCESS)$/;
const ON_THE_WAY = /^(SENT|SUBMITTED|SUBMIT|ACCEPTED|QUEUED|SENDING|PENDING|UNKNOWN|BUFFERED)$/;

/** What any gateway calls a status; an unknown word is a failure, so that somebody looks at it. */
export function report(
  providerId: string,
  word: string,
  cause: string | undefined,
  code: string | undefined,
  at?: number,
): SmsReport {
  const when = at === undefined ? {} : { at };
  if (DELIVERED.test(word)) return { providerId, status: 'delivered', ...when };
  if (ON_THE_WAY.test(word)) return { providerId, status: 'sent', ...when };
  const error = [code, cause ?? word].filter((part) => part !== undefined && part !== '').join(' ');
  return { providerId, status: 'failed', error, ...(code === undefined ? {} : { code }), ...when };
}
