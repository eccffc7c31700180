import { LessThan, type EntityManager } from 'typeorm';
import { CitizenEntity, EarlyReportEntity, NotificationEntity } from './entities/index.js';
import { recordDelivery, type DeliveryReport } from './notification-status.js';

/** A report by whatever the provider names the message. */
export interface ProviderReport extends DeliveryReport {
  channel: string;
  providerId: string;
  /** Our id, where the provider gives it back. */
  ownId?: string;
}

/** How long a report waits for its message: a report on what we never sent is forgotten after that. */
const EARLY_LIVES_MS = 7 * 24 * 3_600_000;
const MOBILE = /^\+\d{8,15}$/;

/**
 * Files a report with its message. One that comes before its message is stored is kept until then. Answers the SMS that
 * takes the place of a WhatsApp message which failed after it had gone out; null when there is none to send.
 */
export async function fileReport(
  em: EntityManager,
  report: ProviderReport,
  now: number = Date.now(),
): Promise<NotificationEntity | null> {
  const { channel, providerId, ownId } = report;
  const message = (await rowOf(em, { channel, providerId }, ownId)) ?? null;
  if (message) {
    await recordDelivery(em, { id: message.id }, report);
    return report.status === 'failed' ? failOver(em, message.id, now) : null;
  }
  // What a chat says has no row: nothing will ever come for it.
  if (ownId !== undefined && !ownId.includes('/')) return null;
  await em.delete(EarlyReportEntity, { receivedAt: LessThan(now - EARLY_LIVES_MS) });
  await em
    .createQueryBuilder()
    .insert()
    .into(EarlyReportEntity)
    .values({
      channel,
      providerId,
      status: report.status,
      at: report.at,
      error: report.error?.slice(0, 500) ?? null,
      receivedAt: now,
    })
    .orIgnore()
    .execute();
  return null;
}

/** Files what was reported of a message before its row knew the provider's id; call it once it does. */
export async function fileEarlyReports(em: EntityManager, channel: string, providerId: string): Promise<void> {
  const reports = await em.findBy(EarlyReportEntity, { channel, providerId });
  for (const { status, at, error } of reports) {
    await recordDelivery(em, { providerId, channel }, { status, at, ...(error === null ? {} : { error }) });
  }
  if (reports.length > 0) await em.delete(EarlyReportEntity, { channel, providerId });
}

/** The row of the SMS that says the same where WhatsApp cannot; made once, and null when it was made before. */
export async function failOver(em: EntityManager, id: string, now: number): Promise<NotificationEntity | null> {
  const row = await em.findOneBy(NotificationEntity, { id });
  if (row?.status !== 'failed') return null;
  const instead = fallbackOf(row, await em.findOneBy(CitizenEntity, { id: row.contact }), now);
  if (!instead) return null;
  const there = await em.findOneBy(NotificationEntity, { id: instead.id });
  if (there) return there.status === 'queued' ? there : null;
  // What the circular wants by SMS in any case goes by SMS already.
  const { number, seq, template, contact } = row;
  if (await em.existsBy(NotificationEntity, { number, seq, template, contact, channel: 'sms' })) return null;
  await em.insert(NotificationEntity, instead);
  return instead;
}

/** A message that may go at once and has not been tried yet. */
export function toBeSent(
  now: number,
): Pick<
  NotificationEntity,
  'status' | 'error' | 'notBefore' | 'attempts' | 'providerId' | 'createdAt' | 'sentAt' | 'deliveredAt' | 'readAt'
> {
  return {
    status: 'queued',
    error: null,
    notBefore: 0,
    attempts: 0,
    providerId: null,
    createdAt: now,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
  };
}

/**
 * The SMS that takes the place of a WhatsApp message which cannot arrive. Null when no mobile number is known,
 * or when the message was an SMS itself.
 */
function fallbackOf(
  failed: NotificationEntity,
  citizen: Pick<CitizenEntity, 'mobile'> | null,
  now: number,
): NotificationEntity | null {
  if (failed.channel !== 'whatsapp') return null;
  const mobile = MOBILE.test(failed.toAddress) ? failed.toAddress : citizen?.mobile;
  if (!mobile) return null;
  return {
    ...failed,
    id: `${failed.id}.sms`,
    channel: 'sms',
    toAddress: mobile,
    ...toBeSent(now),
  };
}

async function rowOf(
  em: EntityManager,
  byProvider: { channel: string; providerId: string },
  ownId: string | undefined,
): Promise<NotificationEntity | null> {
  const own = ownId === undefined ? null : await em.findOneBy(NotificationEntity, { id: ownId });
  return own ?? em.findOneBy(NotificationEntity, byProvider);
}
