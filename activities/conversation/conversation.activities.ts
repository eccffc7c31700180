import { In, MoreThan } from 'typeorm';
import type { ChannelName, OutboundMessage, SendResult } from '#libs/channels/channel';
import type { Senders } from '#libs/channels/senders';
import type { ConversationActivities, DeliveryResult } from '#libs/contracts/temporal/conversation';
import type { DataSources } from '#libs/persistence/data-sources';
import { failOver, fileEarlyReports } from '#libs/persistence/delivery-reports';
import { ConversationStateEntity, NotificationEntity } from '#libs/persistence/entities/index';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';
import { registrationOf, type RegistrationOptions } from '#libs/templates/registry';
import { foldDigests } from './digests.js';
import { quickRepliesOf, shownAs } from './rich-messages.js';

export interface DeliveryParts {
  sources: DataSources;
  unitOfWork: UnitOfWork;
  senders: Senders;
  /** Under which ids a tenant's texts are registered. */
  registrations?: (tenant: string) => Promise<RegistrationOptions>;
  /** Called before each message: the work goes on. */
  alive?: () => void;
}

/** Longest a provider is tried for one message: later the news in it is none. */
const GIVE_UP_AFTER_MS = 3 * 24 * 3_600_000;
const LONGEST_PAUSE_MS = 3_600_000;
const ERROR_LENGTH = 500;
/** Of the 24 hours in which a messenger lets us write freely a little is left for the way. */
export const WINDOW_MS = 24 * 3_600_000 - 60_000;

