import { All, Controller, HttpCode, Inject, Param, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '#libs/casework/canonical';
import { readMobile } from '#libs/casework/mobile';
import { CaseworkProblem } from '#libs/casework/problem';
import type { ChannelAlert } from '#libs/channels/channel';
import { readIncoming } from '#libs/channels/sms/inbound';
import { commonReports, gatewayOf } from '#libs/channels/sms/sms-settings';
import { isRegistrationFault, type SmsGateway, type SmsReport } from '#libs/channels/sms/gateway';
import { isTwilioSigned } from '#libs/channels/sms/twilio';
import { ownSmsSettings } from '#libs/channels/sms/sms.provider';
import { TenantChannels } from '#libs/casework/tenant-channels';
import type { Settings, SmsSettings } from '#libs/config/settings';
import { fileReport } from '#libs/persistence/delivery-reports';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { Public } from '../../auth/session.guard.js';
import { fromLoopback } from '../../http/request.js';
import { ALERT, SETTINGS } from '../../platform/tokens.js';
import { Once } from '../once.service.js';
import { fieldsOf, formOf, isFrom, isSameSecret } from './gateway-call.js';
import { SmsCommands } from './sms-commands.service.js';

/** Gateways repeat a call within a day when they are not sure that it arrived. */
const REPEATED_WITHIN_MS = 24 * 3_600_000;
/** Without an id the same words from the same telephone within this time are one message. */
const SAME_WORDS_MS = 60_000;
const MOST_TEXT = 2_000;

/** What SMS gateways call: delivery reports and incoming messages, by GET or POST as each of them does. */
@ApiExcludeController()
@Public()
@Controller('webhooks/sms')
export class SmsWebhooksController {
  private readonly gateway: SmsGateway | null;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly commands: SmsCommands,
    private readonly once: Once,
    private readonly channels: TenantChannels,
    @Inject(ALERT) private readonly alert: ChannelAlert,
  ) {
    this.gateway = gatewayOf(settings.sms);
  }

  @All([':gateway', ':gateway/:token'])
  @HttpCode(200)
  async take(
    @Param('gateway') gateway: string,
    @Param('token') token: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<{ status: 'taken' | 'ignored' }> {
    if (request.method !== 'GET' && request.method !== 'POST') throw nothing();
    const admitted = await this.admit(gateway, token, request);
    const fields = fieldsOf(request);
    const reports = admitted ? admitted.reports(fields) : commonReports(fields);
    if (reports) {
      for (const report of reports) await this.file(report);
      return { status: 'taken' };
    }
    const incoming = readIncoming(fields);
    const mobile = incoming && readMobile(incoming.from);
    if (!incoming || !mobile) return { status: 'ignored' };
    const text = incoming.text.slice(0, MOST_TEXT);
    const key =
      incoming.id === undefined ? `sms/${hashOf(mobile, text)}` : `sms/${gateway}/${incoming.id}`.slice(0, 255);
    const within = incoming.id === undefined ? SAME_WORDS_MS : REPEATED_WITHIN_MS;
    if (await this.once.wasDone(key, within)) return { status: 'taken' };
    await this.commands.take(
      mobile,
      text,
      incoming.id === undefined ? `${key}/${Math.floor(Date.now() / SAME_WORDS_MS)}` : key,
    );
    // Afterwards: a process that dies in between leaves the call to be repeated, and its command knows the key.
    await this.once.claim(key, within);
    return { status: 'taken' };
  }

  private async file(report: SmsReport): Promise<void> {
    const { providerId, status, error, code } = report;
    if (providerId.length > 191) return;
    if (isRegistrationFault(code)) this.alert({ channel: 'sms', what: 'refused', error: error ?? `DLT ${code}` });
    await this.unitOfWork.run((em) =>
      fileReport(em, {
        channel: 'sms',
        providerId,
        status,
        at: report.at ?? Date.now(),
        ...(error === undefined ? {} : { error }),
      }),
    );
  }

  /** The gateway that calls, of the settings or a city's own; null: the console's stand-in. */
  private async admit(gateway: string, token: string | undefined, request: FastifyRequest): Promise<SmsGateway | null> {
    const own = [...(await this.channels.all()).values()].flatMap(({ sms }) => (sms ? [ownSmsSettings(sms)] : []));
    const named = [this.settings.sms, ...own].filter((each) => each.gateway === gateway);
    const caller = named.find((each) => this.isAdmitted(each, token, request));
    if (caller) return caller === this.settings.sms ? this.gateway : gatewayOf(caller);
    if (gateway === 'twilio' && named.length > 0) {
      throw CaseworkProblem.forbidden('This call is not signed by the provider.');
    }
    throw nothing();
  }

  /** Most gateways sign nothing: a secret in the path and their addresses have to do. */
  private isAdmitted(sms: SmsSettings, token: string | undefined, request: FastifyRequest): boolean {
    const { publicUrl, demo } = this.settings;
    const { SMS_WEBHOOK_TOKEN: secret, SMS_WEBHOOK_ADDRESSES: addresses, SMS_API_TOKEN: twilioToken } = sms.options;
    if (!isFrom(addresses, request.ip)) return false;
    if (sms.gateway === 'twilio') {
      const header = request.headers['x-twilio-signature'];
      const signature = Array.isArray(header) ? header[0] : header;
      return isTwilioSigned(`${publicUrl}${request.url}`, formOf(request), signature, twilioToken ?? '');
    }
    return secret === undefined ? demo && fromLoopback(request) : isSameSecret(token, secret);
  }
}

/** As for any address that does not exist: whoever has not the secret learns nothing. */
function nothing(): CaseworkProblem {
  return CaseworkProblem.notFound('There is nothing at this address.');
}
