import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import { Casework } from '#libs/casework/casework';
import { CaseworkProblem } from '#libs/casework/problem';
import { temporalProblem } from '#libs/casework/temporal-calls';
import { readInbound, type DeliveryStatus, type InboundChat } from '#libs/channels/whatsapp/inbound';
import { contactHash, type Keys } from '#libs/config/keys';
import type { ChatPerson } from '#libs/contracts/chat';
import type { InboundBatch } from '#libs/contracts/temporal/conversation';
import { fileReport } from '#libs/persistence/delivery-reports';
import { ConversationStateEntity, type NotificationEntity } from '#libs/persistence/entities/index';
import { UnitOfWork } from '#libs/persistence/unit-of-work';
import { KEYS, LOG } from '../../platform/tokens.js';
import { Conversations } from '../conversations.service.js';
import { SenderLimit } from './sender-limit.js';

const CHANNEL = 'whatsapp';

/** Makes durable what WhatsApp tells us: messages in the conversations, reports in the record. Then it may be forgotten. */
@Injectable()
export class WhatsAppInbox {
  private readonly limit = new SenderLimit();

  constructor(
    private readonly casework: Casework,
    private readonly unitOfWork: UnitOfWork,
    @InjectDataSource() private readonly read: DataSource,
    private readonly conversations: Conversations,
    @Inject(KEYS) private readonly keys: Keys,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Throws when anything could not be made durable: the provider then sends the whole body again.
   * @param only the number whose app has signed; what the body says of others is not believed
   */
  async take(body: unknown, only?: string): Promise<void> {
    const inbound = readInbound(body);
    const { statuses, errors } = inbound;
    const chats = only === undefined ? inbound.chats : inbound.chats.filter(({ from }) => from.via === only);
    for (const error of errors) this.log.error({ ...error }, 'WhatsApp reports a fault');
    const tenant = await this.casework.parts.masters.citizensTenant();
    const results = await Promise.allSettled([
      ...chats.map((chat) => this.hear(tenant, chat)),
      this.file(tenant, statuses),
    ]);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw temporalProblem(failure.reason);
  }

  private async hear(tenant: string, { from, messages }: InboundChat): Promise<void> {
    const contact = await this.contactOf(from);
    const admitted = this.limit.admit(contact, messages);
    if (admitted.length === 0) return;
    const batch: InboundBatch = { channel: CHANNEL, from, messages: admitted, withinTask: true };
    await this.conversations.hear(tenant, contact, batch);
  }

  /** A person is their telephone number; somebody who hides it now is known by the user id they had before. */
  private async contactOf({ mobile, externalId }: ChatPerson): Promise<string> {
    if (mobile) return contactHash(this.keys, mobile);
    if (!externalId) throw CaseworkProblem.invalid([{ field: 'from', problem: 'required', expected: 'who writes' }]);
    const known = await this.read.manager.findOne(ConversationStateEntity, {
      where: { channel: CHANNEL, externalId },
      select: { contact: true },
    });
    return known?.contact ?? contactHash(this.keys, externalId);
  }

  private async file(tenant: string, statuses: readonly DeliveryStatus[]): Promise<void> {
    // What a chat says has no row of its own.
    const reports = statuses.filter(({ ownId }) => !ownId?.startsWith('chat:'));
    if (reports.length === 0) return;
    const instead = await this.unitOfWork.run(async (em) => {
      const rows: NotificationEntity[] = [];
      for (const { providerId, ownId, status, at, error } of reports) {
        const row = await fileReport(em, {
          channel: CHANNEL,
          providerId,
          status,
          at,
          ...(ownId ? { ownId } : {}),
          ...(error ? { error: `${error.code} ${error.text}` } : {}),
        });
        if (row) rows.push(row);
      }
      return rows;
    });
    await Promise.all(
      instead.map(({ id, contact, notBefore }) => this.conversations.say(tenant, contact, { id, notBefore })),
    );
  }
}
