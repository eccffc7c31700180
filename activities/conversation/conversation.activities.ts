import { In, type EntityManager } from 'typeorm';
import type { ChannelName, OutboundMessage, SendResult } from '#libs/channels/channel';
import type { Senders } from '#libs/channels/senders';
import type { ConversationActivities, DeliveryResult } from '#libs/contracts/temporal/conversation';
import type { DataSources } from '#libs/persistence/data-sources';
import { CitizenEntity, NotificationEntity } from '#libs/persistence/entities/index';
import type { UnitOfWork } from '#libs/persistence/unit-of-work';
import { registrationOf, type RenderOptions } from '#libs/templates/registry';
import { fallbackOf } from './fail-over.js';

export interface ConversationParts {
  sources: DataSources;
  unitOfWork: UnitOfWork;
  senders: Senders;
  /** The operator's registrations of the texts. */
  registrations?: Pick<RenderOptions, 'header' | 'dltIds'>;
}

/** Longest a provider is tried for one message: later the news in it is none. */
const GIVE_UP_AFTER_MS = 3 * 24 * 3_600_000;
const LONGEST_PAUSE_MS = 3_600_000;
const ERROR_LENGTH = 500;

export function createConversationActivities(parts: ConversationParts): ConversationActivities {
  const { sources, unitOfWork, senders } = parts;

  /** One attempt; what became of it stands in the row afterwards. Null: nothing is left to do. */
  async function attempt(row: NotificationEntity, tries: number): Promise<number | null> {
    const result = await senders[row.channel as ChannelName].send(messageOf(row, parts.registrations));
    const tooLate = Date.now() > Math.max(row.createdAt, row.notBefore) + GIVE_UP_AFTER_MS;
    if (result.outcome === 'retry' && !tooLate) {
      await note(row, { attempts: row.attempts + 1, error: result.error.slice(0, ERROR_LENGTH) });
      return Math.min(LONGEST_PAUSE_MS, result.afterMs * 2 ** Math.min(tries - 1, 12));
    }
    if (result.outcome === 'sent') {
      const providerId = result.providerId ?? null;
      await note(row, { status: 'sent', sentAt: Date.now(), attempts: row.attempts + 1, error: null, providerId });
      return null;
    }
    const instead = await failed(row, result);
    return instead ? attempt(instead, tries) : null;
  }

  async function note(row: NotificationEntity, change: Partial<NotificationEntity>): Promise<void> {
    await unitOfWork.run((em) => em.update(NotificationEntity, { id: row.id, status: 'queued' }, change));
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
      const instead = fallbackOf(row, await em.findOneBy(CitizenEntity, { id: row.contact }), Date.now());
      return instead && (await queued(em, instead));
    });
  }

  return {
    async deliver(_contact, ids, tries): Promise<readonly DeliveryResult[]> {
      const rows = await sources.read.manager.findBy(NotificationEntity, { id: In([...ids]) });
      const known = new Map(rows.map((row) => [row.id, row]));
      const waits = new Map<string, number>();
      const results: DeliveryResult[] = [];
      for (const id of ids) {
        const row = known.get(id);
        if (row?.status !== 'queued') {
          results.push({ id });
          continue;
        }
        // Behind a message that has to wait the later ones of its channel wait too: they are read in order.
        const early = row.notBefore - Date.now();
        const wait = early > 0 ? early : (waits.get(row.channel) ?? (await attempt(row, tries)));
        if (wait !== null && early <= 0) waits.set(row.channel, wait);
        results.push(wait === null ? { id } : { id, retryAfterMs: wait });
      }
      return results;
    },
  };
}

/** The row of a fall-back, made once however often its forerunner fails; null when it has gone out already. */
async function queued(em: EntityManager, instead: NotificationEntity): Promise<NotificationEntity | null> {
  const there = await em.findOneBy(NotificationEntity, { id: instead.id });
  if (there) return there.status === 'queued' ? there : null;
  await em.insert(NotificationEntity, instead);
  return instead;
}

function messageOf(row: NotificationEntity, registrations?: Pick<RenderOptions, 'header' | 'dltIds'>): OutboundMessage {
  const registered = registrationOf(row.template, row.locale, row.text, registrations);
  return {
    id: row.id,
    channel: row.channel as ChannelName,
    to: row.toAddress,
    template: row.template,
    locale: row.locale,
    text: row.text,
    case: row.number,
    ...(registered && {
      dlt: { templateId: registered.dltTemplateId, header: registered.header },
      whatsapp: { ...registered.whatsappTemplate, values: registered.values },
    }),
  };
}