export function createDeliverActivity(parts: DeliveryParts): ConversationActivities['deliver'] {
  const { sources, unitOfWork, senders } = parts;

  /** One attempt; what became of it stands in the row afterwards. Null: nothing is left to do. */
  async function attempt(row: NotificationEntity, tries: number): Promise<number | null> {
    const result = await senders[row.channel as ChannelName].send(await messageOf(row));
    const tooLate = Date.now() > Math.max(row.createdAt, row.notBefore) + GIVE_UP_AFTER_MS;
    if (result.outcome === 'retry' && !tooLate) {
      await note(row, { attempts: row.attempts + 1, error: result.error.slice(0, ERROR_LENGTH) });
      return Math.min(LONGEST_PAUSE_MS, result.afterMs * 2 ** Math.min(tries - 1, 12));
    }
    if (result.outcome === 'sent') {
      await sent(row, result.providerId ?? null);
      return null;
    }
    const instead = await failed(row, result);
    if (instead) return attempt(instead, tries);
    if (result.outcome !== 'stopped' || tooLate) return null;
    // No other way is known: it waits until the channel works again.
    await unitOfWork.run((em) => em.update(NotificationEntity, { id: row.id, status: 'failed' }, { status: 'queued' }));
    return result.afterMs;
  }

  /** Sends one message if it is its turn. Null: nothing is left to do. */
  async function turnOf(row: NotificationEntity, tries: number): Promise<Omit<DeliveryResult, 'id'> | null> {
    const pace = await paceOf(row);
    if (pace > 0) return { retryAfterMs: pace, untried: true };
    const wait = await attempt(row, tries);
    return wait === null ? null : { retryAfterMs: wait };
  }

  /** Milliseconds until the channel may bring this person the next piece of news. */
  async function paceOf({ channel, contact }: NotificationEntity): Promise<number> {
    const { paceMs } = senders[channel as ChannelName];
    if (paceMs === undefined) return 0;
    const last = await sources.read.manager.findOne(NotificationEntity, {
      where: { contact, channel, sentAt: MoreThan(Date.now() - paceMs) },
      order: { sentAt: 'DESC' },
      select: { id: true, sentAt: true },
    });
    return last?.sentAt ? last.sentAt + paceMs - Date.now() : 0;
  }

  async function note(row: NotificationEntity, change: Partial<NotificationEntity>): Promise<void> {
    await unitOfWork.run((em) => em.update(NotificationEntity, { id: row.id, status: 'queued' }, change));
  }

  function sent(row: NotificationEntity, providerId: string | null): Promise<void> {
    return unitOfWork.run(async (em) => {
      const change = {
        status: 'sent' as const,
        sentAt: Date.now(),
        attempts: row.attempts + 1,
        error: null,
        providerId,
      };
      await em.update(NotificationEntity, { id: row.id, status: 'queued' }, change);
      // A report may have been quicker than this row; it knew our id, but not that it had gone out.
      await em.update(NotificationEntity, { id: row.id }, { providerId });
      if (providerId !== null) await fileEarlyReports(em, row.channel, providerId);
    });
  }

  /** Files the failure; where another way is known the same words go by that one. */
  function failed(row: NotificationEntity, result: SendResult & { error: string }): Promise<NotificationEntity | null> {
    return unitOfWork.run(async (em) => {
      const error = result.error.slice(0, ERROR_LENGTH);
      await em.update(
        NotificationEntity,
        { id: row.id, status: 'queued' },
        { status: 'failed', error, attempts: row.attempts + 1 },
      );
      return failOver(em, row.id, Date.now());
    });
  }

  /** Whether a message was said in another one, which has gone. */
  async function wentWith(carrier: string, row: NotificationEntity): Promise<boolean> {
    const gone = await sources.read.manager.findOneBy(NotificationEntity, { id: carrier });
    if (gone === null || gone.status === 'queued' || gone.status === 'failed') return false;
    await sent(row, gone.providerId);
    return true;
  }

  async function messageOf(row: NotificationEntity): Promise<OutboundMessage> {
    const registrations = await parts.registrations?.(row.tenant);
    const registered = registrationOf(row.template, row.locale, row.text, registrations);
    const payloads = quickRepliesOf(row);
    return {
      id: row.id,
      tenant: row.tenant,
      channel: row.channel as ChannelName,
      to: row.toAddress,
      template: row.template,
      locale: row.locale,
      text: row.text,
      case: row.number === '' ? null : row.number,
      ...(registered && {
        dlt: { templateId: registered.dltTemplateId, header: registered.header },
        whatsapp: { ...registered.whatsappTemplate, values: registered.values, ...(payloads && { payloads }) },
      }),
      ...(row.channel === 'whatsapp' ? await inChat(row) : {}),
    };
  }

  /** By the number the citizen wrote to, and with what can be tapped while they may be written to freely. */
  async function inChat(row: NotificationEntity): Promise<Partial<OutboundMessage>> {
    const chat = await sources.read.manager.findOneBy(ConversationStateEntity, { contact: row.contact });
    const windowOpen = chat !== null && Date.now() < chat.lastInboundAt + WINDOW_MS;
    const content = windowOpen ? shownAs(row) : undefined;
    return { windowOpen, ...(content && { content }), ...(chat?.via ? { via: chat.via } : {}) };
  }

  return async (_contact, ids, tries): Promise<readonly DeliveryResult[]> => {
    const rows = await sources.read.manager.findBy(NotificationEntity, { id: In([...ids]) });
    const known = new Map(rows.map((row) => [row.id, row]));
    const folded = foldDigests(
      ids.flatMap((id) => known.get(id) ?? []),
      Date.now(),
    );
    const waits = new Map<string, Omit<DeliveryResult, 'id'>>();
    const results: DeliveryResult[] = [];
    for (const id of ids) {
      parts.alive?.();
      const row = known.get(id);
      if (row?.status !== 'queued') {
        results.push({ id });
        continue;
      }
      const early = row.notBefore - Date.now();
      if (early > 0) {
        results.push({ id, retryAfterMs: early, untried: true });
        continue;
      }
      const carrier = folded.get(id);
      if (carrier !== undefined && !waits.has(row.channel) && (await wentWith(carrier, row))) {
        results.push({ id });
        continue;
      }
      // Behind a message that has to wait the later ones of its channel wait too: they are read in order.
      const wait = waits.get(row.channel) ?? (await turnOf(row, tries));
      if (wait) waits.set(row.channel, wait);
      results.push({ id, ...wait });
    }
    return results;
  };
}
