import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Casework } from '#libs/casework/casework';
import type { Senders } from '#libs/channels/senders';
import type { Settings } from '#libs/config/settings';
import type { Locale, TemplateId } from '#libs/domain/case/names';
import { render, type PartialValuesFor, type RenderOptions } from '#libs/templates/registry';
import { SENDERS, SETTINGS } from '../../platform/tokens.js';

/** What an answer says, and about which case. */
export interface Reply<T extends TemplateId = TemplateId> {
  template: T;
  variant?: string;
  values: PartialValuesFor<T>;
  /** Number and city of the case; absent: it is about none. */
  about?: { number: string; tenant: string };
}

/** Answers by SMS at once, as a one-time code is sent: whoever asked is waiting. */
@Injectable()
export class SmsReplies {
  constructor(
    @Inject(SENDERS) private readonly senders: Senders,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly casework: Casework,
  ) {}

  /** @returns whether it has gone */
  async send<T extends TemplateId>(mobile: string, locale: Locale, reply: Reply<T>): Promise<boolean> {
    const { template, values, variant, about } = reply;
    const tenant = about?.tenant ?? (await this.casework.parts.masters.citizensTenant());
    const options = await this.options(tenant, variant);
    const rendered = render(template, locale, values, options);
    const result = await this.senders.sms.send({
      id: `sms/${randomUUID()}`,
      tenant,
      channel: 'sms',
      to: mobile,
      template,
      locale,
      text: rendered.text,
      case: about?.number ?? null,
      dlt: { templateId: rendered.dltTemplateId, header: rendered.header },
    });
    return result.outcome === 'sent';
  }

  get site(): string {
    return this.settings.publicUrl;
  }

  private async options(tenant: string, variant: string | undefined): Promise<RenderOptions> {
    const masters = tenant === '' ? null : await this.casework.parts.masters.tenant(tenant);
    return {
      zone: masters?.tenant.zone ?? 'Asia/Kolkata',
      now: Date.now(),
      ...masters?.snapshot.registrations,
      ...(variant === undefined ? {} : { variant }),
    };
  }
}
