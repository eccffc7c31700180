import { In, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { NotificationEntity, type NotificationStatus } from './entities/notification.entity.js';

/** What a provider reports of a message; in any order, any number of times. */
export interface DeliveryReport {
  status: Exclude<NotificationStatus, 'queued'>;
  /** Epoch ms. */
  at: number;
  /** Why it failed. */
  error?: string;
}

/** queued < sent < delivered < read; a failure ends it, unless it was delivered already. */
const BEFORE: Record<DeliveryReport['status'], readonly NotificationStatus[]> = {
  sent: ['queued'],
  delivered: ['queued', 'sent'],
  read: ['queued', 'sent', 'delivered'],
  failed: ['queued', 'sent'],
};
const MOMENT = { sent: 'sentAt', delivered: 'deliveredAt', read: 'readAt', failed: null } as const;
const ERROR_LENGTH = 500;

/**
 * Files a report with its message, found by our id or the provider's. A report that comes late changes no status, but
 * its moment is kept. Answers whether there is such a message at all: a report may come before its message is stored.
 */
export async function recordDelivery(
  em: EntityManager,
  message: { id: string } | { providerId: string; channel: string },
  report: DeliveryReport,
): Promise<boolean> {
  const where: FindOptionsWhere<NotificationEntity> = message;
  const { status, at } = report;
  const error = status === 'failed' ? { error: (report.error ?? 'failed').slice(0, ERROR_LENGTH) } : {};
  await em.update(NotificationEntity, { ...where, status: In([...BEFORE[status]]) }, { status, ...error });
  const moment = MOMENT[status];
  if (moment !== null) {
    const column = em.dataSource.getMetadata(NotificationEntity).findColumnWithPropertyName(moment)?.databaseName;
    await em.update(NotificationEntity, where, { [moment]: () => `COALESCE(${column}, ${Math.trunc(at)})` });
  }
  return em.existsBy(NotificationEntity, where);
}
