import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Casework } from '#libs/casework/casework';
import { temporalProblem } from '#libs/casework/temporal-calls';
import type { Settings } from '#libs/config/settings';
import type { Locale } from '#libs/domain/case/names';
import { identityOf } from '#libs/persistence/contact-aliases';
import { toBeSent } from '#libs/persistence/delivery-reports';
import { ConversationStateEntity, NotificationEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { render } from '#libs/templates/registry';
import { SETTINGS } from '../../platform/tokens.js';
import { Conversations } from '../conversations.service.js';

const HOUR_MS = 3_600_000;

/** Answers whoever rang: on WhatsApp where they can be reached there, else by an SMS with a link. */
@Injectable()
export class MissedCalls {
  constructor(
    private readonly casework: Casework,
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: Conversations,
    @InjectDataSource() private readonly read: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async answer(mobile: string): Promise<void> {
    const { masters, citizens, contactId } = this.casework.parts;
    const contact = await identityOf(this.read.manager, contactId(mobile));
    const tenant = await masters.citizensTenant();
    const settings =
      tenant === '' ? {} : (await masters.service.tenants()).find(({ code }) => code === tenant)?.settings;
    const known = await citizens.find(contact);
    const chats = known?.channel === 'whatsapp' || settings?.['missedCall'] === 'whatsapp';
    const channel = chats || (await this.hasWritten(contact)) ? 'whatsapp' : 'sms';
    const row = await this.message(mobile, contact, tenant, channel, known?.locale ?? (await this.usualLocale()));
    await this.unitOfWork.run((em) =>
      em.createQueryBuilder().insert().into(NotificationEntity).values(row).orIgnore().execute(),
    );
    await this.conversations.say(tenant, contact, { id: row.id, notBefore: 0 }).catch((error: unknown) => {
      throw temporalProblem(error);
    });
  }

  private hasWritten(contact: string): Promise<boolean> {
    return this.read.manager.existsBy(ConversationStateEntity, { contact, channel: 'whatsapp' });
  }

  private async message(
    mobile: string,
    contact: string,
    tenant: string,
    channel: 'whatsapp' | 'sms',
    locale: Locale,
  ): Promise<NotificationEntity> {
    const now = Date.now();
    // A message of no case: the hour takes the place of the event that caused it.
    const hour = Math.floor(now / HOUR_MS);
    const { text } = render('missed_call', locale, { site: this.settings.publicUrl }, { zone: 'Asia/Kolkata', now });
    return {
      id: `missed-call/${now}/${contact.slice(0, 8)}`,
      number: '',
      tenant,
      seq: hour,
      template: 'missed_call',
      locale,
      channel,
      toAddress: mobile,
      contact,
      text,
      ...toBeSent(now),
    };
  }

  private async usualLocale(): Promise<Locale> {
    const tenants = await this.casework.parts.masters.service.tenants();
    const wished = tenants.map(({ settings }) => settings['defaultLocale']).find((locale) => locale !== undefined);
    return wished === 'bn' || wished === 'hi' ? wished : 'en';
  }
}
